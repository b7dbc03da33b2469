import { expect, it } from 'vitest';
import type { TriageRow } from '../../../contract/schemas/triage.ts';
import { countRows, isShown } from './counts.ts';

const row = (more: Partial<TriageRow>): TriageRow =>
  ({ state: 'open', verdict: null, isSuperseded: false, isNew: false, ...more }) as TriageRow;

it('counts what each view holds, and what is out of sight', () => {
  const rows = [
    row({ isNew: true }),
    row({ isNew: true, isSuperseded: true }),
    row({ state: 'decided', verdict: 'allow', isSuperseded: true }),
    row({ state: 'decided', verdict: 'forbid' }),
    row({ state: 'snoozed' }),
  ];
  const hidden = { open: 1, decided: 2, snoozed: 1, allowed: 1, forbidden: 1, superseded: 1, fresh: 1 };
  expect(countRows(rows, false)).toEqual(hidden);
  expect(countRows(rows, true)).toEqual({ ...hidden, open: 2, fresh: 2 });
  for (const view of ['open', 'decided', 'snoozed'] as const)
    expect(rows.filter((each) => isShown(each, view, false))).toHaveLength(hidden[view]);
});
