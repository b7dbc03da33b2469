import type { FleetNews, NewsKind } from '../../../contract/schemas/fleet.ts';
import { BIT, isCompliantAllowed, isCompliantRaw, NEEDED_BITS } from '../../../domain/compliance.ts';
import { isSilent } from '../../../domain/silence.ts';
import type { Context } from '../context.ts';
import { all } from '../sql.ts';
import { ageOf, eachRow, type FleetHost, type Limit, type Picture } from './picture.ts';

/** Milliseconds within which coming back is the same visit. */
const SAME_VISIT = 3_600_000;

const COUNTED = 256;
const SILENT = 512;

/** What one saw: hosts with their standing (and whether they counted or were silent), updates that were needed, the date of the index. */
export interface Seen {
  readonly hosts: Readonly<Record<string, number>>;
  readonly needed: readonly string[];
  readonly index: string | null;
}

/** The fleet as one sees it now, in the form that is kept. */
export interface Sight {
  readonly standing: ReadonlyMap<FleetHost, number>;
  /** By key of the update. */
  readonly needed: Uint8Array;
}

/** Looks at the whole fleet. */
export function look(picture: Picture, limit: Limit): Sight {
  const needed = new Uint8Array(picture.updates.ids.length);
  const standing = new Map<FleetHost, number>();
  for (const host of picture.hosts) {
    const isCounted = ageOf(host, limit) === 'counted';
    let bits = (isCounted ? COUNTED : 0) | (isSilent(host, limit) ? SILENT : 0);
    eachRow(picture, host, (update, bit) => {
      bits |= bit;
      if (isCounted && (bit & NEEDED_BITS) !== 0) needed[update] = 1;
    });
    standing.set(host, bits);
  }
  return { standing, needed };
}

/** A sight as it is kept. */
export function toSeen(picture: Picture, { standing, needed }: Sight, index: string | null): Seen {
  return {
    hosts: Object.fromEntries([...standing].map(([host, bits]) => [host.uuid, bits])),
    needed: picture.updates.ids.filter((_id, at) => needed[at] === 1),
    index,
  };
}

const isCompliant = (bits: number): boolean => (bits & COUNTED) !== 0 && isCompliantAllowed(bits);
const isOpen = (bits: number): boolean => (bits & COUNTED) !== 0 && !isCompliantAllowed(bits);

/** Whether a host is news, by its standing then (undefined: it was not there) and now. */
export function isNews(kind: Exclude<NewsKind, 'needed'>, was: number | undefined, is: number): boolean {
  if (kind === 'new-hosts') return was === undefined;
  if (was === undefined) return false;
  if (kind === 'silent') return (is & SILENT) !== 0 && (was & SILENT) === 0;
  if (kind === 'compliant') return isOpen(was) && isCompliant(is);
  if (kind === 'fallen') return isCompliant(was) && isOpen(is);
  return (is & COUNTED) !== 0 && (is & BIT.failed) !== 0 && (was & BIT.failed) === 0;
}

const compliance = (bits: Iterable<number>): { counted: number; raw: number; allowed: number } => {
  const sum = { counted: 0, raw: 0, allowed: 0 };
  for (const each of bits) {
    if ((each & COUNTED) === 0) continue;
    sum.counted++;
    if (isCompliantRaw(each & 255)) sum.raw++;
    if (isCompliantAllowed(each & 255)) sum.allowed++;
  }
  return sum;
};

/** What changed between what was seen then and the fleet now. */
export function newsSince(
  picture: Picture,
  sight: Sight,
  then: { readonly at: string; readonly seen: Seen } | null,
  index: string | null,
): FleetNews {
  const is = compliance(sight.standing.values());
  if (then === null) return { before: null, counts: null, goneHosts: 0, was: null, is, index: null };
  const { seen, at } = then;
  const known = new Set(seen.needed);
  const hosts = new Map(Object.entries(seen.hosts));
  const counts = { needed: 0, failed: 0, compliant: 0, fallen: 0, silent: 0, 'new-hosts': 0 };
  sight.needed.forEach((isNeeded, update) => {
    if (isNeeded === 1 && !known.has(picture.updates.ids[update] ?? '')) counts.needed++;
  });
  for (const [host, bits] of sight.standing) {
    const was = hosts.get(host.uuid);
    for (const kind of ['failed', 'compliant', 'fallen', 'silent', 'new-hosts'] as const)
      if (isNews(kind, was, bits)) counts[kind]++;
  }
  const there = new Set(picture.hosts.map(({ uuid }) => uuid));
  return {
    before: at,
    counts,
    goneHosts: [...hosts.keys()].filter((uuid) => !there.has(uuid)).length,
    was: compliance(hosts.values()),
    is,
    index: seen.index === index ? null : { was: seen.index, is: index },
  };
}

/** What was seen when: `before` the visit that goes on, and in it. */
export interface Looks {
  readonly before: () => { readonly at: string; readonly seen: Seen } | null;
  /** Notes what one sees now; belongs inside a write. */
  readonly note: (seen: () => Seen, now: number) => void;
}

/** The looks that are kept: two of them. */
export function looksOf({ db }: Context): Looks {
  const lines = db.prepare('SELECT at, seen FROM fleet_looks WHERE id = ?');
  const put = db.prepare(
    'INSERT INTO fleet_looks VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, seen = excluded.seen',
  );
  const read = (id: number): { readonly at: string; readonly seen: string } | undefined =>
    all<{ at: string; seen: string }>(lines, id)[0];
  return {
    before: () => {
      const line = read(0);
      return line === undefined ? null : { at: line.at, seen: JSON.parse(line.seen) as Seen };
    },
    note: (seen, now) => {
      const last = read(1);
      if (last !== undefined && now - Date.parse(last.at) >= SAME_VISIT) put.run(0, last.at, last.seen);
      put.run(1, new Date(now).toISOString(), JSON.stringify(seen()));
    },
  };
}
