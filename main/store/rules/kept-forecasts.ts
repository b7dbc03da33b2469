import type { ContradictionCount } from '../../../contract/schemas/rules.ts';
import { bearersOf, type Reach, reachOf } from '../../../domain/assignment.ts';
import { Forecast, PARTS, type Standing, type UpdateSizes } from '../../../domain/forecast.ts';
import { differences, doubtful, layOut, resettle, settle } from '../../../domain/policy.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Basis } from './basis.ts';
import { contradictions, countReasons, takes, trusts } from './contradictions.ts';
import type { FleetHost } from './fleet.ts';
import type { OpenDraft } from './open-draft.ts';
import type { Source } from './rule-sets.ts';

/** A question about a draft; `signer` are the fingerprints of the chain that would sign it, null where no signer is open. */
export interface DraftQuestion extends StaleLimit {
  readonly draftId: string;
  readonly signer: readonly string[] | null;
}

/** A set of rules of the hosts with the draft in the place of its package. */
interface AfterSet {
  readonly language: string | null;
  /** The sources without the package, and what they say united. */
  readonly beside: readonly Source[];
  readonly others: Uint16Array;
  /** Nobody knows whether these hosts get the package. */
  readonly isDoubtful: boolean;
}

/** The forecast of one draft as it stands. */
export interface Kept {
  readonly basis: Basis;
  readonly package: string;
  /** Milliseconds. */
  readonly at: number;
  /** What else than the draft's lists it was made for. */
  readonly made: string;
  readonly part: Uint8Array;
  /** Whether each host has the package or should have it. */
  readonly reach: readonly Reach[];
  /** What the sets of rules of the fleet say; those with the draft come after them. */
  readonly base: readonly Uint8Array[];
  readonly afterSets: readonly AfterSet[];
  /** What the draft says, by language. */
  own: Map<string | null, Uint16Array>;
  rulesets: readonly Uint8Array[];
  readonly forecast: Forecast;
  /** What fresh holders report otherwise than the published rules say; the draft changes nothing about it. */
  readonly contradictions: readonly ContradictionCount[];
}

/** How long ages and staleness are taken as they were (milliseconds). */
const MINUTE = 60_000;

/** Which drafts' forecasts are kept; an editor has one or two open. */
const KEPT = 4;

/** Whether hosts have a package or should have it; `unknown` where only a profile of unknown directory groups would bring it. */
export function holdersOf(basis: Basis, name: string): (host: FleetHost) => Reach {
  const bearers = bearersOf(name, basis.fleet.bearers);
  return (host) => (host.named.has(name) ? 'yes' : reachOf(host.host, bearers));
}

/** Whether a host would surely not take the package: it says whom it trusts and what maturities it takes. */
export const refusal =
  (open: OpenDraft, signer: readonly string[] | null): ((host: FleetHost) => boolean) =>
  (host) =>
    takes(host, open.draft.maturity) === false || (signer !== null && trusts(host, signer) === false);

const compileOwn = (basis: Basis, open: OpenDraft, languages: Iterable<string | null>) =>
  new Map(
    [...new Set(languages)].map((language) => [
      language,
      basis.sets.compile({ name: open.draft.package, rules: open.relevant }, language),
    ]),
  );

/** What the draft says among the sources of a set. */
function ownIn({ language, isDoubtful }: AfterSet, own: Kept['own']): Uint16Array | undefined {
  const says = own.get(language);
  return says !== undefined && isDoubtful ? doubtful(says) : says;
}

