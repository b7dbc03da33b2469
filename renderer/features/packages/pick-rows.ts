import type { Rules } from '../../../domain/rules.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { type Decision, judge } from './decision.ts';

/** An update of the picker with what the draft says of it. */
export interface PickRow extends UpdateRow {
  readonly decision: Decision | null;
}

/** Makes rows that stay the same objects while their update and decision do, so that a grid repaints only what moved. */
export function makePickRows(): (updates: readonly UpdateRow[], rules: Rules) => readonly PickRow[] {
  let known = new Map<string, { readonly update: UpdateRow; readonly row: PickRow }>();
  return (updates, rules) => {
    const decide = judge(rules);
    const next = new Map<string, { readonly update: UpdateRow; readonly row: PickRow }>();
    const rows = updates.map((update) => {
      const decision = decide(update);
      const before = known.get(update.updateId);
      const kept = before !== undefined && before.update === update && isSame(before.row.decision, decision);
      const row: PickRow = kept ? before.row : { ...update, decision };
      next.set(update.updateId, { update, row });
      return row;
    });
    known = next;
    return rows;
  };
}

const isSame = (a: Decision | null, b: Decision | null): boolean => a?.list === b?.list && a?.entry === b?.entry;
