import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import type {
  RingItemState,
  RingSet,
  RingState,
  RingStatus,
  RingStep,
  ringSetInput,
} from '../../contract/schemas/rings.ts';
import { isStale } from '../../domain/compliance.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { judgeRing, type Ring, type RingItem, ringItems } from '../../domain/rings.ts';
import { type Context, write } from './context.ts';
import type { StaleLimit } from './hosts.ts';
import type { Described, Overview } from './overview.ts';
import type { NewestPackage, Published } from './published.ts';
import { all, first } from './sql.ts';
import { stateOf } from './states.ts';

/** A ring set as the window sends it; one without id is new. */
export type RingSetInput = z.output<typeof ringSetInput>;

interface Holder {
  readonly key: number;
  readonly version: string | null;
  readonly isStale: boolean;
}

/** What the hosts of a ring report of one item. */
interface Tally {
  readonly successes: number;
  readonly failures: number;
  readonly waiting: number;
  readonly stale: number;
}

/** Packages in these states are named for a host but not on it (protocol 2.5). */
const ABSENT = ['MISSING', 'NEED-INSTALL', 'ERROR-INSTALL'].map((status) => `'${status}'`).join(', ');

/** Ring sets, and how they stand by what hosts report. */
export function ringOperations(context: Context, overview: Overview, published: Published) {
  const { db } = context;
  const list = db.prepare('SELECT ring_set FROM ring_sets ORDER BY saved_at, id');
  const one = db.prepare('SELECT ring_set FROM ring_sets WHERE id = ?');
  const put = db.prepare(`INSERT INTO ring_sets VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ring_set = excluded.ring_set`);
  const remove = db.prepare('DELETE FROM ring_sets WHERE id = ?');
  const holdersOf = db.prepare(`
    SELECT h.id AS key, h.last_scan, p.version FROM host_packages p JOIN hosts h ON h.id = p.host_key
    WHERE p.package = ? AND coalesce(p.install_status, '') NOT IN (${ABSENT})`);
  const rowsOf = db.prepare('SELECT host_key, state FROM host_updates WHERE update_key = ?');
  rowsOf.setReturnArrays(true);

  const holders = (name: string, { staleDays, now = Date.now() }: StaleLimit): readonly Holder[] =>
    all<{ key: number; last_scan: string | null; version: string | null }>(holdersOf, name).map((line) => ({
      key: line.key,
      version: line.version,
      isStale: isStale(line.last_scan, staleDays, now),
    }));

  /** The reported rows of some updates: read once, counted for both rings. */
  const rowsOfAll = (keys: readonly number[]): readonly (readonly [host: number, state: number])[] =>
    keys.flatMap((key) => all<[number, number]>(rowsOf, key));

  /** Hosts by what they report of the updates together: one failure fails a host, else one installed update is a success. */
  const tally = (
    rows: readonly (readonly [host: number, state: number])[],
    among: ReadonlyMap<number, Holder>,
  ): Tally => {
    const states = new Map<number, 'failed' | 'done' | 'waiting'>();
    for (const [hostKey, code] of rows) {
      if (!among.has(hostKey)) continue;
      const state = stateOf(code);
      const known = states.get(hostKey);
      if (state === 'superseded' || known === 'failed') continue;
      if (state === 'failed' || state === 'done') states.set(hostKey, state);
      else if (known === undefined) states.set(hostKey, 'waiting');
    }
    const counted = { successes: 0, failures: 0, waiting: 0, stale: 0 };
    for (const [hostKey, state] of states) {
      if (among.get(hostKey)?.isStale === true) counted.stale++;
      else counted[state === 'failed' ? 'failures' : state === 'done' ? 'successes' : 'waiting']++;
    }
    return counted;
  };

  const itemState = (
    item: RingItem,
    updates: readonly Described[],
    ring: Ring,
    inner: ReadonlyMap<number, Holder>,
    next: ReadonlyMap<number, Holder>,
    now: number,
  ): RingItemState => {
    const own = item.positions.flatMap((at) => updates[at] ?? []);
    const rows = rowsOfAll(own.map((update) => update.id));
    const { successes, failures, waiting, stale } = tally(rows, inner);
    const beyond = tally(rows, next);
    const { entry, kind, isForbiddenNext, isSuperseded, changetime } = item;
    const newest = own.toSorted((a, b) => (b.changetime ?? '').localeCompare(a.changetime ?? ''))[0];
    const verdict = judgeRing({ successes, failures, waiting, changetime }, ring.gates, now);
    return {
      entry,
      kind,
      isForbiddenNext,
      isSuperseded,
      updateIds: own.map((update) => update.updateId),
      kbids: [...new Set(own.flatMap((update) => update.kbids))],
      title: newest?.title ?? '',
      severity: newest?.severity ?? null,
      changetime,
      maxDownloadSize: newest?.maxDownloadSize ?? null,
      successes,
      failures,
      waiting,
      stale,
      neededNext: beyond.waiting + beyond.failures,
      verdict,
      isReady: verdict.passes && !isForbiddenNext,
    };
  };

  const stepOf = (
    ring: Ring,
    next: Ring,
    packages: ReadonlyMap<string, NewestPackage>,
    limit: StaleLimit,
    now: number,
  ): RingStep => {
    const [here, there] = [packages.get(ring.package)?.rules, packages.get(next.package)?.rules];
    const ends = { from: ring.package, to: next.package };
    if (here === undefined || here === null || there === undefined || there === null)
      return { ...ends, isKnown: false, items: [] };
    const counts = overview.counts();
    const superseded = overview.supersededGuids();
    const updates = overview.descriptions().filter((update) => counts.has(update.id));
    const ruled = updates.map((update) => ({ ...update, isSuperseded: superseded.has(update.guid) }));
    const byKey = (name: string): ReadonlyMap<number, Holder> =>
      new Map(holders(name, limit).map((holder) => [holder.key, holder]));
    const [inner, beyond] = [byKey(ring.package), byKey(next.package)];
    const items = ringItems(ruled, here, there).map((item) => itemState(item, updates, ring, inner, beyond, now));
    // What neither ring reports is no business of theirs.
    const isSeen = (item: RingItemState): boolean =>
      item.successes + item.failures + item.waiting + item.stale + item.neededNext > 0;
    return { ...ends, isKnown: true, items: items.filter(isSeen) };
  };

  const stateOfRing = (ring: Ring, found: NewestPackage | undefined, limit: StaleLimit): RingState => {
    const hosts = holders(ring.package, limit);
    return {
      package: ring.package,
      version: found?.version ?? null,
      filename: found?.filename ?? null,
      problem: found === undefined ? 'no-package' : found.isLegacy ? 'legacy' : found.rules === null ? 'unread' : null,
      hosts: hosts.length,
      onNewest: found === undefined ? 0 : hosts.filter((host) => host.version === found.version).length,
      stale: hosts.filter((host) => host.isStale).length,
    };
  };

  const get = (id: string): RingSet | null => {
    const line = first<{ ring_set: string }>(one, id);
    return line === undefined ? null : (JSON.parse(line.ring_set) as RingSet);
  };

  return {
    /** All ring sets, in the order in which they were made. */
    ringSets: (): Result<readonly RingSet[], ConsoleError> =>
      ok(all<{ ring_set: string }>(list).map((line) => JSON.parse(line.ring_set) as RingSet)),

    /** One ring set; `not-found`. */
    ringSet: (id: string): Result<RingSet, ConsoleError> => {
      const found = get(id);
      return found === null ? fail({ code: 'not-found' }) : ok(found);
    },

    /** Keeps a ring set; one without id gets a new one. */
    ringSetSave: (input: RingSetInput): Result<RingSet, ConsoleError> =>
      write(context, () => {
        const set: RingSet = { ...input, id: input.id ?? randomUUID(), savedAt: new Date().toISOString() };
        put.run(set.id, set.savedAt, JSON.stringify(set));
        context.changed.add('rings');
        return set;
      }),

    /** Forgets a ring set; packages and hosts are not touched. */
    ringSetDelete: (id: string): Result<null, ConsoleError> =>
      write(context, () => {
        if (remove.run(id).changes !== 0) context.changed.add('rings');
        return null;
      }),

    /** How a ring set stands: what each ring allows and the next does not, judged by what its hosts report; `not-found`. */
    ringStatus: ({ id, ...limit }: StaleLimit & { readonly id: string }): Result<RingStatus, ConsoleError> => {
      const set = get(id);
      if (set === null) return fail({ code: 'not-found' });
      const now = limit.now ?? Date.now();
      const packages = new Map(published.newest().map((each) => [each.package, each]));
      return ok({
        ringSetId: id,
        computedAt: new Date(now).toISOString(),
        rings: set.rings.map((ring) => stateOfRing(ring, packages.get(ring.package), limit)),
        steps: set.rings.flatMap((ring, i) => {
          const next = set.rings[i + 1];
          return next === undefined ? [] : [stepOf(ring, next, packages, limit, now)];
        }),
      });
    },
  };
}
