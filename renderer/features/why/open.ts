import { useCallback, useEffect, useId } from 'react';
import { deskStore } from '../../desks/desk-store.ts';

/** What one asks why about. Null: any update, every host, no draft. */
export interface WhyTarget {
  readonly updateId: string | null;
  readonly uuid: string | null;
  readonly draftId: string | null;
}

interface Asking {
  /** The open question. */
  readonly target: WhyTarget | null;
  readonly areFactsOpen: boolean;
  /** What the lists on screen have in focus, the last one last. */
  readonly focused: ReadonlyMap<string, WhyTarget>;
}

const NOTHING: WhyTarget = { updateId: null, uuid: null, draftId: null };

/** The open question why, the dialog of stated facts, and what a key would ask about. */
export const useAsking = deskStore<Asking>(() => ({ target: null, areFactsOpen: false, focused: new Map() }));

/** Asks why; without a target about what has the focus on screen. */
export function askWhy(target?: Partial<WhyTarget>): void {
  useAsking.setState(({ focused }) => ({
    target: target === undefined ? ([...focused.values()].at(-1) ?? NOTHING) : { ...NOTHING, ...target },
  }));
}

/** Closes the question. */
export function closeWhy(): void {
  useAsking.setState({ target: null });
}

/** Opens or closes the dialog in which one states what agents do not report. */
export function showFacts(areFactsOpen: boolean): void {
  useAsking.setState({ areFactsOpen });
}

/** Gives a list the way to say what the key for “why” asks about; null: nothing of it. It is forgotten with the list. */
export function useWhyFocus(): (target: Partial<WhyTarget> | null) => void {
  const source = useId();
  const asking = useAsking.useApi();
  const focus = useCallback(
    (target: Partial<WhyTarget> | null) =>
      asking.setState(({ focused }) => {
        const next = new Map(focused);
        next.delete(source);
        if (target !== null) next.set(source, { ...NOTHING, ...target });
        return { focused: next };
      }),
    [asking, source],
  );
  useEffect(() => () => focus(null), [focus]);
  return focus;
}
