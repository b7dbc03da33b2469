import { readCode } from './failure-codes.ts';

/**
 * One Windows update as a WAPT server describes it (protocol 4.2). Dates are ISO texts as the server gave them, sizes are bytes,
 * `kbids` are bare numbers without the `KB` prefix; what the server left out is null or an empty list.
 */
export interface Update {
  /** `GUID_revision`, or a plain GUID from servers before 1.6.2.7. */
  readonly updateId: string;
  readonly title: string;
  readonly updateType: string | null;
  readonly kbids: readonly string[];
  readonly severity: string | null;
  readonly changetime: string | null;
  readonly product: string | null;
  readonly classification: string | null;
  readonly downloadUrls: readonly string[];
  readonly minDownloadSize: number | null;
  readonly maxDownloadSize: number | null;
  /** GUIDs without revision that this update replaces. */
  readonly supersededUpdateIds: readonly string[];
  readonly securityBulletinIds: readonly string[];
  readonly cveIds: readonly string[];
  readonly isMandatory: boolean | null;
  readonly rebootBehaviour: string | null;
  readonly canRequestUserInput: string | null;
  readonly requiresNetworkConnectivity: boolean | null;
  readonly isBeta: boolean | null;
  readonly isUninstallable: boolean | null;
  readonly installationImpact: string | null;
  readonly uninstallationImpact: string | null;
  readonly uninstallationNotes: string | null;
  readonly supportUrl: string | null;
  readonly releaseNotes: string | null;
  readonly languages: readonly string[];
  /** Null while the server lacks one of the files. */
  readonly downloadedOn: string | null;
  readonly createdOn: string | null;
  readonly createdBy: string | null;
  readonly updatedOn: string | null;
  readonly updatedBy: string | null;
}

/** One entry of the install log of an update on a host (protocol 2.4). `resultCode` is shown raw. */
export interface HistoryEntry {
  readonly date: string | null;
  readonly operation: string | null;
  readonly resultCode: string | null;
  readonly categories: string | null;
  readonly applicationId: string | null;
  readonly title: string | null;
  readonly description: string | null;
}

/** What triage, rings, filters and the rule builder look at of an update. */
export type UpdateOutline = Pick<
  Update,
  | 'updateId'
  | 'title'
  | 'kbids'
  | 'severity'
  | 'product'
  | 'classification'
  | 'changetime'
  | 'maxDownloadSize'
  | 'downloadedOn'
>;

/** What a host reports of one update (protocol 4.3). Null flags were not reported. */
export interface HostUpdate {
  readonly uuid: string;
  readonly updateId: string;
  /** Open set: OK, PENDING, MISSING, DISCARDED, ERROR, SUPERSEDED and whatever else the host says. */
  readonly status: string | null;
  readonly allowed: boolean | null;
  readonly installed: boolean | null;
  readonly present: boolean | null;
  readonly hidden: boolean | null;
  readonly delayed: boolean | null;
  readonly downloaded: boolean | null;
  readonly installDate: string | null;
  readonly history: readonly HistoryEntry[];
}

/** The words for a reported row host × update; `needed` is the union of all but done and superseded. */
export type RowState = 'done' | 'superseded' | 'failed' | 'missing' | 'pending' | 'held-back' | 'forbidden' | 'unknown';

/** The GUID part of an update id. */
export function guidOf(updateId: string): string {
  const cut = updateId.indexOf('_');
  return (cut < 0 ? updateId : updateId.slice(0, cut)).toLowerCase();
}

/** The revision of an update id, or null where it carries none. */
export function revisionOf(updateId: string): number | null {
  const cut = updateId.indexOf('_');
  if (cut < 0) return null;
  const revision = Number(updateId.slice(cut + 1));
  return Number.isInteger(revision) ? revision : null;
}

/** `KB5043064` for a bare or prefixed number. */
export function kbLabel(kb: string): string {
  return `KB${bareKb(kb)}`;
}

