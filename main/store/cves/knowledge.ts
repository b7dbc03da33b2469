import type { CveFix } from '../../../domain/cve/cve-table.ts';
import { chain } from '../../../domain/supersedence.ts';
import { bareKb } from '../../../domain/update.ts';
import { type Context, kept } from '../context.ts';
import type { Overview } from '../overview.ts';
import { all, first } from '../sql.ts';

/** What is known of one CVE. */
export interface KnownCve {
  readonly cve: string;
  readonly isKnown: boolean;
  readonly kbs: readonly string[];
  readonly hasOther: boolean;
  readonly released: string | null;
  readonly severity: string | null;
  /** Positions (of `overview.descriptions`) of the updates that fix it. */
  readonly fixes: readonly number[];
}

/** Which updates fix which CVEs, from the imported files and from what the server says. */
export interface CveKnowledge {
  readonly of: (cves: readonly string[]) => readonly KnownCve[];
  /** The known CVEs whose id begins so (upper case). */
  readonly beginningWith: (beginning: string) => readonly string[];
  /** Positions of everything that contains an update, newest neighbours first. */
  readonly newerOf: (at: number) => readonly number[];
  /** The CVEs that an update fixes, itself and by what it replaces. */
  readonly ofUpdate: (updateId: string) => {
    readonly direct: readonly string[];
    readonly bySupersedence: readonly string[];
  };
  /** CVEs that anybody names, each once, and the updates of which the server names them. */
  readonly counts: () => { readonly cves: number; readonly reported: number };
}

type FixLine = Omit<CveFix, 'cve'> & { readonly cve: string };

const push = <K>(map: Map<K, number[]>, key: K, at: number): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else if (list.at(-1) !== at) list.push(at);
};

const earliest = (days: readonly (string | null)[]): string | null =>
  days.filter((day) => day !== null).reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);

