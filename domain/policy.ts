/**
 * The order of protocol 9.4 over many updates at once. What a source of rules says of each update is one small set of bits; sources are united by
 * OR, and bits, severity and age of an update with the options of an agent give the decision from a table. The same answers as `decide`.
 */
import {
  type AgentOptions,
  type Decision,
  dateOf,
  LONGEST_DELAY,
  NAME_LISTS,
  normalEntry,
  ownDecision,
  type Ruled,
} from './decision.ts';
import { asStored, type HostNames, matchNames, type NameKind, type Spelling } from './names.ts';
import type { Rules } from './rules.ts';
import { bareKb } from './update.ts';

/** Decisions as numbers; the index is the code. */
export const DECISIONS = ['forbidden', 'allowed', 'held-back', 'unknown'] as const satisfies readonly Decision[];

/** The number of each decision. */
export const CODE = { forbidden: 0, allowed: 1, 'held-back': 2, unknown: 3 } as const satisfies Record<
  Decision,
  number
>;

/**
 * What sources say together of an update: they allow, they forbid, they allow in some languages or if a doubtful one is there, the content of one
 * is not known, they forbid if a doubtful one is there.
 */
export const SAYS = { allow: 1, forbid: 2, maybe: 4, unread: 8, mayForbid: 16 } as const;

/** How many combinations of what sources say there are. */
const SAYINGS = 32;

/** Names of one kind as small numbers; 0 is no name. */
interface NameColumn {
  readonly codes: Uint16Array;
  /** The name of each code. */
  readonly names: readonly string[];
}

/** The updates as rules look at them, indexed once. Positions are those of the list. */
export interface RuledIndex {
  readonly size: number;
  readonly byId: ReadonlyMap<string, number>;
  readonly byKb: ReadonlyMap<string, readonly number[]>;
  readonly names: Readonly<Record<NameKind, NameColumn>>;
  /** Milliseconds since 1970; -Infinity where unknown: never too young. */
  readonly published: Float64Array;
}

function column(updates: readonly Ruled[], kind: NameKind): NameColumn {
  const known = new Map<string, number>();
  const names = [''];
  const codes = new Uint16Array(updates.length);
  updates.forEach((update, i) => {
    const name = update[kind];
    if (name === null) return;
    let code = known.get(name);
    if (code === undefined) {
      code = names.length;
      known.set(name, code);
      names.push(name);
    }
    codes[i] = code;
  });
  return { codes, names };
}

/** Indexes updates for `compileRules`. */
export function indexRuled(updates: readonly Ruled[]): RuledIndex {
  const byId = new Map<string, number>();
  const byKb = new Map<string, number[]>();
  const published = new Float64Array(updates.length);
  updates.forEach((update, i) => {
    byId.set(update.updateId.toLowerCase(), i);
    for (const kb of update.kbids) {
      const list = byKb.get(bareKb(kb));
      if (list === undefined) byKb.set(bareKb(kb), [i]);
      else list.push(i);
    }
    published[i] = dateOf(update.changetime) ?? Number.NEGATIVE_INFINITY;
  });
  const names = {
    product: column(updates, 'product'),
    severity: column(updates, 'severity'),
    classification: column(updates, 'classification'),
  };
  return { size: updates.length, byId, byKb, names, published };
}

/** The bits of one source; `MAYBE` says that it names the update by some of the names that a host may use. */
const BIT = { allow: 1, forbid: 2, unread: 4, maybe: 8 } as const;

/** For each kind of name three bits: which of the names that a host may use are in the list. Two sources may have one each, and all together. */
const NAME_BITS = 3;
const firstNameBit = (kind: number): number => 4 + kind * NAME_BITS;
const WHOLE = (1 << NAME_BITS) - 1;

/** Behind the names: a doubtful source forbids the update. */
const MAY_FORBID = 1 << firstNameBit(NAME_LISTS.length);

/** The bits of a source of which nobody knows whether it is on the host: what hangs on it is said of no update. */
export function doubtful(source: Uint16Array): Uint16Array {
  return source.map((bits) => {
    const unread = bits & BIT.unread;
    // What it forbids it never allows: its own forbid wins wherever it is on the host.
    if ((bits & BIT.forbid) !== 0) return unread | MAY_FORBID;
    return unread | ((bits & ~BIT.unread) === 0 ? 0 : BIT.maybe);
  });
}

