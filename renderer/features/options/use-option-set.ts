import { useCallback, useEffect, useEffectEvent, useReducer, useRef } from 'react';
import type { OptionKey } from '../../../domain/agent-options.ts';
import { onLeaving } from '../../app/leaving.ts';
import { useRemembered } from '../../app/settings.ts';
import { keptText, type OptionSet, readKept, withOption } from './kept-options.ts';
import { historyOf, stepOptions } from './option-history.ts';

const SAVE_AFTER = 400;

/** The section that one edits, and how to change it. */
export interface EditedOptions {
  readonly set: OptionSet;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly put: (key: OptionKey, text: string) => void;
  readonly replace: (next: OptionSet) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Keeps the section of a profile across restarts; the settings must have been read before. */
export function useOptionSet(profileId: string): EditedOptions {
  const [kept, keep] = useRemembered('filters', `agent-options:${profileId}`.slice(0, 60));
  const [history, dispatch] = useReducer(stepOptions, kept, (text) => historyOf(readKept(text)));
  const { now } = history;
  const saved = useRef(now);
  const save = useEffectEvent((): void => {
    if (saved.current === now) return;
    saved.current = now;
    keep(keptText(now));
  });
  useEffect(() => {
    if (saved.current === now) return;
    const timer = setTimeout(() => save(), SAVE_AFTER);
    return () => clearTimeout(timer);
  }, [now]);
  useEffect(() => {
    const stay = onLeaving(() => save());
    return () => {
      stay();
      save();
    };
  }, []);
  return {
    set: now,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    put: useCallback((key, text) => dispatch({ kind: 'change', key, next: withOption(now, key, text) }), [now]),
    replace: useCallback((next) => dispatch({ kind: 'change', key: null, next }), []),
    undo: useCallback(() => dispatch({ kind: 'undo' }), []),
    redo: useCallback(() => dispatch({ kind: 'redo' }), []),
  };
}
