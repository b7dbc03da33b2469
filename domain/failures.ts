/** What failed on which host, by which code, and how sure that is; grouped by code, update or group of hosts. */
import { DISK_CODES, findCode, readCode } from './failure-codes.ts';
import { type HistoryEntry, isFailureResult, lastEntry } from './update.ts';

/**
 * Where a code was read, the surest first: the last entry of the update's own log; the host's last error, when the update was in its last batch; the task that
 * failed; the status of the host or of the row alone.
 */
export const FAILURE_SOURCES = ['history', 'last-error', 'task', 'status'] as const;

/** Where a code was read. */
export type FailureSource = (typeof FAILURE_SOURCES)[number];

/** One thing that failed on one host. */
export interface Failure {
  readonly uuid: string;
  /** Null: the host's last error or task, of which it does not say which update it was about. */
  readonly updateId: string | null;
  /** `0x` and eight digits in lower case; what the host said where that is no code; empty where it said nothing. */
  readonly code: string;
  readonly source: FailureSource;
  /** ISO as reported. */
  readonly at: string | null;
}

/** What a host says of its own last operation (protocol 2.3). */
export interface HostSaying {
  /** `waptwua_status.status`, raw. */
  readonly status: string | null;
  readonly lastError: string | null;
  /** Updates of the last installation; empty where it does not say. */
  readonly lastBatch: readonly string[];
  readonly lastInstall: string | null;
}

/** Statuses of a host that say that something failed (protocol 2.3). */
const FAILED_STATUSES = [
  'ERROR',
  'DISK_SPACE_ERROR',
  'ERROR DOWNLOADING WSUSSCAN',
  'ERROR SCANNING UPDATES',
  'ERROR SCANNING INSTALLED',
] as const;

const failedStatuses: ReadonlySet<string> = new Set(FAILED_STATUSES);

const LONGEST = 160;

/** What one keys a sentence of a host by: its code, or the sentence itself. */
export function codeOfSentence(sentence: string): string {
  return findCode(sentence) ?? sentence.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST);
}

/** Why a failed row failed. */
export function rowFailure(
  row: { readonly uuid: string; readonly updateId: string; readonly history: readonly HistoryEntry[] },
  host: HostSaying,
): Failure {
  const { uuid, updateId } = row;
  const last = lastEntry(row.history);
  const isLogged = last !== null && isFailureResult(last.resultCode);
  const logged = isLogged ? readCode(last.resultCode ?? '') : null;
  if (isLogged && logged !== null) return { uuid, updateId, code: logged, source: 'history', at: last.date };
  const told = host.lastBatch.includes(updateId) && host.lastError !== null ? findCode(host.lastError) : null;
  if (told !== null) return { uuid, updateId, code: told, source: 'last-error', at: host.lastInstall };
  return { uuid, updateId, code: '', source: isLogged ? 'history' : 'status', at: isLogged ? last.date : null };
}

/** What a host says that none of its rows explains; null where it says nothing, or what a row says already. */
export function hostFailure(uuid: string, host: HostSaying, known: ReadonlySet<string>): Failure | null {
  const { status, lastError, lastInstall } = host;
  if (lastError !== null && lastError.trim() !== '') {
    const code = codeOfSentence(lastError);
    return known.has(code) ? null : { uuid, updateId: null, code, source: 'last-error', at: lastInstall };
  }
  if (status === null || !failedStatuses.has(status) || (status === 'ERROR' && known.size > 0)) return null;
  return known.has(status) ? null : { uuid, updateId: null, code: status, source: 'status', at: null };
}

/** Whether a host reports that it lacks disk space: by its status, or by the code of something that failed. */
export const lacksSpace = (status: string | null, codes: Iterable<string>): boolean =>
  status === 'DISK_SPACE_ERROR' || [...codes].some((code) => code === 'DISK_SPACE_ERROR' || DISK_CODES.has(code));

/** A failure with what it is grouped by. */
export interface PlacedFailure extends Failure {
  readonly isStale: boolean;
  readonly groups: readonly string[];
  readonly lacksSpace: boolean;
}

/** By what failures are grouped. */
export const FAILURE_BY = ['code', 'update', 'group'] as const;

/** By what failures are grouped. */
export type FailureBy = (typeof FAILURE_BY)[number];

/** A set of failures; what is left out does not restrict. A null update is the host's own, a null group hosts without one. */
export interface FailureSet {
  readonly code?: string | undefined;
  readonly updateId?: string | null | undefined;
  readonly group?: string | null | undefined;
  /** Only hosts that lack disk space. */
  readonly disk?: boolean | undefined;
  /** Only hosts with old data, or only those without. */
  readonly stale?: boolean | undefined;
}

/** Whether a failure is of a set. */
export function isOfSet(failure: PlacedFailure, set: FailureSet): boolean {
  if (set.code !== undefined && failure.code !== set.code) return false;
  if (set.updateId !== undefined && failure.updateId !== set.updateId) return false;
  if (set.stale !== undefined && failure.isStale !== set.stale) return false;
  if (set.disk === true && !failure.lacksSpace) return false;
  if (set.group === undefined) return true;
  return set.group === null ? failure.groups.length === 0 : failure.groups.includes(set.group);
}

/** Failures of one code, update or group. Hosts with old data are counted beside, in `stale`. */
export interface FailureGroup {
  /** Null: no update, or no group. */
  readonly key: string | null;
  readonly hosts: number;
  readonly stale: number;
  /** Updates that failed, on all of these hosts. */
  readonly updates: number;
  /** When the newest of them happened, ISO as reported. */
  readonly lastOn: string | null;
  /** By where the codes were read: how many failures. */
  readonly sources: Readonly<Partial<Record<FailureSource, number>>>;
}

const keysOf = (failure: PlacedFailure, by: FailureBy): readonly (string | null)[] => {
  if (by === 'code') return [failure.code];
  if (by === 'update') return [failure.updateId];
  return failure.groups.length === 0 ? [null] : failure.groups;
};

/** Groups failures, the group with most hosts first. A host of two groups counts in both. */
export function groupFailures(failures: readonly PlacedFailure[], by: FailureBy): readonly FailureGroup[] {
  const members = new Map<string | null, PlacedFailure[]>();
  for (const failure of failures) {
    for (const key of keysOf(failure, by)) {
      const group = members.get(key);
      if (group === undefined) members.set(key, [failure]);
      else group.push(failure);
    }
  }
  return [...members]
    .map(([key, group]): FailureGroup => ({ key, ...countFailures(group) }))
    .sort((a, b) => b.hosts - a.hosts || b.stale - a.stale || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

/** Counts a set of failures: hosts and updates each once. */
export function countFailures(failures: readonly PlacedFailure[]): Omit<FailureGroup, 'key'> {
  const hosts = new Set<string>();
  const stale = new Set<string>();
  const updates = new Set<string>();
  const sources: Partial<Record<FailureSource, number>> = {};
  let lastOn: string | null = null;
  for (const { uuid, updateId, isStale, at, source } of failures) {
    (isStale ? stale : hosts).add(uuid);
    if (updateId !== null) updates.add(updateId);
    if (at !== null && (lastOn === null || at > lastOn)) lastOn = at;
    sources[source] = (sources[source] ?? 0) + 1;
  }
  return { hosts: hosts.size, stale: stale.size, updates: updates.size, lastOn, sources };
}
