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
import { asStored, matchNames, type NameKind, type Spelling } from './names.ts';
import type { Rules } from './rules.ts';
import { bareKb } from './update.ts';

/** Decisions as numbers; the index is the code. */
export const DECISIONS = ['forbidden', 'allowed', 'held-back', 'unknown'] as const satisfies readonly Decision[];

/** The number of each decision. */
export const CODE = { forbidden: 0, allowed: 1, 'held-back': 2, unknown: 3 } as const satisfies Record<
  Decision,
  number
>;

/** What a source says of an update: it allows, it forbids, it allows in some languages, its content is not known. */
export const SAYS = { allow: 1, forbid: 2, maybe: 4, unread: 8 } as const;

/** How many combinations of what sources say there are. */
const SAYINGS = 16;

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

/** The updates that entries of one list mean, by position. Names mean an update wherever some spelling of it does. */
const setBits = (bits: Uint8Array, positions: readonly number[], bit: number): void => {
  for (const i of positions) bits[i] = (bits[i] ?? 0) | bit;
};

/** What one source says of every update; null: its content is not known. */
export function compileRules(index: RuledIndex, rules: Rules | null, spelling: Spelling = asStored): Uint8Array {
  const bits = new Uint8Array(index.size);
  if (rules === null) return bits.fill(SAYS.unread);
  for (const [list, kind] of NAME_LISTS) {
    if (rules[list].length === 0) continue;
    const entries = new Set(rules[list]);
    const { codes, names } = index.names[kind];
    const says = Uint8Array.from(names, (name, code) => {
      if (code === 0) return 0;
      const match = matchNames(spelling(kind, name), (own) => entries.has(own));
      return match === 'all' ? SAYS.allow : match === 'some' ? SAYS.maybe : 0;
    });
    if (says.every((say) => say === 0)) continue;
    for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) | (says[codes[i] as number] as number);
  }
  const ids = (entries: readonly string[], bit: number): void => {
    for (const entry of entries) {
      const i = index.byId.get(normalEntry('allowedUpdates', entry));
      if (i !== undefined) bits[i] = (bits[i] ?? 0) | bit;
    }
  };
  for (const kb of rules.allowedKbs) setBits(bits, index.byKb.get(bareKb(kb)) ?? [], SAYS.allow);
  ids(rules.allowedUpdates, SAYS.allow);
  for (const kb of rules.forbiddenKbs) setBits(bits, index.byKb.get(bareKb(kb)) ?? [], SAYS.forbid);
  ids(rules.forbiddenUpdates, SAYS.forbid);
  return bits;
}

/** What several sources say together: a forbid anywhere wins, there is no priority between packages. */
export function unite(index: RuledIndex, sources: readonly Uint8Array[]): Uint8Array {
  const [first, ...rest] = sources;
  const united = first === undefined ? new Uint8Array(index.size) : first.slice();
  for (const bits of rest)
    for (let i = 0; i < united.length; i++) united[i] = (united[i] as number) | (bits[i] as number);
  return united;
}

/** Positions at which a source says something else than before. */
export function differences(before: Uint8Array, after: Uint8Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < after.length; i++) if (before[i] !== after[i]) found.push(i);
  return found;
}

/** The union again after one of its sources changed at some positions; `others` is the union of the rest. */
export function reunite(
  united: Uint8Array,
  others: Uint8Array,
  own: Uint8Array,
  positions: readonly number[],
): Uint8Array {
  const next = united.slice();
  for (const i of positions) next[i] = (others[i] as number) | (own[i] as number);
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
  readonly ofUpdate: Int32Array;
}

/** Codes for one policy and severity, as if nothing were young; indexed by what sources say. */
function plainCodes({ options, spelling }: AgentPolicy, severity: string | null): readonly number[] {
  const own = ownDecision(options, severity, spelling);
  const ownCode =
    own === 'severity' || own === 'allowed' ? CODE.allowed : own === 'forbidden' ? CODE.forbidden : CODE.unknown;
  return Array.from({ length: SAYINGS }, (_, says) => {
    if ((says & SAYS.forbid) !== 0) return CODE.forbidden;
    if ((says & SAYS.unread) !== 0) return CODE.unknown;
    if ((says & SAYS.allow) !== 0) return CODE.allowed;
    return (says & SAYS.maybe) !== 0 && ownCode !== CODE.allowed ? CODE.unknown : ownCode;
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
  const ofUpdate = new Int32Array(index.size);
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
