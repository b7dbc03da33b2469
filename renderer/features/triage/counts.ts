import type { TriageRow } from '../../../contract/schemas/triage.ts';
import type { TriageState } from '../../../domain/triage.ts';

/** How many updates stand where; `superseded` are hidden unless one asks for them, `fresh` came since the last visit. */
export type Counts = Readonly<Record<TriageState | 'allowed' | 'forbidden' | 'superseded' | 'fresh', number>>;

/** Counts what the views hold. What was decided or put off is shown there even where it is superseded: one did say it. */
export function countRows(rows: readonly TriageRow[], isSupersededShown: boolean): Counts {
  const counts = { open: 0, decided: 0, snoozed: 0, allowed: 0, forbidden: 0, superseded: 0, fresh: 0 };
  for (const row of rows) {
    if (row.verdict !== null) counts[row.verdict === 'allow' ? 'allowed' : 'forbidden']++;
    if (row.isSuperseded && row.state === 'open') counts.superseded++;
    if (!isShown(row, row.state, isSupersededShown)) continue;
    counts[row.state]++;
    if (row.isNew && row.state === 'open') counts.fresh++;
  }
  return counts;
}

/** Whether a view holds an update. */
export function isShown(row: TriageRow, view: TriageState, isSupersededShown: boolean): boolean {
  return row.state === view && (view !== 'open' || isSupersededShown || !row.isSuperseded);
}
