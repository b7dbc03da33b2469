/**
 * What a change of rules does to the fleet, over typed arrays: one decision table per policy (set of rules and agent options), one pass over
 * the rows, and a re-forecast that visits only the rows of updates whose decision moved.
 */
import { type AgentOptions, type Decision, dateOf, mergeRules, type Ruled, type RuleSource } from './decision.ts';
import { bareKb } from './update.ts';

/** Decisions as numbers in the tables; the index is the code. */
export const DECISIONS = ['forbidden', 'allowed', 'held-back', 'unknown'] as const satisfies readonly Decision[];

const code = { forbidden: 0, allowed: 1, held: 2, unknown: 3 } as const;

/** The updates as rules look at them, indexed once. */
export interface RuledIndex {
  readonly size: number;
  readonly byId: ReadonlyMap<string, number>;
  readonly byKb: ReadonlyMap<string, readonly number[]>;
  readonly product: Uint16Array;
  readonly severity: Uint16Array;
  readonly classification: Uint16Array;
  readonly products: ReadonlyMap<string, number>;
  readonly severities: ReadonlyMap<string, number>;
  readonly classifications: ReadonlyMap<string, number>;
  /** Milliseconds since 1970; NaN where unknown. */
  readonly published: Float64Array;
}

class Codes {
  readonly map = new Map<string, number>();
  of(name: string | null): number {
    if (name === null) return 0;
    const known = this.map.get(name);
    if (known !== undefined) return known;
    const next = this.map.size + 1;
    this.map.set(name, next);
    return next;
  }
}

/** Indexes updates for `decisionTable`; positions are those of the list. */
export function indexRuled(updates: readonly Ruled[]): RuledIndex {
  const byId = new Map<string, number>();
  const byKb = new Map<string, number[]>();
  const [products, severities, classifications] = [new Codes(), new Codes(), new Codes()];
  const product = new Uint16Array(updates.length);
  const severity = new Uint16Array(updates.length);
  const classification = new Uint16Array(updates.length);
  const published = new Float64Array(updates.length);
  updates.forEach((update, i) => {
    byId.set(update.updateId.toLowerCase(), i);
    for (const kb of update.kbids) {
      const list = byKb.get(bareKb(kb));
      if (list === undefined) byKb.set(bareKb(kb), [i]);
      else list.push(i);
    }
    product[i] = products.of(update.product);
    severity[i] = severities.of(update.severity);
    classification[i] = classifications.of(update.classification);
    published[i] = dateOf(update.changetime) ?? Number.NaN;
  });
  return {
    size: updates.length,
    byId,
    byKb,
    product,
    severity,
    classification,
    products: products.map,
    severities: severities.map,
    classifications: classifications.map,
    published,
  };
}

/** An allowed update younger than this hangs on an unknown delay (milliseconds). */
export const LONGEST_DELAY = 90 * 86_400_000;

/**
 * The decision for every update under one policy, as codes of `DECISIONS`. The same answers as `decide`, computed by lists instead of by
 * update; a property test compares both.
 */
export function decisionTable(
  index: RuledIndex,
  sources: readonly RuleSource[],
  options: AgentOptions,
  now: number,
): Uint8Array {
  const { lists } = mergeRules(sources);
  const table = new Uint8Array(index.size);
  const names = (
    known: ReadonlyMap<string, number>,
    entries: ReadonlyMap<string, readonly string[]>,
  ): Uint8Array | null => {
    if (entries.size === 0) return null;
    const marks = new Uint8Array(known.size + 1);
    for (const entry of entries.keys()) {
      const at = known.get(entry);
      if (at !== undefined) marks[at] = 1;
    }
    return marks;
  };
  const products = names(index.products, lists.allowedProducts);
  const severities = names(index.severities, lists.allowedSeverities);
  const classifications = names(index.classifications, lists.allowedClassifications);
  const fallback = options.defaultAllow === null ? code.unknown : options.defaultAllow ? code.allowed : code.forbidden;
  table.fill(fallback);
  if (products !== null || severities !== null || classifications !== null) {
    for (let i = 0; i < table.length; i++) {
      if (
        products?.[index.product[i] ?? 0] === 1 ||
        severities?.[index.severity[i] ?? 0] === 1 ||
        classifications?.[index.classification[i] ?? 0] === 1
      ) {
        table[i] = code.allowed;
      }
    }
  }
  for (const kb of lists.allowedKbs.keys()) for (const i of index.byKb.get(kb) ?? []) table[i] = code.allowed;
  for (const id of lists.allowedUpdates.keys()) {
    const i = index.byId.get(id);
    if (i !== undefined) table[i] = code.allowed;
  }
  for (const kb of lists.forbiddenKbs.keys()) for (const i of index.byKb.get(kb) ?? []) table[i] = code.forbidden;
  for (const id of lists.forbiddenUpdates.keys()) {
    const i = index.byId.get(id);
    if (i !== undefined) table[i] = code.forbidden;
  }
  const delay = options.installDelay;
  if (delay !== 0) {
    const since = now - (delay ?? LONGEST_DELAY);
    const held = delay === null ? code.unknown : code.held;
    for (let i = 0; i < table.length; i++) {
      if (table[i] === code.allowed && (index.published[i] ?? Number.NaN) > since) table[i] = held;
    }
  }
  return table;
}

