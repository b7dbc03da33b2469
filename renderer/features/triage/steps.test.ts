import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TriageList, TriageRow } from '../../../contract/schemas/triage.ts';
import type { TriageVerdict } from '../../../domain/triage.ts';
import { afterStep, backSteps, idsOf, stillIn, type TriageStep } from './steps.ts';

const row = (updateId: string, verdict: TriageVerdict | null, snoozedUntil: string | null): TriageRow =>
  ({
    updateId,
    folded: [],
    verdict,
    snoozedUntil,
    state: verdict !== null ? 'decided' : snoozedUntil !== null ? 'snoozed' : 'open',
  }) as unknown as TriageRow;
const list = (rows: readonly TriageRow[]): TriageList => ({ rows }) as unknown as TriageList;
const soon = '2026-11-22T00:00:00.000Z';

describe('steps of triage', () => {
  it('decide, put off and wake', () => {
    const before = list([row('a', null, null), row('b', null, soon)]);
    const states = (step: TriageStep) => afterStep(before, step).rows.map((each) => each.state);
    expect(states({ updateIds: ['a', 'b'], verdict: 'allow' })).toEqual(['decided', 'decided']);
    expect(states({ updateIds: ['a'], snoozedUntil: soon })).toEqual(['snoozed', 'snoozed']);
    expect(states({ updateIds: ['b'], snoozedUntil: null })).toEqual(['open', 'open']);
    expect(states({ updateIds: ['gone'], verdict: 'forbid' })).toEqual(['open', 'snoozed']);
  });

  it('work only on what still stands in the view', () => {
    const rows = list([row('a', 'allow', null), row('b', null, null)]);
    const step = { updateIds: ['a', 'b', 'gone'], verdict: 'forbid' } as const;
    expect(stillIn(rows, 'open', step).updateIds).toEqual(['b']);
    expect(stillIn(rows, 'decided', step).updateIds).toEqual(['a']);
  });

  it('speak for the older definitions too', () => {
    expect(idsOf({ updateId: 'a', folded: ['b', 'c'] })).toEqual(['a', 'b', 'c']);
  });

  it('can be taken back, whatever they were', () => {
    const verdict = fc.constantFrom<TriageVerdict | null>('allow', 'forbid', null);
    const until = fc.constantFrom(null, soon, '2026-12-01T00:00:00.000Z');
    const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    const step = fc.oneof(
      fc.record({ updateIds: some, verdict }),
      fc.record({ updateIds: some, snoozedUntil: until }),
      fc.record({ updateIds: some, verdict, snoozedUntil: until }),
    );
    fc.assert(
      fc.property(fc.tuple(verdict, verdict, verdict), fc.tuple(until, until, until), step, (verdicts, ends, taken) => {
        const before = list(['a', 'b', 'c'].map((id, i) => row(id, verdicts[i] ?? null, ends[i] ?? null)));
        const after = afterStep(before, taken);
        expect(backSteps(before, taken).reduce(afterStep, after)).toEqual(before);
      }),
    );
  });
});
