import type { RepositoryUse } from '../../../contract/schemas/downloads.ts';
import { folderVerdict, type RepositoryMeasure } from '../../../domain/repositories.ts';
import { PENDING, PENDING_WITHOUT_FILES, STATES } from '../states.ts';
import { ageOf, type FleetHost, type Limit, type Picture } from './picture.ts';

const MISSING = STATES.indexOf('missing');

/** A host that calls a row pending found its files. */
const isFound = (code: number | undefined): boolean => code === PENDING || code === PENDING_WITHOUT_FILES;
const DAY = 86_400_000;

/** What a host says of the files that it looked for, against what others found before. */
interface Findings {
  /** It found the files of some update. */
  readonly finds: boolean;
  /** Updates whose files it missed after another host had found them. */
  readonly missed: readonly number[];
  readonly hasOldIndex: boolean;
}

/**
 * Looks at every counted host: which files it found, and which it missed though the server has them and another host had found them at an earlier scan.
 * An index is old when the host scanned a day after a host of the fleet had one that is newer by more than a day.
 */
function findingsOf({ hosts, updates, rowsOf }: Picture, limit: Limit): (host: FleetHost) => Findings | null {
  const counted = hosts.filter((host) => ageOf(host, limit) === 'counted');
  const scanOf = (host: FleetHost): number => Date.parse(host.lastScan ?? '');
  const foundAt = new Map<number, number>();
  const newest = { date: Number.NEGATIVE_INFINITY, scan: 0 };
  for (const host of counted) {
    const scan = scanOf(host);
    const { update, state } = rowsOf(host.key);
    update.forEach((key, row) => {
      if (isFound(state[row]) && updates.isOnServer[key] === 1)
        foundAt.set(key, Math.min(foundAt.get(key) ?? Number.POSITIVE_INFINITY, scan));
    });
    const date = Date.parse(host.indexDate ?? '');
    if (date > newest.date || (date === newest.date && scan < newest.scan)) Object.assign(newest, { date, scan });
  }
  const isCounted = new Set(counted);
  return (host) => {
    if (!isCounted.has(host)) return null;
    const scan = scanOf(host);
    const { update, state } = rowsOf(host.key);
    let finds = false;
    const missed: number[] = [];
    update.forEach((key, row) => {
      if (updates.isOnServer[key] !== 1) return;
      if (isFound(state[row])) finds = true;
      else if (state[row] === MISSING && (foundAt.get(key) ?? Number.POSITIVE_INFINITY) < scan) missed.push(key);
    });
    const date = Date.parse(host.indexDate ?? '');
    return { finds, missed, hasOldIndex: date < newest.date - DAY && scan > newest.scan + DAY };
  };
}

/** The repositories that Windows hosts say they use, the most used first; null stands for hosts that do not say. */
export function repositoryUses(picture: Picture, limit: Limit): readonly RepositoryUse[] {
  const find = findingsOf(picture, limit);
  const byUrl = new Map<string | null, FleetHost[]>();
  for (const host of picture.hosts)
    for (const url of host.repositories.length === 0 ? [null] : host.repositories)
      byUrl.set(url, [...(byUrl.get(url) ?? []), host]);
  return [...byUrl]
    .map(([url, hosts]): RepositoryUse => {
      const findings = hosts.flatMap((host) => find(host) ?? []);
      const finds = findings.filter((one) => one.finds).length;
      const lacking = findings.filter((one) => !one.finds && one.missed.length > 0);
      return {
        url,
        hosts: hosts.length,
        counted: findings.length,
        finds,
        lacks: lacking.length,
        missedUpdates: new Set(lacking.flatMap((one) => one.missed)).size,
        oldIndex: findings.filter((one) => one.hasOldIndex).length,
        verdict: folderVerdict({ finds, lacks: lacking.length }),
      };
    })
    .sort((a, b) => b.hosts - a.hosts || ((a.url ?? '') < (b.url ?? '') ? -1 : 1));
}

/** The hosts behind a number of a repository, and for those that miss files the updates. */
export function repositoryHosts(
  picture: Picture,
  { url, measure }: { readonly url: string | null; readonly measure: RepositoryMeasure },
  limit: Limit,
): { readonly hosts: readonly FleetHost[]; readonly updates: Iterable<number> } {
  const find = findingsOf(picture, limit);
  const updates = new Set<number>();
  const hosts = picture.hosts.filter((host) => {
    if (url === null ? host.repositories.length > 0 : !host.repositories.includes(url)) return false;
    if (measure === 'hosts') return true;
    const findings = find(host);
    if (findings === null) return false;
    if (measure === 'old-index') return findings.hasOldIndex;
    if (findings.finds || findings.missed.length === 0) return false;
    for (const key of findings.missed) updates.add(key);
    return true;
  });
  return { hosts, updates };
}