/** The bits for names of which a list may have some. */
function nameBits(kind: number, own: HostNames, has: (name: string) => boolean): number {
  const match = matchNames(own, has);
  if (match === 'none') return 0;
  if (match === 'all') return BIT.allow;
  let bits: number = BIT.maybe;
  if (own.isOpen) return bits;
  for (let at = 0; at < NAME_BITS; at++) {
    // The last names share what is left over: a bit is set where the list has all of its names.
    const names = own.names.filter((_, i) => Math.min(i, NAME_BITS - 1) === at);
    const shared = names.length > 0 ? names : own.names.slice(-1);
    if (shared.every(has)) bits |= 1 << (firstNameBit(kind) + at);
  }
  return bits;
}

/** What one source says of every update, to be united; null: its content is not known. */
export function compileRules(index: RuledIndex, rules: Rules | null, spelling: Spelling = asStored): Uint16Array {
  const bits = new Uint16Array(index.size);
  if (rules === null) return bits.fill(BIT.unread);
  NAME_LISTS.forEach(([list, kind], number) => {
    if (rules[list].length === 0) return;
    const entries = new Set(rules[list]);
    const { codes, names } = index.names[kind];
    const says = Uint16Array.from(names, (name, code) =>
      code === 0 ? 0 : nameBits(number, spelling(kind, name), (own) => entries.has(own)),
    );
    if (says.every((say) => say === 0)) return;
    for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) | (says[codes[i] as number] as number);
  });
  const set = (positions: readonly number[], bit: number): void => {
    for (const i of positions) bits[i] = (bits[i] ?? 0) | bit;
  };
  const ids = (entries: readonly string[], bit: number): void => {
    for (const entry of entries) {
      const i = index.byId.get(normalEntry('allowedUpdates', entry));
      if (i !== undefined) bits[i] = (bits[i] ?? 0) | bit;
    }
  };
  for (const kb of rules.allowedKbs) set(index.byKb.get(bareKb(kb)) ?? [], BIT.allow);
  ids(rules.allowedUpdates, BIT.allow);
  for (const kb of rules.forbiddenKbs) set(index.byKb.get(bareKb(kb)) ?? [], BIT.forbid);
  ids(rules.forbiddenUpdates, BIT.forbid);
  return bits;
}

/** What bits of united sources amount to, in `SAYS`. */
const SETTLED = Uint8Array.from({ length: MAY_FORBID << 1 }, (_, bits) => {
  const isWhole = NAME_LISTS.some((_list, kind) => ((bits >> firstNameBit(kind)) & WHOLE) === WHOLE);
  const allows = (bits & BIT.allow) !== 0 || isWhole;
  return (
    (allows ? SAYS.allow : 0) |
    ((bits & BIT.forbid) !== 0 ? SAYS.forbid : 0) |
    ((bits & BIT.maybe) !== 0 && !allows ? SAYS.maybe : 0) |
    ((bits & BIT.unread) !== 0 ? SAYS.unread : 0) |
    ((bits & MAY_FORBID) !== 0 ? SAYS.mayForbid : 0)
  );
});

/** Several sources together: a forbid anywhere wins, there is no priority between packages. */
export function unite(index: RuledIndex, sources: readonly Uint16Array[]): Uint16Array {
  const [first, ...rest] = sources;
  const united = first === undefined ? new Uint16Array(index.size) : first.slice();
  for (const bits of rest)
    for (let i = 0; i < united.length; i++) united[i] = (united[i] as number) | (bits[i] as number);
  return united;
}

/** What united sources say of each update, in `SAYS`; with `one` more of them where it is given. */
export function settle(united: Uint16Array, one?: Uint16Array): Uint8Array {
  const says = new Uint8Array(united.length);
  if (one === undefined) for (let i = 0; i < says.length; i++) says[i] = SETTLED[united[i] as number] as number;
  else for (let i = 0; i < says.length; i++) says[i] = SETTLED[(united[i] as number) | (one[i] as number)] as number;
  return says;
}

/** Positions at which a source says something else than before. */
export function differences(before: Uint16Array, after: Uint16Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < after.length; i++) if (before[i] !== after[i]) found.push(i);
  return found;
}