/** The reported rows of the fleet as columns; rows of installed and superseded updates are left out by the caller. */
export interface FleetRows {
  /** Position of the host and of the update of each row. */
  readonly host: Int32Array;
  readonly update: Int32Array;
  readonly hostCount: number;
  /** 1: the host's data is old or missing; counted apart, never guessed. */
  readonly stale: Uint8Array;
  /** Bytes of each update; 0 where unknown. */
  readonly size: Float64Array;
  /** 1: the server has the files. */
  readonly onServer: Uint8Array;
}

/** Which policy each host stands under, and the decision table of each policy. */
export interface Policies {
  readonly ofHost: Int32Array;
  readonly tables: readonly Uint8Array[];
}

/** Pairs host × update by decision before and after: `moved[before * 4 + after]`, codes of `DECISIONS`. */
export interface ForecastCounts {
  readonly moved: Int32Array;
  /** The same for hosts whose data is old. */
  readonly movedStale: Int32Array;
  /** Hosts with at least one pair that changes its decision. */
  readonly hosts: number;
  readonly staleHosts: number;
  /** Bytes the server would fetch (once an update) and the hosts would fetch (once a pair) that become allowed. */
  readonly serverBytes: number;
  readonly hostBytes: number;
}

/** Rows grouped by update: positions of the rows of update `u` are `rows[start[u]] … rows[start[u + 1] - 1]`. */
export interface RowsByUpdate {
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/** Groups the rows by update; O(rows), kept as long as the rows are. */
export function groupByUpdate(fleet: FleetRows, updateCount: number): RowsByUpdate {
  const start = new Int32Array(updateCount + 1);
  for (const u of fleet.update) start[u + 1] = (start[u + 1] ?? 0) + 1;
  for (let u = 0; u < updateCount; u++) start[u + 1] = (start[u + 1] ?? 0) + (start[u] ?? 0);
  const next = start.slice();
  const rows = new Int32Array(fleet.update.length);
  for (let i = 0; i < rows.length; i++) {
    const u = fleet.update[i] ?? 0;
    const at = next[u] ?? 0;
    rows[at] = i;
    next[u] = at + 1;
  }
  return { start, rows };
}

/**
 * A forecast that can be changed: counts pairs by decision before and after, and on `change` visits only the rows of updates whose decision
 * moved under some policy.
 */
export class Forecast {
  readonly #fleet: FleetRows;
  readonly #byUpdate: RowsByUpdate;
  readonly #before: Policies;
  #after: Policies;
  readonly #moved = new Int32Array(16);
  readonly #movedStale = new Int32Array(16);
  /** Pairs of each host that change, and pairs of each update that become allowed and were not. */
  readonly #changesOfHost: Int32Array;
  readonly #newlyAllowed: Int32Array;
  #hosts = 0;
  #staleHosts = 0;

  constructor(fleet: FleetRows, byUpdate: RowsByUpdate, before: Policies, after: Policies) {
    this.#fleet = fleet;
    this.#byUpdate = byUpdate;
    this.#before = before;
    this.#after = after;
    this.#changesOfHost = new Int32Array(fleet.hostCount);
    this.#newlyAllowed = new Int32Array(byUpdate.start.length - 1);
    this.#countAll();
  }

