import type { ConsoleError } from '../../../contract/errors.ts';
import type { CveAudit, CveSource, CveSources, UpdateCves } from '../../../contract/schemas/cves.ts';
import type { FleetSet, Where } from '../../../contract/schemas/fleet.ts';
import { beginsCve, cvesIn } from '../../../domain/cve/cve-table.ts';
import { readCves } from '../../../domain/cve/read-cves.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type Context, write } from '../context.ts';
import type { Limit, Picture } from '../fleet/picture.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Meta } from '../meta.ts';
import type { Overview } from '../overview.ts';
import { all, first } from '../sql.ts';
import { auditOf, expose } from './audit.ts';
import { decodeText, isArchive } from './decode-text.ts';
import { knowledgeOf } from './knowledge.ts';

/** A file as it came; its name is how it is known from then on. */
export interface CveFileBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type CveWhere = Extract<Where, { kind: 'cve' }>;

const refused = (reason: string, line: number | null, name: string): Result<never, ConsoleError> =>
  fail({ code: 'cve-file', field: 'fileId', facts: { reason, line, name } });

const limitOf = ({ staleDays, now = Date.now() }: StaleLimit): Limit => ({ staleDays, now });

/** CVEs: imported files, which updates fix what, and how hosts stand. */
export function cvesOf(context: Context, overview: Overview, picture: () => Picture, meta: Meta) {
  const { db } = context;
  const knowledge = knowledgeOf(context, overview);
  const sources = db.prepare(`
    SELECT f.id, f.name, f.format, f.imported_on AS importedOn, f.rows, f.skipped, count(DISTINCT x.cve) AS cves,
           count(DISTINCT nullif(x.kb, '')) AS kbs, max(x.released) AS newest
    FROM cve_files f LEFT JOIN cve_fixes x ON x.file_id = f.id GROUP BY f.id ORDER BY f.imported_on DESC, f.id DESC`);
  const forgetName = db.prepare('DELETE FROM cve_files WHERE name = ?');
  const forget = db.prepare('DELETE FROM cve_files WHERE id = ?');
  const forgetFixes = db.prepare('DELETE FROM cve_fixes WHERE file_id NOT IN (SELECT id FROM cve_files)');
  const forgetSuccessions = db.prepare('DELETE FROM cve_successions WHERE file_id NOT IN (SELECT id FROM cve_files)');
  const addFile = db.prepare(
    'INSERT INTO cve_files (name, format, imported_on, rows, skipped) VALUES (?, ?, ?, ?, ?) RETURNING id',
  );
  const addFix = db.prepare('INSERT OR IGNORE INTO cve_fixes VALUES (?, ?, ?, ?, ?)');
  const addSuccession = db.prepare('INSERT OR IGNORE INTO cve_successions VALUES (?, ?, ?)');

  const changed = (): null => {
    // What updates fix is computed with them.
    context.revision.updates++;
    context.changed.add('updates');
    return null;
  };
  const exposed = (cves: readonly string[], limit: Limit) =>
    expose([...new Set(cves)], knowledge, overview, picture(), limit);

  return {
    /** The hosts that stand so with a list of CVEs, and the updates that fix it. */
    behind: ({ cves, exposure, how, updateId }: CveWhere, limit: Limit): FleetSet => {
      const { known, hosts, fixes, cures } = exposed(cves, limit);
      const updates = overview.descriptions();
      const idOf = (at: number): string => updates[at]?.updateId ?? '';
      if (updateId !== undefined) {
        const cured = cures.get([...cures.keys()].find((at) => idOf(at) === updateId) ?? -1);
        return { uuids: hosts.flatMap(({ host }) => (cured?.has(host.key) ? [host.uuid] : [])), updateIds: [updateId] };
      }
      const direct = new Set(known.flatMap((one) => one.fixes));
      const newer = [...fixes.values()].flatMap((fix) => fix.newer);
      const places =
        how === 'fixes'
          ? direct
          : how === 'by-supersedence'
            ? newer.filter((at) => !direct.has(at))
            : [...direct, ...newer];
      const isAffected = exposure === 'blocked' || exposure === 'pending';
      return {
        uuids: hosts.flatMap(({ host, worst }) => (exposure === null || worst === exposure ? [host.uuid] : [])),
        updateIds: [...new Set(isAffected ? cures.keys() : places)].sort((a, b) => a - b).map(idOf),
      };
    },

    /** The ids of the updates that contain the fixes of all CVEs that a search names; of an id that is not whole, of any that begins so. Null where it names none. */
    carrying: (search: string): ReadonlySet<string> | null => {
      const named = cvesIn(search);
      const begun = search.split(/\s+/).flatMap((word) => (beginsCve(word) ? [word.toUpperCase()] : []));
      const wanted = [...new Set([...named, ...begun])];
      if (wanted.length === 0) return null;
      const sets = wanted.map((cve) => {
        const exact = named.includes(cve) ? knowledge.of([cve]) : [];
        // An id that nobody knows may be the beginning of longer ones.
        const meant = exact.some(({ isKnown }) => isKnown) ? exact : knowledge.of(knowledge.beginningWith(cve));
        const fixes = meant.flatMap((one) => one.fixes);
        return new Set(
          fixes
            .flatMap((at) => [at, ...knowledge.newerOf(at)])
            .map((at) => overview.descriptions()[at]?.updateId ?? ''),
        );
      });
      return sets.reduce((a, b) => new Set([...a].filter((id) => b.has(id))));
    },

    operations: {
      /** Reads a file and keeps what it says; one of the same name takes its place. `cve-file` with `reason` and `line`. */
      cvesImport: ({ name, bytes }: CveFileBytes): Result<null, ConsoleError> => {
        if (isArchive(bytes)) return refused('spreadsheet', null, name);
        const text = decodeText(bytes);
        if (text === null) return refused('not-text', null, name);
        const read = readCves(text);
        if (!read.ok) return refused(read.error.reason, read.error.line, name);
        const { format, fixes, successions, rows, skipped } = read.value;
        return write(context, () => {
          forgetName.run(name);
          forgetFixes.run();
          forgetSuccessions.run();
          const id = first<{ id: number }>(addFile, name, format, new Date().toISOString(), rows, skipped)?.id ?? 0;
          for (const { cve, kb, released, severity } of fixes) addFix.run(id, cve, kb, released, severity);
          for (const { kb, older } of successions) addSuccession.run(id, kb, older);
          return changed();
        });
      },

      /** Forgets what a file said. */
      cvesRemove: (sourceId: number): Result<null, ConsoleError> =>
        write(context, () => {
          forget.run(sourceId);
          forgetFixes.run();
          forgetSuccessions.run();
          return changed();
        }),

      /** What was imported, newest first, and what is known in all. */
      cvesSources: (): Result<CveSources, ConsoleError> =>
        ok({ sources: all<CveSource>(sources), ...knowledge.counts(), freshness: meta.freshness() }),

      /** How the fleet stands with a list of CVEs. */
      cvesAudit: ({
        cves,
        ...asked
      }: StaleLimit & { readonly cves: readonly string[] }): Result<CveAudit, ConsoleError> => {
        const limit = limitOf(asked);
        return ok({ ...auditOf(exposed(cves, limit), overview, limit), freshness: meta.freshness() });
      },

      /** The CVEs that an update fixes. */
      cvesOfUpdate: (updateId: string): Result<UpdateCves, ConsoleError> => {
        const { cves, reported } = knowledge.counts();
        return ok({ ...knowledge.ofUpdate(updateId), hasData: cves + reported > 0 });
      },
    },
  };
}

/** CVEs of one database. */
export type Cves = ReturnType<typeof cvesOf>;