/** What a set of sources says after one of them changed at some positions; `others` are the rest, united. */
export function resettle(
  says: Uint8Array,
  others: Uint16Array,
  own: Uint16Array,
  positions: readonly number[],
): Uint8Array {
  const next = says.slice();
  for (const i of positions) next[i] = SETTLED[(others[i] as number) | (own[i] as number)] as number;
  return next;
}

/** Agent options together with the names their host uses. */
export interface AgentPolicy {
  readonly options: AgentOptions;
  readonly spelling: Spelling;
}

/** Decisions by policy, severity, age and what sources say. */
export interface DecisionTable {
  readonly codes: Uint8Array;
  /** Length of the part of one policy. */
  readonly stride: number;
  /** For each update: where in the part of a policy its severity and age stand. */
  readonly ofUpdate: Uint16Array | Int32Array;
}

/** Codes for one policy and severity, as if nothing were young; indexed by what sources say. */
function plainCodes({ options, spelling }: AgentPolicy, severity: string | null): readonly number[] {
  const own = ownDecision(options, severity, spelling);
  const ownCode =
    own === 'severity' || own === 'allowed' ? CODE.allowed : own === 'forbidden' ? CODE.forbidden : CODE.unknown;
  return Array.from({ length: SAYINGS }, (_, says) => {
    if ((says & SAYS.forbid) !== 0) return CODE.forbidden;
    if ((says & SAYS.unread) !== 0) return CODE.unknown;
    const allows = (says & SAYS.allow) !== 0;
    const hangs = (says & SAYS.maybe) !== 0 && ownCode !== CODE.allowed;
    const code = allows ? CODE.allowed : hangs ? CODE.unknown : ownCode;
    return (says & SAYS.mayForbid) !== 0 && code !== CODE.forbidden ? CODE.unknown : code;
  });
}

/** Lays out the decisions of some policies at `now` (milliseconds). Ages are told apart only where the delay of some policy does. */
export function layOut(index: RuledIndex, policies: readonly AgentPolicy[], now: number): DecisionTable {
  const delayOf = ({ options }: AgentPolicy): number => options.installDelay ?? LONGEST_DELAY;
  // Delays in descending order: an update of age class `a` is younger than the first `a` of them.
  const delays = [...new Set(policies.map(delayOf))].filter((delay) => delay > 0).sort((a, b) => b - a);
  const severities = index.names.severity.names;
  const ages = delays.length + 1;
  const stride = severities.length * ages * SAYINGS;
  const codes = new Uint8Array(policies.length * stride);
  policies.forEach((policy, p) => {
    const delay = delayOf(policy);
    const young = policy.options.installDelay === null ? CODE.unknown : CODE['held-back'];
    severities.forEach((severity, s) => {
      const plain = plainCodes(policy, s === 0 ? null : severity);
      for (let age = 0; age < ages; age++) {
        const isYoung = delay > 0 && delays.indexOf(delay) < age;
        const at = p * stride + (s * ages + age) * SAYINGS;
        plain.forEach((code, says) => {
          codes[at + says] = isYoung && code === CODE.allowed ? young : code;
        });
      }
    });
  });
  // Half the memory is half the cache that a pass over the rows needs; more severities than that are nonsense, not an error.
  const ofUpdate = stride <= 65_536 ? new Uint16Array(index.size) : new Int32Array(index.size);
  const severityCodes = index.names.severity.codes;
  const limits = Float64Array.from(delays, (delay) => now - delay);
  for (let i = 0; i < ofUpdate.length; i++) {
    const published = index.published[i] as number;
    let age = 0;
    while (age < limits.length && published > (limits[age] as number)) age++;
    ofUpdate[i] = ((severityCodes[i] as number) * ages + age) * SAYINGS;
  }
  return { codes, stride, ofUpdate };
}

/** The decision of each update under one policy, as codes: what `decide` answers for each. */
export function decisionsOf(index: RuledIndex, says: Uint8Array, policy: AgentPolicy, now: number): Uint8Array {
  const { codes, ofUpdate } = layOut(index, [policy], now);
  return Uint8Array.from(says, (saying, i) => codes[(ofUpdate[i] as number) + saying] as number);
}