/** Makes a forecast anew. */
function begin(
  basis: Basis,
  open: OpenDraft,
  question: DraftQuestion,
  sizes: UpdateSizes,
  now: number,
  made: string,
): Kept {
  const { staleDays, signer } = question;
  const { hosts } = basis.fleet;
  const name = open.draft.package;
  const reach = hosts.map(holdersOf(basis, name));
  const part = Uint8Array.from(hosts, (host, h) =>
    reach[h] === 'no' ? PARTS.outside : host.isStale({ staleDays, now }) ? PARTS.stale : PARTS.fresh,
  );
  const refuses = refusal(open, signer);
  const afterSets: AfterSet[] = [];
  const afterOf = new Map<string, number>();
  // -1: nothing comes to the host, or it would refuse it.
  const after = basis.installed.map((set, h) => {
    const host = hosts[h];
    if (part[h] === PARTS.outside || host === undefined || refuses(host)) return -1;
    const isDoubtful = reach[h] === 'unknown';
    const key = `${set} ${isDoubtful}`;
    let number = afterOf.get(key);
    if (number === undefined) {
      const { sources, language } = basis.sets.sets[set] ?? { sources: [], language: null };
      const beside = sources.filter((source) => source.name !== name);
      const others = basis.sets.sets[basis.sets.of(beside, language)]?.united ?? new Uint16Array(basis.index.size);
      number = afterSets.push({ beside, others, language, isDoubtful }) - 1;
      afterOf.set(key, number);
    }
    return number;
  });
  const base = basis.sets.sets.map(({ says }) => says);
  const own = compileOwn(
    basis,
    open,
    afterSets.map(({ language }) => language),
  );
  const rulesets = [...base, ...afterSets.map((set) => settle(set.others, ownIn(set, own)))];
  const standing: Standing = {
    before: basis.installed,
    after: after.map((set, h) => (set < 0 ? (basis.installed[h] ?? 0) : base.length + set)),
    policy: basis.policyOf,
    part,
    rulesets,
    table: layOut(basis.index, basis.policies, now),
  };
  const forecast = new Forecast(basis.rows, standing, sizes);
  const found = contradictions(basis, now, (h) => part[h] === PARTS.fresh);
  return {
    basis,
    package: name,
    at: now,
    made,
    part,
    reach,
    base,
    afterSets,
    own,
    rulesets,
    forecast,
    contradictions: countReasons(found),
  };
}

/** Takes the draft as it is now into a forecast that stands. */
function change(one: Kept, open: OpenDraft): void {
  const own = compileOwn(one.basis, open, one.own.keys());
  const positions = new Set<number>();
  for (const [language, says] of own)
    for (const u of differences(one.own.get(language) ?? new Uint16Array(says.length), says)) positions.add(u);
  if (positions.size === 0) return;
  const list = [...positions];
  const rulesets = one.rulesets.map((says, set) => {
    const after = one.afterSets[set - one.base.length];
    const changed = after === undefined ? undefined : ownIn(after, own);
    return after === undefined || changed === undefined ? says : resettle(says, after.others, changed, list);
  });
  one.forecast.change(list, rulesets);
  one.own = own;
  one.rulesets = rulesets;
}

/** Forecasts of the drafts asked about last; an entry more or less is taken into the one that stands. */
export class KeptForecasts {
  readonly #basis: () => Basis;
  readonly #sizes: () => UpdateSizes;
  readonly #kept = new Map<string, Kept>();

  constructor(basis: () => Basis, sizes: () => UpdateSizes) {
    this.#basis = basis;
    this.#sizes = sizes;
  }

  /** The forecast of a draft as it is now. */
  of(open: OpenDraft, question: DraftQuestion): Kept {
    const { staleDays, signer, now = Date.now() } = question;
    const basis = this.#basis();
    const { id, package: name, maturity } = open.draft;
    const made = JSON.stringify([name, maturity, staleDays, signer]);
    const known = this.#kept.get(id);
    this.#kept.delete(id);
    const isUsable =
      known !== undefined && known.basis === basis && known.made === made && Math.abs(now - known.at) < MINUTE;
    const one = isUsable ? known : begin(basis, open, question, this.#sizes(), now, made);
    if (isUsable) change(one, open);
    this.#kept.set(id, one);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '');
    return one;
  }
}
