import { type HostFacts, hostFacts, inferOptions, type UnruledRow } from '../../../domain/facts.ts';
import { type FleetRows, fleetRows } from '../../../domain/forecast.ts';
import { type NameKind, type SeenNames, type Spelling, spellingOf } from '../../../domain/names.ts';
import { type AgentPolicy, CODE, indexRuled, type RuledIndex } from '../../../domain/policy.ts';
import { type Context, kept } from '../context.ts';
import type { Described, Overview } from '../overview.ts';
import { all } from '../sql.ts';
import { columnsOf, type HostColumns, NOT_SAID } from './columns.ts';
import { contentsOf } from './contents.ts';
import { type Fleet, type FleetHost, fleetOf } from './fleet.ts';
import { RuleSets, type Source } from './rule-sets.ts';

/** Everything forecasts begin with: hosts, updates, rows, and under which rules each host stands. Positions are those of the lists. */
export interface Basis {
  readonly fleet: Fleet;
  readonly updates: readonly Described[];
  readonly index: RuledIndex;
  readonly rows: FleetRows;
  /** What each row shows of the host's decision: numbers of `CODE`, or `NOT_SAID`. */
  readonly reported: Uint8Array;
  readonly facts: readonly HostFacts[];
  readonly policies: readonly AgentPolicy[];
  readonly policyOf: Int32Array;
  readonly spelling: (language: string | null) => Spelling;
  readonly sets: RuleSets;
  /** The set of rules that each host has, and the one that the index holds for it. */
  readonly installed: Int32Array;
  readonly published: Int32Array;
  /** What a version of a package says. */
  readonly source: (name: string, version: string) => Source;
  /** Fingerprints of who signed a version; empty where it was not read. */
  readonly signersOf: (name: string, version: string) => readonly string[];
}

/** The rows of all hosts one after the other. Rows of updates that are not in the list are left out. */
function concatenate(
  hosts: readonly FleetHost[],
  of: (key: number) => HostColumns,
  updates: readonly Described[],
): { readonly start: Int32Array; readonly update: Int32Array; readonly reported: Uint8Array } {
  const position = new Int32Array((updates.at(-1)?.id ?? 0) + 1).fill(-1);
  updates.forEach((update, i) => {
    position[update.id] = i;
  });
  const columns = hosts.map((host) => of(host.key));
  const size = columns.reduce((sum, each) => sum + each.update.length, 0);
  const start = new Int32Array(hosts.length + 1);
  const update = new Int32Array(size);
  const reported = new Uint8Array(size);
  let at = 0;
  columns.forEach((each, h) => {
    for (let i = 0; i < each.update.length; i++) {
      const u = position[each.update[i] as number] ?? -1;
      if (u < 0) continue;
      update[at] = u;
      reported[at] = each.reported[i] as number;
      at++;
    }
    start[h + 1] = at;
  });
  return { start, update: update.subarray(0, at), reported: reported.subarray(0, at) };
}

/** Gives equal policies one number. */
function policiesOf(
  facts: readonly HostFacts[],
  spelling: (language: string | null) => Spelling,
): { readonly policies: readonly AgentPolicy[]; readonly policyOf: Int32Array } {
  const numbers = new Map<string, number>();
  const policies: AgentPolicy[] = [];
  const policyOf = Int32Array.from(facts, ({ options }) => {
    const key = JSON.stringify(options);
    let number = numbers.get(key);
    if (number === undefined) {
      number = policies.push({ options, spelling: spelling(options.language) }) - 1;
      numbers.set(key, number);
    }
    return number;
  });
  return { policies, policyOf };
}

/** Whether the last scan of a host saw the rules that it has now. */
export const scannedSince = (host: FleetHost): boolean =>
  host.installed.every(
    ({ installedAt }) => installedAt === null || (host.scannedAt !== null && host.scannedAt >= installedAt),
  );

/** Makes the basis; kept until updates, rows, hosts or packages change. */
export function basisOf(context: Context, overview: Overview): () => Basis {
  const { db, revision } = context;
  const columns = columnsOf(context);
  const contents = contentsOf(context);
  const fleet = fleetOf(context);
  const spellings = db.prepare('SELECT kind, name FROM spellings');

  const seenNames = (): SeenNames => {
    const seen = { product: new Set<string>(), severity: new Set<string>(), classification: new Set<string>() };
    for (const { kind, name } of all<{ kind: NameKind; name: string }>(spellings)) seen[kind].add(name);
    return seen;
  };

  const index = kept(
    () => revision.updates,
    () => indexRuled(overview.descriptions()),
  );

  const make = (): Basis => {
    const now = fleet();
    const updates = overview.descriptions();
    const { start, update, reported } = concatenate(now.hosts, columns.of, updates);
    const rows = fleetRows(start, update, updates.length);
    const seen = seenNames();
    const known = new Map<string | null, Spelling>();
    const spelling = (language: string | null): Spelling => {
      const made = known.get(language) ?? spellingOf(language, seen);
      known.set(language, made);
      return made;
    };
    const ruled = index();
    const sets = new RuleSets(ruled, spelling);
    const sources = new Map<string, Source>();
    const source = (name: string, version: string): Source => {
      const key = `${name}\n${version}`;
      const made = sources.get(key) ?? { name, version, rules: contents.of(name, version, ruled).rules };
      sources.set(key, made);
      return made;
    };
    const languages = now.hosts.map(({ host }) => hostFacts(host, now.stated).options.language);
    const installed = Int32Array.from(now.hosts, (host, h) =>
      sets.of(
        host.installed.map((each) => source(each.package, each.version)),
        languages[h] ?? null,
      ),
    );
    const published = Int32Array.from(now.hosts, (host, h) => {
      const wanted = [...host.named].map((name) => {
        const newest = now.newest.get(name);
        const own = host.installed.find((each) => each.package === name);
        return newest === undefined ? own : { package: name, version: newest.version };
      });
      const sure = wanted.flatMap((each) => (each === undefined ? [] : [source(each.package, each.version)]));
      const mayBe = [...host.doubtful].flatMap((name): Source[] => {
        const newest = now.newest.get(name);
        return newest === undefined ? [] : [{ ...source(name, newest.version), isDoubtful: true }];
      });
      return sets.of([...sure, ...mayBe], languages[h] ?? null);
    });
    const severities = ruled.names.severity;
    const unruled = function* (h: number): Iterable<UnruledRow> {
      const says = sets.sets[installed[h] ?? 0]?.says;
      for (let row = start[h] ?? 0; row < (start[h + 1] ?? 0); row++) {
        const u = update[row] as number;
        if (reported[row] === NOT_SAID || says?.[u] !== 0) continue;
        const severity = severities.codes[u] as number;
        yield {
          severity: severity === 0 ? null : (severities.names[severity] ?? null),
          isAllowed: reported[row] !== CODE.forbidden,
        };
      }
    };
    const facts = now.hosts.map((host, h) =>
      hostFacts(host.host, now.stated, scannedSince(host) ? inferOptions(unruled(h)) : undefined),
    );
    return {
      fleet: now,
      updates,
      index: ruled,
      rows,
      reported,
      facts,
      ...policiesOf(facts, spelling),
      spelling,
      sets,
      installed,
      published,
      source,
      signersOf: (name, version) => contents.of(name, version, ruled).signers,
    };
  };
  return kept(() => columns.revision() + revision.updates + revision.hosts + revision.packages + revision.rows, make);
}
