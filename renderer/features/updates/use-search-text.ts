import { useEffect, useRef, useState } from 'react';

/** A search box whose text takes effect once one pauses. Text set elsewhere shows at once. */
export function useSearchText(
  text: string,
  onSearch: (text: string) => void,
  pauseMs = 150,
): readonly [string, (typed: string) => void] {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  if (known !== text) {
    setKnown(text);
    if (timer.current === null) setTyped(text);
  }
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  const type = (next: string): void => {
    setTyped(next);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = null;
      onSearch(next);
    }, pauseMs);
  };
  return [typed, type];
}
