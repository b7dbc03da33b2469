/**
 * What a change of rules does to the fleet, over typed arrays: one pass over the reported rows, and a re-forecast that visits only the rows of updates
 * about which the rules say something else.
 */
import type { Decision } from './decision.ts';
import { CODE, DECISIONS, type DecisionTable } from './policy.ts';

/** The reported rows of the fleet, host after host; rows of installed and superseded updates are left out by the caller. */
export interface FleetRows {
  /** The rows of host `h` are `start[h]` … `start[h + 1] - 1`. */
  readonly start: Int32Array;
  /** Position of the update of each row. */
  readonly update: Int32Array;
  /** The hosts of update `u` are `byUpdate.host[byUpdate.start[u]]` … . */
  readonly byUpdate: { readonly start: Int32Array; readonly host: Int32Array };
}

/** Rows of hosts that lie one after the other, with the way back from updates; O(rows), kept as long as the rows are. */
export function fleetRows(start: Int32Array, update: Int32Array, updateCount: number): FleetRows {
  const starts = new Int32Array(updateCount + 1);
  for (let i = 0; i < update.length; i++) {
    const after = (update[i] as number) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let u = 0; u < updateCount; u++) starts[u + 1] = (starts[u + 1] as number) + (starts[u] as number);
  const next = starts.slice();
  const host = new Int32Array(update.length);
  for (let h = 0; h + 1 < start.length; h++) {
    for (let i = start[h] as number; i < (start[h + 1] as number); i++) {
      const u = update[i] as number;
      host[next[u] as number] = h;
      next[u] = (next[u] as number) + 1;
    }
  }
  return { start, update, byUpdate: { start: starts, host } };
}

/** Where hosts are counted: their data is fresh, it is old, or the rules in question do not concern them. */
export const PARTS = { fresh: 0, stale: 1, outside: 2 } as const;

/** Under what each host stands. */
export interface Standing {
  /** For each host: which set of rules holds before and after, and which policy its agent has. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly policy: Int32Array;
  /** One of `PARTS` for each host. */
  readonly part: Uint8Array;
  /** What each set of rules says of each update (`settle`). */
  readonly rulesets: readonly Uint8Array[];
  readonly table: DecisionTable;
}

/** What fetching an update costs, by position. */
export interface UpdateSizes {
  /** Bytes; 0 where unknown. */
  readonly bytes: Float64Array;
  /** 1: the server has the files. */
  readonly onServer: Uint8Array;
}

/** Pairs host × update by decision before and after: `moved[before * 4 + after]`, numbers of `CODE`. */
export interface ForecastCounts {
  readonly moved: Int32Array;
  /** The same for hosts whose data is old. */
  readonly movedStale: Int32Array;
  /** Hosts with at least one pair that changes its decision. */
  readonly hosts: number;
  readonly staleHosts: number;
  /** Bytes of what becomes allowed on fresh hosts: the server fetches once an update, hosts once a pair. */
  readonly serverBytes: number;
  readonly hostBytes: number;
}

/** One pair of a forecast: positions of its row, host and update, and its decision before and after. */
export interface ForecastPair {
  readonly row: number;
  readonly host: number;
  readonly update: number;
  readonly before: Decision;
  readonly after: Decision;
}

const CELLS = 16;

/** A forecast that can be changed: counts pairs by decision before and after. */
export class Forecast {
  readonly #fleet: FleetRows;
  readonly #standing: Standing;
  readonly #sizes: UpdateSizes;
  #rulesets: readonly Uint8Array[];
  readonly #moved = new Int32Array(CELLS * 3);
  /** Pairs of each host that change, and pairs of each update that become allowed on fresh hosts. */
  readonly #changesOfHost: Int32Array;
  readonly #newlyAllowed: Int32Array;

  constructor(fleet: FleetRows, standing: Standing, sizes: UpdateSizes) {
    this.#fleet = fleet;
    this.#standing = standing;
    this.#sizes = sizes;
    this.#rulesets = standing.rulesets;
    this.#changesOfHost = new Int32Array(standing.part.length);
    this.#newlyAllowed = new Int32Array(fleet.byUpdate.start.length - 1);
    for (let h = 0; h < standing.part.length; h++) if (standing.part[h] !== PARTS.outside) this.#countHost(h);
  }