/** `5043064` for a bare or prefixed number, however it is spelt. */
export function bareKb(kb: string): string {
  return kb.trim().replace(/^kb\s*/i, '');
}

/** Whether a result code of the install log says that the operation failed: `Failed`, `Aborted`, their numbers (4, 5), a negative number, or a code with the top bit set. */
export function isFailureResult(resultCode: string | null): boolean {
  if (resultCode === null) return false;
  const text = resultCode.trim().toLowerCase();
  return (
    text === 'failed' ||
    text === 'aborted' ||
    text === '4' ||
    text === '5' ||
    /^-\d+$/.test(text) ||
    readCode(text) !== null
  );
}

/** The newest entry of a log by date; entries without a date count as oldest. */
export function lastEntry(history: readonly HistoryEntry[]): HistoryEntry | null {
  let last: HistoryEntry | null = null;
  for (const entry of history) {
    if (last === null || (entry.date ?? '') >= (last.date ?? '')) last = entry;
  }
  return last;
}

/** Whether the row counts as failed: status ERROR, or not installed and the last history entry failed (design, words). */
export function isFailed(row: Pick<HostUpdate, 'status' | 'installed' | 'history'>): boolean {
  if (row.installed === true) return false;
  if (row.status === 'ERROR') return true;
  return isFailureResult(lastEntry(row.history)?.resultCode ?? null);
}

/**
 * The one state of a reported row, by the words of the design: installed → done, then superseded, failed, held back, forbidden, missing, pending.
 * `onServer` says whether the server has the files of the update: a pending row without them is missing.
 */
export function rowState(row: Omit<HostUpdate, 'uuid' | 'updateId'>, onServer: boolean): RowState {
  if (row.installed === true || (row.installed === null && row.status === 'OK')) return 'done';
  if (row.status === 'SUPERSEDED') return 'superseded';
  if (isFailed(row)) return 'failed';
  if (row.delayed === true) return 'held-back';
  if (row.hidden === true || row.status === 'DISCARDED') return 'forbidden';
  if (row.status === 'MISSING') return 'missing';
  if (row.status === 'PENDING' || row.allowed === true) return onServer ? 'pending' : 'missing';
  return 'unknown';
}

/** Whether the row counts as needed: reported, not installed, not superseded. */
export function isNeeded(state: RowState): boolean {
  return state !== 'done' && state !== 'superseded';
}

/** How many hosts report an update in each state; `reported` is their sum, `needed` all but done and superseded. */
export interface StateCounts {
  readonly reported: number;
  readonly needed: number;
  readonly pending: number;
  readonly missing: number;
  readonly failed: number;
  readonly heldBack: number;
  readonly forbidden: number;
  readonly done: number;
  readonly superseded: number;
}

/** One line of the update list: the update, and how many hosts stand where. */
export interface UpdateRow extends Update {
  readonly hosts: StateCounts;
  /** Whether another reported update replaces this one. */
  readonly isSuperseded: boolean;
}

/** An update of which nothing is known but its id. */
export function blankUpdate(updateId: string): Update {
  return {
    updateId,
    title: '',
    updateType: null,
    kbids: [],
    severity: null,
    changetime: null,
    product: null,
    classification: null,
    downloadUrls: [],
    minDownloadSize: null,
    maxDownloadSize: null,
    supersededUpdateIds: [],
    securityBulletinIds: [],
    cveIds: [],
    isMandatory: null,
    rebootBehaviour: null,
    canRequestUserInput: null,
    requiresNetworkConnectivity: null,
    isBeta: null,
    isUninstallable: null,
    installationImpact: null,
    uninstallationImpact: null,
    uninstallationNotes: null,
    supportUrl: null,
    releaseNotes: null,
    languages: [],
    downloadedOn: null,
    createdOn: null,
    createdBy: null,
    updatedOn: null,
    updatedBy: null,
  };
}
