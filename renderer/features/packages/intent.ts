import type { UpdateRow } from '../../../domain/update.ts';
import { deskStore } from '../../desks/desk-store.ts';
import type { WrittenAs } from './edits.ts';

/** Updates that one chose in another screen to allow or forbid in a rule package. */
export interface RuleIntent {
  readonly list: 'allow' | 'forbid';
  readonly updates: readonly UpdateRow[];
  /** How they are written at first; by their ids where it is left out. */
  readonly as?: WrittenAs;
}

/** What waits to be taken into a draft. */
export const useIntent = deskStore<{ readonly pending: RuleIntent | null }>(() => ({ pending: null }));

/** Leaves updates for the packages screen, which one opens next. */
export function startDraft(intent: RuleIntent): void {
  useIntent.setState({ pending: intent });
}

/** Takes what waits, once. */
export function takeIntent(): RuleIntent | null {
  const { pending } = useIntent.getState();
  if (pending !== null) useIntent.setState({ pending: null });
  return pending;
}
