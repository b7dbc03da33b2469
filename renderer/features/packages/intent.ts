import { create } from 'zustand';
import type { UpdateRow } from '../../../domain/update.ts';

/** What one wants decided of updates chosen on another screen; the packages screen asks in which package. */
export interface RuleIntent {
  readonly list: 'allow' | 'forbid';
  readonly updates: readonly UpdateRow[];
}

/** The intent that waits for the packages screen, if any. */
export const useIntent = create<{ readonly pending: RuleIntent | null }>(() => ({ pending: null }));

/** Leaves an intent for the packages screen; the caller then navigates to `/packages`. */
export function startDraft(intent: RuleIntent): void {
  useIntent.setState({ pending: intent });
}

/** Takes the waiting intent; a second take gives null. */
export function takeIntent(): RuleIntent | null {
  const { pending } = useIntent.getState();
  if (pending !== null) useIntent.setState({ pending: null });
  return pending;
}
