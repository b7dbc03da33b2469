import { create } from 'zustand';
import type { DraftStep } from './draft-edit.ts';

/** A step that something outside the editor wants in a draft. */
interface PendingStep {
  readonly draftId: string;
  readonly step: DraftStep;
}

/** Steps that wait for the editor of their draft; it takes them as its own, so that one can undo them. */
export const usePendingSteps = create<{ readonly waiting: readonly PendingStep[] }>(() => ({ waiting: [] }));

/** Leaves a step for the editor of a draft, open or about to be opened. */
export function leaveStep(draftId: string, step: DraftStep): void {
  usePendingSteps.setState(({ waiting }) => ({ waiting: [...waiting, { draftId, step }] }));
}

/** Takes the steps that wait for a draft, once. */
export function takeSteps(draftId: string): readonly DraftStep[] {
  const { waiting } = usePendingSteps.getState();
  const own = waiting.filter((one) => one.draftId === draftId);
  if (own.length > 0) usePendingSteps.setState({ waiting: waiting.filter((one) => one.draftId !== draftId) });
  return own.map((one) => one.step);
}
