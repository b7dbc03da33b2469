import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * A function that stays the same and does what the one given last does; it is called by events, not while drawing. AG Grid takes another
 * function for another wish: given a new filter function at each drawing, it would filter and sort all rows each time.
 */
export function useStable<Args extends readonly unknown[], Result>(
  act: (...args: Args) => Result,
): (...args: Args) => Result {
  const last = useRef(act);
  useLayoutEffect(() => {
    last.current = act;
  });
  return useCallback((...args: Args) => last.current(...args), []);
}