  #countAll(): void {
    const { host, update, stale } = this.#fleet;
    const before = this.#before;
    const after = this.#after;
    for (let i = 0; i < host.length; i++) {
      const h = host[i] ?? 0;
      const u = update[i] ?? 0;
      const b = before.tables[before.ofHost[h] ?? 0]?.[u] ?? code.unknown;
      const a = after.tables[after.ofHost[h] ?? 0]?.[u] ?? code.unknown;
      const cell = b * 4 + a;
      if (stale[h] === 1) this.#movedStale[cell] = (this.#movedStale[cell] ?? 0) + 1;
      else this.#moved[cell] = (this.#moved[cell] ?? 0) + 1;
      if (a !== b) this.#mark(h, u, a, 1);
    }
  }

  #mark(h: number, u: number, a: number, step: 1 | -1): void {
    const had = this.#changesOfHost[h] ?? 0;
    this.#changesOfHost[h] = had + step;
    if (a === code.allowed) this.#newlyAllowed[u] = (this.#newlyAllowed[u] ?? 0) + step;
    if ((step === 1 && had === 0) || (step === -1 && had === 1)) {
      if (this.#fleet.stale[h] === 1) this.#staleHosts += step;
      else this.#hosts += step;
    }
  }

  /** Takes other tables for the same policies; only rows of updates whose decision differs are visited. */
  change(tables: readonly Uint8Array[]): void {
    const old = this.#after;
    const updates = this.#byUpdate.start.length - 1;
    const touched = new Uint8Array(updates);
    tables.forEach((table, p) => {
      const was = old.tables[p];
      if (was === table || was === undefined) return;
      for (let u = 0; u < updates; u++) if (table[u] !== was[u]) touched[u] = 1;
    });
    const { host, stale } = this.#fleet;
    for (let u = 0; u < updates; u++) {
      if (touched[u] === 0) continue;
      const end = this.#byUpdate.start[u + 1] ?? 0;
      for (let at = this.#byUpdate.start[u] ?? 0; at < end; at++) {
        const h = host[this.#byUpdate.rows[at] ?? 0] ?? 0;
        const b = this.#before.tables[this.#before.ofHost[h] ?? 0]?.[u] ?? code.unknown;
        const p = old.ofHost[h] ?? 0;
        const was = old.tables[p]?.[u] ?? code.unknown;
        const is = tables[p]?.[u] ?? code.unknown;
        if (was === is) continue;
        const counts = stale[h] === 1 ? this.#movedStale : this.#moved;
        counts[b * 4 + was] = (counts[b * 4 + was] ?? 0) - 1;
        counts[b * 4 + is] = (counts[b * 4 + is] ?? 0) + 1;
        if (was !== b) this.#mark(h, u, was, -1);
        if (is !== b) this.#mark(h, u, is, 1);
      }
    }
    this.#after = { ofHost: old.ofHost, tables };
  }

  /** The counts as they stand. */
  counts(): ForecastCounts {
    let serverBytes = 0;
    let hostBytes = 0;
    for (let u = 0; u < this.#newlyAllowed.length; u++) {
      const pairs = this.#newlyAllowed[u] ?? 0;
      if (pairs === 0) continue;
      const size = this.#fleet.size[u] ?? 0;
      hostBytes += pairs * size;
      if (this.#fleet.onServer[u] !== 1) serverBytes += size;
    }
    return {
      moved: this.#moved.slice(),
      movedStale: this.#movedStale.slice(),
      hosts: this.#hosts,
      staleHosts: this.#staleHosts,
      serverBytes,
      hostBytes,
    };
  }

  /** The pairs that move from `before` to `after`, as positions of rows; at most `limit`. */
  pairs(before: Decision, after: Decision, limit: number): readonly number[] {
    const found: number[] = [];
    const { host, update } = this.#fleet;
    for (let i = 0; i < host.length && found.length < limit; i++) {
      const h = host[i] ?? 0;
      const u = update[i] ?? 0;
      const b = DECISIONS[this.#before.tables[this.#before.ofHost[h] ?? 0]?.[u] ?? code.unknown];
      const a = DECISIONS[this.#after.tables[this.#after.ofHost[h] ?? 0]?.[u] ?? code.unknown];
      if (b === before && a === after) found.push(i);
    }
    return found;
  }
}
