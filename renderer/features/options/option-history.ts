import type { OptionKey } from '../../../domain/agent-options.ts';
import type { OptionSet } from './kept-options.ts';

/** The section one edits with the steps back and forth. */
export interface OptionHistory {
  readonly now: OptionSet;
  readonly past: readonly OptionSet[];
  readonly future: readonly OptionSet[];
  /** The option that the last step changed: typing on in it is the same step. */
  readonly last: OptionKey | null;
}

/** A step: a change of one option, of everything (`key` null), or back and forth. */
export type OptionStep =
  | { readonly kind: 'change'; readonly key: OptionKey | null; readonly next: OptionSet }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

const STEPS = 100;

/** A history that begins with a section. */
export const historyOf = (now: OptionSet): OptionHistory => ({ now, past: [], future: [], last: null });

/** Makes a step. */
export function stepOptions(history: OptionHistory, step: OptionStep): OptionHistory {
  const { now, past, future, last } = history;
  switch (step.kind) {
    case 'change': {
      const isSameStep = step.key !== null && step.key === last && past.length > 0;
      return { now: step.next, past: isSameStep ? past : [...past, now].slice(-STEPS), future: [], last: step.key };
    }
    case 'undo': {
      const before = past.at(-1);
      return before === undefined
        ? history
        : { now: before, past: past.slice(0, -1), future: [now, ...future], last: null };
    }
    case 'redo': {
      const [after, ...rest] = future;
      return after === undefined ? history : { now: after, past: [...past, now], future: rest, last: null };
    }
  }
}