/** Gathers what is known; what did not change is kept. An import counts as a change of the updates. */
export function knowledgeOf(context: Context, overview: Overview): CveKnowledge {
  const { db } = context;
  const fixesOf = db.prepare(`
    SELECT cve, kb, min(released) AS released, min(severity) AS severity
    FROM cve_fixes JOIN json_each(?) AS wanted ON wanted.value = cve GROUP BY cve, kb ORDER BY cve, kb`);
  const cvesOfKbs = db.prepare(`
    SELECT DISTINCT cve FROM cve_fixes JOIN json_each(?) AS wanted ON wanted.value = kb ORDER BY cve`);
  const reportedLines = db.prepare(`
    SELECT u.id, upper(c.value) AS cve FROM updates u, json_each(u.facts, '$.cveIds') AS c WHERE json_array_length(u.facts, '$.cveIds') > 0`);
  const successionLines = db.prepare('SELECT DISTINCT kb, older FROM cve_successions');
  const countCves = db.prepare('SELECT count(DISTINCT cve) AS n FROM cve_fixes');
  const isNamed = db.prepare('SELECT 1 AS n FROM cve_fixes WHERE cve = ? LIMIT 1');
  const begun = db.prepare('SELECT DISTINCT cve FROM cve_fixes WHERE cve >= ? AND cve < ?');
  const updates = (): number => context.revision.updates;

  const byKb = kept(updates, () => {
    const map = new Map<string, number[]>();
    overview.descriptions().forEach(({ kbids }, at) => {
      for (const kb of kbids) push(map, bareKb(kb), at);
    });
    return map;
  });
  const placeOf = kept(updates, () => new Map(overview.descriptions().map(({ id }, at) => [id, at])));
  const reported = kept(updates, () => {
    const [byCve, byPlace] = [new Map<string, number[]>(), new Map<number, string[]>()];
    for (const { id, cve } of all<{ id: number; cve: string }>(reportedLines)) {
      const at = placeOf().get(id);
      if (at === undefined) continue;
      push(byCve, cve, at);
      byPlace.set(at, [...(byPlace.get(at) ?? []), cve]);
    }
    return { byCve, byPlace };
  });
  const successions = kept(updates, () => {
    const [newer, older] = [new Map<string, string[]>(), new Map<string, string[]>()];
    for (const line of all<{ kb: string; older: string }>(successionLines)) {
      newer.set(line.older, [...(newer.get(line.older) ?? []), line.kb]);
      older.set(line.kb, [...(older.get(line.kb) ?? []), line.older]);
    }
    return { newer, older };
  });
  /** What replaces an update, by what hosts say and by what the files say of its KBs. */
  const newer = kept(updates, (): readonly (readonly number[])[] => {
    const said = overview.supersedence().newer;
    const after = successions().newer;
    if (after.size === 0) return said;
    return overview.descriptions().map(({ kbids }, at) => {
      const more = kbids.flatMap((kb) => after.get(bareKb(kb)) ?? []).flatMap((kb) => byKb().get(kb) ?? []);
      return more.length === 0 ? (said[at] ?? []) : [...new Set([...(said[at] ?? []), ...more])];
    });
  });

  const known = (cve: string, lines: readonly FixLine[]): KnownCve => {
    const kbs = lines.flatMap(({ kb }) => (kb === '' ? [] : [kb]));
    const said = reported().byCve.get(cve) ?? [];
    const fixes = [...new Set([...kbs.flatMap((kb) => byKb().get(kb) ?? []), ...said])];
    const published = fixes.map((at) => overview.descriptions()[at]?.changetime?.slice(0, 10) ?? null);
    return {
      cve,
      isKnown: lines.length > 0 || said.length > 0,
      kbs,
      hasOther: lines.some(({ kb }) => kb === ''),
      released: earliest(lines.map(({ released }) => released)) ?? earliest(published),
      severity: lines.find(({ severity }) => severity !== null)?.severity ?? null,
      fixes,
    };
  };

  return {
    of: (cves) => {
      const lines = Map.groupBy(all<FixLine>(fixesOf, JSON.stringify(cves)), (line) => line.cve);
      return cves.map((cve) => known(cve, lines.get(cve) ?? []));
    },
    beginningWith: (beginning) => [
      ...new Set([
        ...all<{ cve: string }>(begun, beginning, `${beginning}\uffff`).map(({ cve }) => cve),
        ...[...reported().byCve.keys()].filter((cve) => cve.startsWith(beginning)),
      ]),
    ],
    newerOf: (at) => chain(newer(), at).map((link) => link.at),
    ofUpdate: (updateId) => {
      const from = overview.descriptions().findIndex((each) => each.updateId === updateId);
      const places = from < 0 ? [] : chain(overview.supersedence().older, from).map((link) => link.at);
      const kbsOf = (at: number): readonly string[] => overview.descriptions()[at]?.kbids.map(bareKb) ?? [];
      const own = from < 0 ? [] : kbsOf(from);
      const kbs = new Set([...own, ...places.flatMap(kbsOf)]);
      for (const kb of kbs) for (const older of successions().older.get(kb) ?? []) kbs.add(older);
      const named = (list: Iterable<string>): readonly string[] =>
        all<{ cve: string }>(cvesOfKbs, JSON.stringify([...list].filter((kb) => kb !== ''))).map(({ cve }) => cve);
      const said = (at: number): readonly string[] => reported().byPlace.get(at) ?? [];
      const direct = new Set([...named(own), ...(from < 0 ? [] : said(from))]);
      const others = new Set([...named(kbs), ...places.flatMap(said)]);
      return {
        direct: [...direct].sort(),
        bySupersedence: [...others].filter((cve) => !direct.has(cve)).sort(),
      };
    },
    counts: () => {
      const { byCve, byPlace } = reported();
      const more = [...byCve.keys()].filter((cve) => first(isNamed, cve) === undefined).length;
      return { cves: (first<{ n: number }>(countCves)?.n ?? 0) + more, reported: byPlace.size };
    },
  };
}
