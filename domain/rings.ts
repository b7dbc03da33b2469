/** Rings: an ordered set of packages; what proved itself in one may go on to the next. Nothing is promoted by itself. */
import { classificationKey } from './catalogue.ts';
import { dateOf, isForbidding, matchingRule, mergeRules, type Ruled } from './decision.ts';
import { type Rules, withEntries } from './rules.ts';
import { bareKb, kbLabel } from './update.ts';

/** The gates before the next ring. Null = this gate is off. */
export interface RingGates {
  /** Days since the update was published. */
  readonly minAgeDays: number | null;
  readonly minSuccesses: number | null;
  /** 0 to 1: successes / (successes + failures). */
  readonly minSuccessRate: number | null;
  readonly maxFailures: number | null;
}

/** The gates a new ring begins with. */
export const defaultGates: RingGates = { minAgeDays: 7, minSuccesses: 5, minSuccessRate: 0.7, maxFailures: 0 };

/** One ring: the package whose hosts try first, and what must be true before the next ring gets it. */
export interface Ring {
  readonly package: string;
  readonly gates: RingGates;
}

/** What the hosts of a ring report of one update, or of the updates of one KB. */
export interface RingResult {
  readonly successes: number;
  readonly failures: number;
  /** Needed and not yet installed or failed. */
  readonly waiting: number;
  readonly changetime: string | null;
}

/** One of the four gates. */
export type Gate = 'age' | 'successes' | 'success-rate' | 'failures';

/** How an update stands at one gate: what is asked, and what is there (null: nothing to judge by). */
export interface GateState {
  readonly gate: Gate;
  readonly limit: number;
  readonly value: number | null;
  readonly passes: boolean;
}

/** How an update stands at the gates that are on, and when age alone would let it pass (milliseconds; null when another gate holds it). */
export interface RingVerdict {
  readonly passes: boolean;
  readonly gates: readonly GateState[];
  readonly passesAt: number | null;
}

const DAY = 86_400_000;

/** Judges at the gates of a ring. Without any success or failure the rate does not pass, without a date the age does not. */
export function judgeRing(result: RingResult, gates: RingGates, now: number): RingVerdict {
  const states: GateState[] = [];
  const published = dateOf(result.changetime);
  if (gates.minAgeDays !== null) {
    const passes = published !== null && now >= published + gates.minAgeDays * DAY;
    const age = published === null ? null : Math.max(0, (now - published) / DAY);
    states.push({ gate: 'age', limit: gates.minAgeDays, value: age, passes });
  }
  if (gates.minSuccesses !== null) {
    const passes = result.successes >= gates.minSuccesses;
    states.push({ gate: 'successes', limit: gates.minSuccesses, value: result.successes, passes });
  }
  if (gates.minSuccessRate !== null) {
    const ended = result.successes + result.failures;
    const rate = ended === 0 ? null : result.successes / ended;
    const passes = rate !== null && rate >= gates.minSuccessRate;
    states.push({ gate: 'success-rate', limit: gates.minSuccessRate, value: rate, passes });
  }
  if (gates.maxFailures !== null) {
    const passes = result.failures <= gates.maxFailures;
    states.push({ gate: 'failures', limit: gates.maxFailures, value: result.failures, passes });
  }
  const held = states.filter((state) => !state.passes);
  const isOnlyAge = held.length === 1 && held[0]?.gate === 'age' && published !== null && gates.minAgeDays !== null;
  return {
    passes: held.length === 0,
    gates: states,
    passesAt: isOnlyAge ? published + gates.minAgeDays * DAY : null,
  };
}

/** Something a ring allows and the next one does not: a KB with all its updates where the ring allows by KB, else one update. */
export interface RingItem {
  /** `KB5043064` or `GUID_revision`: what promoting writes. */
  readonly entry: string;
  readonly kind: 'kb' | 'update';
  /** Positions of its updates in the list given. */
  readonly positions: readonly number[];
  /** The next ring's package forbids all of it, and a forbid wins. */
  readonly isForbiddenNext: boolean;
  readonly isSuperseded: boolean;
  /** Of its newest update; of definitions the oldest, since under one KB a new one comes every day. */
  readonly changetime: string | null;
}

/** The facts of an update that rings look at. */
export type RingUpdate = Ruled & { readonly isSuperseded: boolean };

/** What the rules of a ring allow and those of the next one do not, by the packages alone. */
export function ringItems(updates: readonly RingUpdate[], inner: Rules, next: Rules): readonly RingItem[] {
  const [here, there] = [inner, next].map((rules) => mergeRules([{ name: '', rules }]));
  if (here === undefined || there === undefined) return [];
  const byKb = new Set(inner.allowedKbs.map(bareKb));
  const found = new Map<string, { kind: RingItem['kind']; open: number[]; forbidden: number[] }>();
  updates.forEach((update, at) => {
    const rule = matchingRule(here, update);
    if (rule === null || isForbidding(rule.list)) return;
    const beyond = matchingRule(there, update);
    const isForbidden = beyond !== null && isForbidding(beyond.list);
    if (beyond !== null && !isForbidden) return;
    // Publishing writes the known ids beside a KB: what the KB means is not told by the line that matched first.
    const kb = update.kbids.find((each) => byKb.has(bareKb(each)));
    const entry = kb === undefined ? update.updateId : kbLabel(kb);
    const item = found.get(entry) ?? { kind: kb === undefined ? 'update' : 'kb', open: [], forbidden: [] };
    (isForbidden ? item.forbidden : item.open).push(at);
    found.set(entry, item);
  });
  return [...found].map(([entry, { kind, open, forbidden }]) => {
    const positions = open.length > 0 ? open : forbidden;
    const own = positions.flatMap((at) => updates[at] ?? []);
    return {
      entry,
      kind,
      positions,
      isForbiddenNext: open.length === 0,
      isSuperseded: own.every((update) => update.isSuperseded),
      changetime: dateOfAll(own),
    };
  });
}

function dateOfAll(updates: readonly Ruled[]): string | null {
  const areDefinitions = updates.every((update) => classificationKey(update.classification) === 'Definition Updates');
  const dates = updates.flatMap((update) => update.changetime ?? []).sort();
  // A date that is missing could be any: only where all are known does the newest say how old the whole is.
  if (areDefinitions) return dates[0] ?? null;
  return dates.length < updates.length ? null : (dates.at(-1) ?? null);
}

/** The next ring's rules with what passed. */
export function promoted(next: Rules, items: readonly Pick<RingItem, 'entry' | 'kind'>[]): Rules {
  const entries = (kind: RingItem['kind']): string[] =>
    items.flatMap((item) => (item.kind === kind ? [item.entry] : []));
  return withEntries(withEntries(next, 'allowedKbs', entries('kb')), 'allowedUpdates', entries('update'));
}
