/** What one does in triage, and how to take it back. */
import type { TriageList, TriageRow } from '../../../contract/schemas/triage.ts';
import type { TriageState, TriageVerdict } from '../../../domain/triage.ts';

/** What was said of an update. */
interface Said {
  readonly verdict: TriageVerdict | null;
  readonly snoozedUntil: string | null;
}

/** One step: what is said of which updates. `undefined` leaves it as it is. */
export interface TriageStep {
  readonly updateIds: readonly string[];
  readonly verdict?: TriageVerdict | null;
  readonly snoozedUntil?: string | null;
}

const stateOf = ({ verdict, snoozedUntil }: Said): TriageState =>
  verdict !== null ? 'decided' : snoozedUntil !== null ? 'snoozed' : 'open';

/** The ids a row speaks for: its own, and those of the older definitions that it stands for. */
export const idsOf = (row: Pick<TriageRow, 'updateId' | 'folded'>): readonly string[] => [row.updateId, ...row.folded];

/** The list as it will be after a step, for the window to show at once. */
export function afterStep(list: TriageList, step: TriageStep): TriageList {
  const ids = new Set(step.updateIds);
  const rows = list.rows.map((row): TriageRow => {
    if (!ids.has(row.updateId)) return row;
    const said: Said = {
      verdict: step.verdict === undefined ? row.verdict : step.verdict,
      snoozedUntil: step.snoozedUntil === undefined ? row.snoozedUntil : step.snoozedUntil,
    };
    return { ...row, ...said, state: stateOf(said) };
  });
  return { ...list, rows };
}

/** The steps that bring back what was said of the updates before a step. */
export function backSteps(list: TriageList, step: TriageStep): readonly TriageStep[] {
  const ids = new Set(step.updateIds);
  const before = Map.groupBy(
    list.rows.filter((row) => ids.has(row.updateId)),
    ({ verdict, snoozedUntil }) => JSON.stringify({ verdict, snoozedUntil }),
  );
  return [...before].map(([said, rows]) => {
    const { verdict, snoozedUntil } = JSON.parse(said) as Said;
    return {
      updateIds: rows.flatMap(idsOf),
      ...(step.verdict === undefined ? {} : { verdict }),
      ...(step.snoozedUntil === undefined ? {} : { snoozedUntil }),
    };
  });
}

/** The step for what still stands in a view: a key pressed twice in haste does not say the opposite of what is decided already. */
export function stillIn(list: TriageList, view: TriageState, step: TriageStep): TriageStep {
  const ids = new Set(list.rows.flatMap((row) => (row.state === view ? idsOf(row) : [])));
  return { ...step, updateIds: step.updateIds.filter((updateId) => ids.has(updateId)) };
}
