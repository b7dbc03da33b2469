import { type Dispatch, useEffect, useReducer, useState } from 'react';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { type DraftEdit, type DraftStep, edit } from './draft-edit.ts';
import { EditMemory } from './edit-memory.ts';
import { takeSteps, usePendingSteps } from './pending-step.ts';

let memory: EditMemory | null = null;

const editMemory = (): EditMemory => {
  memory ??= new EditMemory(window.sessionStorage);
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
  useEffect(() => {
    const write = (): void => editMemory().write(draft.id);
    window.addEventListener('pagehide', write);
    return () => window.removeEventListener('pagehide', write);
  }, [draft.id]);
  return [state, dispatch];
}
