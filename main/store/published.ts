import type { Draft } from '../../contract/schemas/packages.ts';
import type { NameKind, SeenNames } from '../../domain/names.ts';
import { spellingOf } from '../../domain/names.ts';
import { compileRules, indexRuled, type RuledIndex, settle, unite } from '../../domain/policy.ts';
import type { Rules } from '../../domain/rules.ts';
import { type Context, kept } from './context.ts';
import type { Described, Overview } from './overview.ts';
import type { PackageRecord } from './packages.ts';
import { contentsOf } from './rules/contents.ts';
import { all } from './sql.ts';

/** The newest version of a rule package of the index, and its rules as far as they concern known updates; null: not read yet. */
export interface NewestPackage {
  readonly package: string;
  readonly version: string;
  readonly filename: string;
  readonly isLegacy: boolean;
  readonly rules: Rules | null;
}

/** What the packages of the repository say of the updates, by the position of `Overview.descriptions`. */
export interface Published {
  readonly index: () => RuledIndex;
  /** The newest version of every rule package. Those of 2015 decide nothing on agents of today. */
  readonly newest: () => readonly NewestPackage[];
  /** 0 where no rule of the newest packages mentions the update, in any of its spellings. */
  readonly mentioned: () => Uint8Array;
  /** The same for the rules of the drafts. */
  readonly drafted: () => Uint8Array;
}

/** The published rules of one database, over the updates of its overview. */
export function publishedOf(context: Context, overview: Overview): Published {
  const { db } = context;
  const records = db.prepare('SELECT record FROM packages ORDER BY package, filename');
  const drafts = db.prepare('SELECT draft FROM drafts');
  const contents = kept(
    () => 0,
    () => contentsOf(context),
  );
  const index = kept(
    () => context.revision.updates,
    () => indexRuled(overview.descriptions()),
  );
  const newest = (): readonly NewestPackage[] =>
    all<{ record: string }>(records)
      .map((line) => JSON.parse(line.record) as PackageRecord)
      .filter((record) => record.isNewest)
      .map(({ package: name, version, filename, isLegacy }) => {
        const content = contents().of(name, version, index());
        const isOld = isLegacy || content.isLegacy;
        return { package: name, version, filename, isLegacy: isOld, rules: isOld ? null : content.rules };
      });
  const says = (sources: readonly Rules[]): Uint8Array => {
    const spelling = spellingOf(null, seenNames(overview.descriptions()));
    return settle(
      unite(
        index(),
        sources.map((rules) => compileRules(index(), rules, spelling)),
      ),
    );
  };
  return {
    index,
    newest,
    mentioned: () => says(newest().flatMap(({ rules }) => rules ?? [])),
    drafted: () => says(all<{ draft: string }>(drafts).map((line) => (JSON.parse(line.draft) as Draft).rules)),
  };
}

/** The names that the store's updates have, by kind. */
function seenNames(updates: readonly Described[]): SeenNames {
  const names = (kind: NameKind): ReadonlySet<string> => new Set(updates.flatMap((update) => update[kind] ?? []));
  return { product: names('product'), severity: names('severity'), classification: names('classification') };
}
