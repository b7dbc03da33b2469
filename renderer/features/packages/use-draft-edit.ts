import { type Dispatch, useEffect, useReducer, useState } from 'react';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { isTyping } from '../../app/commands.ts';
import { useDesk } from '../../desks/desk.ts';
import { type DraftEdit, type DraftStep, edit } from './draft-edit.ts';
import { EditMemory } from './edit-memory.ts';
import { takeSteps, usePendingSteps } from './pending-step.ts';

let memory: EditMemory | null = null;

const editMemory = (): EditMemory => {
  if (memory === null) {
    const made = new EditMemory(window.sessionStorage);
    window.addEventListener('pagehide', () => made.write());
    memory = made;
  }
  return memory;
};

/** Forgets the steps of a draft that is no more. */
export function forgetSteps(draftId: string): void {
  editMemory().forget(draftId);
}

/** An open draft with its steps: those of before one left the editor, and those that other screens leave for it. */
export function useDraftEdit(draft: Draft): readonly [DraftEdit, Dispatch<DraftStep>] {
  const [first] = useState(() => editMemory().open(draft.id, draft));
  const [state, dispatch] = useReducer(edit, first);
  const isAwaited = usePendingSteps(({ waiting }) => waiting.some((one) => one.draftId === draft.id));
  useEffect(() => {
    if (isAwaited) for (const step of takeSteps(draft.id)) dispatch(step);
  }, [isAwaited, draft.id]);
  useEffect(() => editMemory().keep(draft.id, state), [draft.id, state]);
  return [state, dispatch];
}

const MODAL = '[role="dialog"], [role="menu"]';

/** Undoes and does again by keys, wherever the focus is; fields and dialogs keep the keys for themselves. */
export function useUndoKeys(dispatch: Dispatch<DraftStep>): void {
  const desk = useDesk();
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (
        !desk.isShown() ||
        event.defaultPrevented ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        isTyping(event.target)
      )
        return;
      if (event.target instanceof Element && event.target.closest(MODAL) !== null) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      dispatch({ kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [desk, dispatch]);
}
