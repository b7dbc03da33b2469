import { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import type { PackageVersion, RulesDiff } from '../../contract/schemas/history.ts';
import { type Draft, rulesSchema } from '../../contract/schemas/packages.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { RULE_LISTS, type RuleList, type Rules, ruleCount } from '../../domain/rules.ts';
import { bareKb } from '../../domain/update.ts';
import { type ControlFields, compareVersions, isVersion } from '../../wapt/index.ts';
import type { Store } from '../store/store.ts';
import { changedFields } from './control-fields.ts';
import type { RulePackages } from './rule-packages.ts';

/** What the journal keeps of a publication. */
interface Publication {
  readonly version: string;
  readonly rules: Rules;
  /** Null: an earlier console did not write it down. */
  readonly control: ControlFields | null;
  readonly user: string;
  readonly at: string;
  readonly reason: string;
}

/** What a history needs; without a server only the journal's versions can be read. */
export interface HistoryParts {
  readonly store: Store;
  readonly packages: RulePackages | null;
}

const controlSchema = z.record(z.string(), z.union([z.string(), z.number()]));

async function publications(
  store: Store,
  name: string,
): Promise<Result<ReadonlyMap<string, Publication>, ConsoleError>> {
  const entries = await store.journalPublications(name);
  if (!entries.ok) return entries;
  const found = new Map<string, Publication>();
  for (const { facts, user, at, reason } of entries.value) {
    const { version, after, control } = facts;
    if (typeof version !== 'string' || found.has(version)) continue;
    const rules = rulesSchema.safeParse(after);
    const fields = controlSchema.safeParse(control);
    if (!rules.success) continue;
    found.set(version, {
      version,
      rules: rules.data,
      control: fields.success ? fields.data : null,
      user,
      at,
      reason,
    });
  }
  return ok(found);
}

const newestFirst = (a: PackageVersion, b: PackageVersion): number =>
  isVersion(a.version) && isVersion(b.version)
    ? compareVersions(b.version, a.version)
    : b.version.localeCompare(a.version);

/** Every version of a package that the repository or the journal still has, newest first. */
export async function packageVersions(
  parts: HistoryParts,
  name: string,
): Promise<Result<readonly PackageVersion[], ConsoleError>> {
  const journal = await publications(parts.store, name);
  if (!journal.ok) return journal;
  const list = await parts.store.packagesList();
  if (!list.ok) return list;
  const versions = new Map<string, PackageVersion>();
  for (const record of list.value.packages) {
    if (record.package !== name) continue;
    const own = journal.value.get(record.version);
    versions.set(record.version, {
      package: name,
      version: record.version,
      filename: record.filename,
      signer: record.signer,
      signedOn: record.signatureDate,
      verification: record.verification,
      published: own === undefined ? null : { user: own.user, at: own.at, reason: own.reason },
      ruleCount: own === undefined ? null : ruleCount(own.rules),
    });
  }
  for (const own of journal.value.values()) {
    if (versions.has(own.version)) continue;
    versions.set(own.version, {
      package: name,
      version: own.version,
      filename: null,
      signer: null,
      signedOn: null,
      verification: null,
      published: { user: own.user, at: own.at, reason: own.reason },
      ruleCount: ruleCount(own.rules),
    });
  }
  return ok([...versions.values()].sort(newestFirst));
}

/** The rules of one version: from the repository, which is what hosts got, else from the journal. */
export async function rulesOfVersion(
  parts: HistoryParts,
  name: string,
  version: string,
): Promise<Result<Rules, ConsoleError>> {
  const list = await parts.store.packagesList();
  if (!list.ok) return list;
  const record = list.value.packages.find((each) => each.package === name && each.version === version);
  if (record !== undefined && parts.packages !== null) {
    const content = await parts.packages.read(record.filename);
    if (content.ok) return ok(content.value.rules);
    if (content.error.code === 'package-refused') return content;
  }
  const journal = await publications(parts.store, name);
  if (!journal.ok) return journal;
  const own = journal.value.get(version);
  if (own !== undefined) return ok(own.rules);
  return fail(
    record !== undefined && parts.packages === null ? { code: 'signed-out' } : { code: 'not-found', field: 'version' },
  );
}

/** The control of one version: from the index, else from the journal; null where neither has it. */
async function controlOfVersion(
  parts: HistoryParts,
  name: string,
  version: string,
): Promise<Result<ControlFields | null, ConsoleError>> {
  const list = await parts.store.packagesList();
  if (!list.ok) return list;
  const record = list.value.packages.find((each) => each.package === name && each.version === version);
  if (record !== undefined) return ok(record.control);
  const journal = await publications(parts.store, name);
  return journal.ok ? ok(journal.value.get(version)?.control ?? null) : journal;
}

const KBS_OF = { allowedUpdates: 'allowedKbs', forbiddenUpdates: 'forbiddenKbs' } as const;

/** Tells ids that a KB means which both versions name on the same side: publishing writes them beside it, and they decide nothing more. */
async function besideKbs(
  store: Store,
  before: Rules,
  after: Rules,
): Promise<Result<(list: RuleList, entry: string) => boolean, ConsoleError>> {
  const shared = Object.entries(KBS_OF).map(([list, kbs]) => {
    const known = new Set(after[kbs].map(bareKb));
    return [list, new Set(before[kbs].map(bareKb).filter((kb) => known.has(kb)))] as const;
  });
  if (shared.every(([, kbs]) => kbs.size === 0)) return ok(() => false);
  const updates = await store.updatesAll();
  if (!updates.ok) return updates;
  const ids = new Map(
    shared.map(([list, kbs]) => [
      list,
      new Set(
        updates.value.flatMap(({ updateId, kbids }) =>
          kbids.some((kb) => kbs.has(bareKb(kb))) ? [updateId.toLowerCase()] : [],
        ),
      ),
    ]),
  );
  return ok((list, entry) => ids.get(list)?.has(entry.trim().toLowerCase()) === true);
}

/** What changes from one version to another. */
export async function versionDiff(
  parts: HistoryParts,
  name: string,
  from: string,
  to: string,
): Promise<Result<RulesDiff, ConsoleError>> {
  const before = await rulesOfVersion(parts, name, from);
  if (!before.ok) return before;
  const after = await rulesOfVersion(parts, name, to);
  if (!after.ok) return after;
  const all = RULE_LISTS.map((list) => {
    const [old, next] = [new Set(before.value[list]), new Set(after.value[list])];
    return {
      list,
      added: [...next].filter((entry) => !old.has(entry)),
      removed: [...old].filter((entry) => !next.has(entry)),
    };
  });
  const isBeside = await besideKbs(parts.store, before.value, after.value);
  if (!isBeside.ok) return isBeside;
  const lists = all.map(({ list, added, removed }) => ({
    list,
    added: added.filter((entry) => !isBeside.value(list, entry)),
    removed: removed.filter((entry) => !isBeside.value(list, entry)),
  }));
  const size = (some: typeof all): number =>
    some.reduce((sum, { added, removed }) => sum + added.length + removed.length, 0);
  const was = await controlOfVersion(parts, name, from);
  if (!was.ok) return was;
  const is = await controlOfVersion(parts, name, to);
  if (!is.ok) return is;
  return ok({
    from,
    to,
    lists: lists.filter(({ added, removed }) => added.length + removed.length > 0),
    besideKbs: size(all) - size(lists),
    control: was.value === null || is.value === null ? null : changedFields(was.value, is.value),
  });
}

/** A draft with the rules of an earlier version on top of the newest one: publishing it makes a new version with the old content. */
export async function restoreVersion(
  parts: HistoryParts,
  name: string,
  version: string,
): Promise<Result<Draft, ConsoleError>> {
  const rules = await rulesOfVersion(parts, name, version);
  if (!rules.ok) return rules;
  const list = await parts.store.packagesList();
  if (!list.ok) return list;
  const newest = list.value.packages.find((each) => each.package === name && each.isNewest);
  return parts.store.draftSave({
    id: null,
    package: name,
    description: newest?.description ?? '',
    maturity: newest?.maturity ?? '',
    rules: rulesSchema.parse(rules.value),
    base: newest === undefined ? null : { filename: newest.filename, version: newest.version },
  });
}
