import type { ConsoleError } from '../../../contract/errors.ts';
import { normalEntry } from '../../../domain/decision.ts';
import type { RuledIndex } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { emptyRules, type Rules } from '../../../domain/rules.ts';
import { bareKb } from '../../../domain/update.ts';
import { FormatError, parseRulesFile } from '../../../wapt/index.ts';
import { rulesOf } from '../../rules-file.ts';
import { type Context, write } from '../context.ts';
import type { PackageFile } from '../packages.ts';
import { all, first } from '../sql.ts';

/** The rule file of one published version, as text; null: the package has none that is worth reading (refused, or not a rule package). */
export interface PublishedRules extends PackageFile {
  readonly package: string;
  readonly version: string;
  /** In the format of 2015, which agents of today do not read. */
  readonly isLegacy: boolean;
  readonly text: string | null;
  /** SHA-256 fingerprints of the certificates that it carries, and of the trusted one that issued them. */
  readonly signers: readonly string[];
}

/** What is known of the rules of one package version. `isLegacy` ones decide nothing on agents of today. */
export interface Content {
  readonly rules: Rules | null;
  readonly isLegacy: boolean;
  readonly signers: readonly string[];
}

/** The rules of a package without what concerns no known update: two million ids are read, few are kept. */
export function relevant(rules: Rules, index: RuledIndex): Rules {
  const ids = (list: 'allowedUpdates' | 'forbiddenUpdates'): readonly string[] =>
    rules[list].filter((id) => index.byId.has(normalEntry(list, id)));
  const kbs = (entries: readonly string[]): readonly string[] => entries.filter((kb) => index.byKb.has(bareKb(kb)));
  return {
    ...rules,
    allowedUpdates: ids('allowedUpdates'),
    forbiddenUpdates: ids('forbiddenUpdates'),
    allowedKbs: kbs(rules.allowedKbs),
    forbiddenKbs: kbs(rules.forbiddenKbs),
  };
}

/** The lists of a rule file's text; null for one of wrong types: nobody knows what an agent makes of it. */
function parse(text: string): Rules | null {
  try {
    return rulesOf(parseRulesFile(text));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return null;
  }
}

interface Line {
  readonly is_legacy: number;
  readonly text: string | null;
  readonly signers: string;
}

const nothing: Content = { rules: null, isLegacy: false, signers: [] };

/** The rules of published package versions, also of those that the index no longer names: hosts may still have them. */
export function contentsOf({ db }: Context): {
  /** What a version of a package says, as far as known updates are concerned. */
  readonly of: (name: string, version: string, index: RuledIndex) => Content;
} {
  const byVersion = db.prepare(`
    SELECT r.rowid AS id
    FROM package_rules r LEFT JOIN packages p ON p.filename = r.filename AND p.md5 = r.md5
    WHERE r.package = ? AND r.version = ? ORDER BY p.filename IS NULL, r.rowid DESC LIMIT 1`);
  const one = db.prepare('SELECT is_legacy, text, signers FROM package_rules WHERE rowid = ?');
  let of: RuledIndex | null = null;
  // A line is never changed, only replaced by one with another number.
  const kept = new Map<number, Content>();
  const read = (id: number, index: RuledIndex): Content => {
    const line = first<Line>(one, id);
    if (line === undefined) return nothing;
    const isLegacy = line.is_legacy === 1;
    const parsed = line.text === null ? null : parse(line.text);
    const rules = isLegacy ? emptyRules : parsed === null ? null : relevant(parsed, index);
    return { rules, isLegacy, signers: JSON.parse(line.signers) as string[] };
  };
  return {
    of: (name, version, index) => {
      if (of !== index) kept.clear();
      of = index;
      const id = first<{ id: number }>(byVersion, name, version)?.id;
      if (id === undefined) return nothing;
      const content = kept.get(id) ?? read(id, index);
      kept.set(id, content);
      return content;
    },
  };
}

/** Keeping the rules of packages. */
export function contentOperations(context: Context) {
  const { db } = context;
  const put = db.prepare(
    'INSERT OR REPLACE INTO package_rules (filename, md5, package, version, is_legacy, text, signers) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const missing = db.prepare(`
    SELECT p.filename FROM packages p
    WHERE NOT EXISTS (SELECT 1 FROM package_rules r WHERE r.filename = p.filename AND r.md5 = coalesce(p.md5, ''))
    ORDER BY p.filename`);
  return {
    /** Keeps the rule file of a package version. */
    putPackageRules: (rules: PublishedRules): Result<null, ConsoleError> =>
      write(context, () => {
        const { filename, md5, version, isLegacy, text, signers } = rules;
        put.run(filename, md5, rules.package, version, isLegacy ? 1 : 0, text, JSON.stringify(signers));
        context.revision.packages++;
        context.changed.add('packages');
        return null;
      }),

    /** Files of the index whose rules are not kept yet. */
    packagesWithoutRules: (): Result<readonly string[], ConsoleError> =>
      ok(all<{ filename: string }>(missing).map(({ filename }) => filename)),
  };
}
