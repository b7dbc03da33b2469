/** The filters of a host's updates (protocol 8.3), over the words of the design. */
import type { HostUpdateRow } from '../../../contract/schemas/hosts.ts';
import { severityKey } from '../../../domain/catalogue.ts';
import type { RowState } from '../../../domain/update.ts';

/** The groups one switches on and off. */
export type UpdateGroup = 'pending' | 'installed' | 'discarded' | 'superseded';

/** The groups in the order they are shown. */
export const UPDATE_GROUPS = [
  'pending',
  'installed',
  'discarded',
  'superseded',
] as const satisfies readonly UpdateGroup[];

/** Which groups are shown, and whether only critical updates. */
export interface HostUpdateFilter {
  readonly groups: readonly UpdateGroup[];
  readonly isCriticalOnly: boolean;
}

/** What the tab opens with: what waits on this host. */
export const firstHostUpdateFilter: HostUpdateFilter = { groups: ['pending'], isCriticalOnly: false };

const groupOfState: Readonly<Record<RowState, UpdateGroup>> = {
  done: 'installed',
  superseded: 'superseded',
  failed: 'pending',
  missing: 'pending',
  pending: 'pending',
  unknown: 'pending',
  'held-back': 'discarded',
  forbidden: 'discarded',
};

/** The group of a row: installed; else hidden is discarded; else pending, whatever keeps it waiting. A failed update that is hidden is discarded. */
export function groupOf(row: Pick<HostUpdateRow, 'state' | 'hidden' | 'installed'>): UpdateGroup {
  if (row.installed !== true && row.hidden === true && row.state !== 'superseded') return 'discarded';
  return groupOfState[row.state];
}

const isCritical = (row: HostUpdateRow): boolean => severityKey(row.update.severity) === 'Critical';

/** The update ids to show, and how many rows each group has under the critical switch. */
export function filterHostUpdates(
  rows: readonly HostUpdateRow[],
  filter: HostUpdateFilter,
): {
  readonly ids: ReadonlySet<string>;
  readonly counts: Readonly<Record<UpdateGroup, number>>;
  readonly critical: number;
} {
  const ids = new Set<string>();
  const counts: Record<UpdateGroup, number> = { pending: 0, installed: 0, discarded: 0, superseded: 0 };
  let critical = 0;
  for (const row of rows) {
    const group = groupOf(row);
    const isShownGroup = filter.groups.includes(group);
    if (isCritical(row) && isShownGroup) critical++;
    if (filter.isCriticalOnly && !isCritical(row)) continue;
    counts[group]++;
    if (isShownGroup) ids.add(row.update.updateId);
  }
  return { ids, counts, critical };
}

/** What happens next with an update on a host, for which the window has a sentence. */
export type NextStep =
  | 'installed'
  | 'superseded'
  | 'failed'
  | 'server-fetches'
  | 'direct-download'
  | 'install'
  | 'delay'
  | 'forbidden'
  | 'scan';

/** The next step of a row; a missing file may also come straight from Microsoft where the host already has it. */
export function nextStep(row: Pick<HostUpdateRow, 'state' | 'downloaded'>): NextStep {
  switch (row.state) {
    case 'done':
      return 'installed';
    case 'superseded':
      return 'superseded';
    case 'failed':
      return 'failed';
    case 'missing':
      return row.downloaded === true ? 'direct-download' : 'server-fetches';
    case 'pending':
      return 'install';
    case 'held-back':
      return 'delay';
    case 'forbidden':
      return 'forbidden';
    case 'unknown':
      return 'scan';
  }
}