  #countHost(h: number): void {
    const { start, update } = this.#fleet;
    const { before, after, policy, part, table } = this.#standing;
    const { codes, ofUpdate } = table;
    const saysBefore = this.#rulesets[before[h] as number] as Uint8Array;
    const saysAfter = this.#rulesets[after[h] as number] as Uint8Array;
    const moved = this.#moved;
    const base = (policy[h] as number) * table.stride;
    const cells = (part[h] as number) * CELLS;
    const end = start[h + 1] as number;
    let changes = 0;
    for (let at = start[h] as number; at < end; at++) {
      const u = update[at] as number;
      const p = base + (ofUpdate[u] as number);
      const was = saysBefore[u] as number;
      const is = saysAfter[u] as number;
      const b = codes[p + was] as number;
      const a = is === was ? b : (codes[p + is] as number);
      const cell = cells + b * 4 + a;
      moved[cell] = (moved[cell] as number) + 1;
      if (a === b) continue;
      changes++;
      if (a === CODE.allowed && cell < CELLS) this.#newlyAllowed[u] = (this.#newlyAllowed[u] as number) + 1;
    }
    this.#changesOfHost[h] = changes;
  }

  /** Adds (or takes out) the pairs of one update. */
  #countUpdate(u: number, step: 1 | -1): void {
    const { start, host } = this.#fleet.byUpdate;
    const { before, after, policy, part, table } = this.#standing;
    const { codes, ofUpdate, stride } = table;
    const base = ofUpdate[u] as number;
    const end = start[u + 1] as number;
    for (let at = start[u] as number; at < end; at++) {
      const h = host[at] as number;
      if (part[h] === PARTS.outside) continue;
      const p = (policy[h] as number) * stride + base;
      const b = codes[p + (this.#rulesets[before[h] as number]?.[u] as number)] as number;
      const a = codes[p + (this.#rulesets[after[h] as number]?.[u] as number)] as number;
      const cell = (part[h] as number) * CELLS + b * 4 + a;
      this.#moved[cell] = (this.#moved[cell] as number) + step;
      if (a === b) continue;
      this.#changesOfHost[h] = (this.#changesOfHost[h] as number) + step;
      if (a === CODE.allowed && cell < CELLS) this.#newlyAllowed[u] = (this.#newlyAllowed[u] as number) + step;
    }
  }

  /**
   * Takes other sets of rules in the place of those it has; they may say something else at `updates` only. Only rows of these are visited. Sets
   * must be other arrays than before where they differ.
   */
  change(updates: readonly number[], rulesets: readonly Uint8Array[]): void {
    for (const u of updates) this.#countUpdate(u, -1);
    this.#rulesets = rulesets;
    for (const u of updates) this.#countUpdate(u, 1);
  }

  /** The counts as they stand. */
  counts(): ForecastCounts {
    let serverBytes = 0;
    let hostBytes = 0;
    for (let u = 0; u < this.#newlyAllowed.length; u++) {
      const pairs = this.#newlyAllowed[u] as number;
      if (pairs === 0) continue;
      const bytes = this.#sizes.bytes[u] as number;
      hostBytes += pairs * bytes;
      if (this.#sizes.onServer[u] !== 1) serverBytes += bytes;
    }
    let hosts = 0;
    let staleHosts = 0;
    for (let h = 0; h < this.#changesOfHost.length; h++) {
      if (this.#changesOfHost[h] === 0) continue;
      if (this.#standing.part[h] === PARTS.fresh) hosts++;
      else staleHosts++;
    }
    return {
      moved: this.#moved.slice(0, CELLS),
      movedStale: this.#moved.slice(CELLS, CELLS * 2),
      hosts,
      staleHosts,
      serverBytes,
      hostBytes,
    };
  }

  /** The first `limit` pairs of one part that `wanted` takes, host after host; `total` counts them all. */
  pairs(
    part: 'fresh' | 'stale',
    wanted: (before: Decision, after: Decision) => boolean,
    limit: number,
  ): { readonly pairs: readonly ForecastPair[]; readonly total: number } {
    const pairs: ForecastPair[] = [];
    let total = 0;
    const { start, update } = this.#fleet;
    const standing = this.#standing;
    for (let h = 0; h < standing.part.length; h++) {
      if (standing.part[h] !== PARTS[part]) continue;
      const decide = decider(standing, this.#rulesets, h);
      const end = start[h + 1] as number;
      for (let row = start[h] as number; row < end; row++) {
        const u = update[row] as number;
        const before = decide(standing.before, u);
        const after = decide(standing.after, u);
        if (!wanted(before, after)) continue;
        total++;
        if (pairs.length < limit) pairs.push({ row, host: h, update: u, before, after });
      }
    }
    return { pairs, total };
  }
}

/** Decides single updates for one host under one of its sets of rules. */
function decider(
  { policy, table }: Standing,
  rulesets: readonly Uint8Array[],
  h: number,
): (sets: Int32Array, u: number) => Decision {
  const base = (policy[h] as number) * table.stride;
  return (sets, u) => {
    const says = rulesets[sets[h] as number]?.[u] as number;
    return DECISIONS[table.codes[base + (table.ofUpdate[u] as number) + says] as number] as Decision;
  };
}
