import { createHash } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Draft, PublishCheck, Published } from '../../contract/schemas/packages.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { ruleCount, withKnownIds } from '../../domain/rules.ts';
import { bareKb } from '../../domain/update.ts';
import {
  type ControlFields,
  compareVersions,
  controlText,
  formatRulesFile,
  incrementVersion,
  isVersion,
  packageFilename,
  RULES_PATHS,
  type RulesFile,
} from '../../wapt/index.ts';
import { rulesOf, withRules } from '../rules-file.ts';
import { mayHaveArrived } from '../server/failures.ts';
import { uploadPackage } from '../server/repository.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerService } from '../signer/signer.ts';
import type { PackageRecord, Store } from '../store/store.ts';
import { comparedFields } from './control-fields.ts';
import { md5Of, type RulePackages } from './rule-packages.ts';

/** What a publisher needs. */
export interface PublishParts {
  readonly store: Store;
  readonly client: ServerClient;
  readonly packages: RulePackages;
  readonly signer: SignerService;
}

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** The greatest published version of a name, or null. */
function newestOf(records: readonly PackageRecord[], name: string): PackageRecord | null {
  let newest: PackageRecord | null = null;
  for (const record of records) {
    if (record.package !== name || !isVersion(record.version)) continue;
    if (newest === null || compareVersions(record.version, newest.version) > 0) newest = record;
  }
  return newest;
}

async function idsByKb(store: Store): Promise<Result<(kb: string) => readonly string[], ConsoleError>> {
  const updates = await store.updatesAll();
  if (!updates.ok) return updates;
  const ids = new Map<string, string[]>();
  for (const update of updates.value) {
    for (const kb of update.kbids) ids.set(bareKb(kb), [...(ids.get(bareKb(kb)) ?? []), update.updateId]);
  }
  return ok((kb) => ids.get(bareKb(kb)) ?? []);
}

interface Plan {
  readonly draft: Draft;
  readonly check: Omit<PublishCheck, 'base'>;
  readonly rules: Draft['rules'];
  readonly control: ControlFields;
}

const RULE_SECTIONS: ReadonlySet<string> = new Set(['wsus', 'waptwua']);

/**
 * Reads the repository anew and says what publishing a draft would do; refuses a name that no server would take, and one that a package of
 * another kind has: hosts would get the rules in its place.
 */
async function plan(parts: PublishParts, draftId: string): Promise<Result<Plan, ConsoleError>> {
  const draft = await parts.store.draftGet(draftId);
  if (!draft.ok) return draft;
  const name = draft.value.package;
  if (!NAME.test(name)) return fail({ code: 'name-invalid', field: 'package', facts: { name } });
  const read = await parts.packages.readAll();
  if (!read.ok) return read;
  const isTaken = read.value.some(
    (control) => controlText(control, 'package') === name && !RULE_SECTIONS.has(controlText(control, 'section')),
  );
  if (isTaken) return fail({ code: 'name-invalid', field: 'package', facts: { name, reason: 'taken' } });
  const records = await parts.store.packageRecords();
  if (!records.ok) return records;
  const ids = await idsByKb(parts.store);
  if (!ids.ok) return ids;
  const newest = newestOf(records.value, name);
  const { base } = draft.value;
  const own =
    base !== null && records.value.some((record) => record.filename === base.filename && record.package === name);
  // A base of another name is a copy: whatever is published under the new name came from someone else.
  const from = own ? base : null;
  const isMoved = newest !== null && (from === null || compareVersions(newest.version, from.version) > 0);
  const version = incrementVersion(newest?.version ?? '0');
  const expanded = withKnownIds(draft.value.rules, ids.value);
  const control: ControlFields = {
    package: name,
    version,
    architecture: 'all',
    section: 'wsus',
    priority: 'critical',
    description: draft.value.description,
    maturity: draft.value.maturity,
    target_os: 'windows',
    min_wapt_version: '1.7.3',
  };
  return ok({
    draft: draft.value,
    rules: expanded.rules as Draft['rules'],
    control,
    check: {
      version,
      filename: packageFilename(control),
      movedTo: isMoved ? newest.version : null,
      addedIds: expanded.added,
      ruleCount: ruleCount(expanded.rules),
      isNew: newest === null,
    },
  });
}

/** What publishing a draft would do, by the repository of this moment. */
export async function checkPublish(parts: PublishParts, draftId: string): Promise<Result<PublishCheck, ConsoleError>> {
  const planned = await plan(parts, draftId);
  if (!planned.ok) return planned;
  const base = await baseOf(parts, planned.value.draft);
  return base.ok ? ok({ ...planned.value.check, base: base.value.trust }) : base;
}

const NOTHING: Base = { control: {}, files: new Map(), rulesFile: {}, trust: 'none' };

/**
 * Control and files of the package the draft was opened from: what the console does not edit stays as it was, so far as a trusted signer
 * vouches for it. What hosts would refuse is not signed anew; where nobody knows the signer, only the rules go on, which one sees.
 */
async function baseOf(parts: PublishParts, draft: Draft): Promise<Result<Base, ConsoleError>> {
  if (draft.base === null) return ok(NOTHING);
  const opened = await parts.packages.open(draft.base.filename);
  // A base that was deleted meanwhile takes nothing from the draft: its lists are all in it.
  if (!opened.ok) return opened.error.code === 'not-in-index' ? ok(NOTHING) : opened;
  const { bytes, control, files, rulesFile, isLegacy } = opened.value;
  if (isLegacy) return fail({ code: 'package-refused', facts: { reason: 'legacy' } });
  const judged = await parts.packages.judge(bytes);
  if (judged.kind === 'refused') return fail({ code: 'package-refused', facts: { reason: judged.reason } });
  if (judged.kind === 'verified') return ok({ control, files, rulesFile, trust: 'verified' });
  return ok({ ...NOTHING, rulesFile, trust: 'intact' });
}

interface Base {
  readonly control: ControlFields;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly rulesFile: RulesFile;
  readonly trust: PublishCheck['base'];
}

/** What is written anew, and code, which a rule package has no use for. Hosts unpack where `SETUP.PY` is `setup.py`. */
const isReplaced = (path: string): boolean =>
  /^(wapt\/(control|certificate\.crt|manifest.*|signature.*|waptwua_rules\.json|persistent\/waptwua_rules\.json)|setup\.py)$/i.test(
    path,
  );

function payload(base: Base, rules: Draft['rules']): ReadonlyMap<string, Uint8Array> {
  const text = Buffer.from(formatRulesFile(withRules(base.rulesFile, rules), { emptyLists: 'keep' }), 'utf8');
  const kept = [...base.files].filter(([path]) => !isReplaced(path));
  return new Map<string, Uint8Array>([...RULES_PATHS.map((path) => [path, text] as const), ...kept]);
}

/** What one confirmed of a publication. */
export interface PublishRequest {
  readonly draftId: string;
  readonly version: string;
  readonly overMoved: boolean;
  readonly reason: string;
}

/**
 * Builds, signs, verifies and uploads the package of a draft, then reads the index again to see it there. Until the upload nothing has changed
 * on the server; the draft stays until the package is seen in the index. One publication runs after the other.
 */
export async function publish(
  parts: PublishParts,
  request: PublishRequest,
  user: string,
): Promise<Result<Published, ConsoleError>> {
  return parts.packages.publishInTurn(() => publishOne(parts, request, user));
}

async function publishOne(
  parts: PublishParts,
  request: PublishRequest,
  user: string,
): Promise<Result<Published, ConsoleError>> {
  if (parts.signer.state().kind !== 'open') return fail({ code: 'signer-needed' });
  const planned = await plan(parts, request.draftId);
  if (!planned.ok) return planned;
  const { draft, check, rules } = planned.value;
  if (check.version !== request.version) {
    return fail({ code: 'version-moved', facts: { version: request.version, newest: check.movedTo ?? check.version } });
  }
  if (check.movedTo !== null && !request.overMoved)
    return fail({ code: 'draft-moved', facts: { newest: check.movedTo } });
  const base = await baseOf(parts, draft);
  if (!base.ok) return base;
  const state = parts.signer.state();
  // The agent's own console writes the CN there, not the whole subject (protocol 6.5).
  const maintainer = state.kind === 'open' ? state.certificate.commonName : '';
  const control = { ...base.value.control, maintainer, ...planned.value.control };
  const built = await parts.signer.buildPackage({
    control,
    files: payload(base.value, rules),
  });
  if (!built.ok) return built;
  const sent = await uploadPackage(parts.client, { bytes: built.value.bytes });
  if (!sent.ok && !mayHaveArrived(sent.error)) return sent;
  const seen = await look(parts, draft.package, check.version, md5Of(built.value.bytes));
  const own = seen.ok ? seen.value.own : null;
  // What broke the upload is the answer, unless the package is there all the same.
  if (!sent.ok && own === null) return sent;
  if (seen.ok && own === null)
    return fail({ code: 'not-in-index', facts: { package: draft.package, version: check.version } });
  const noted = await parts.store.journalAppend({
    user,
    kind: 'package.publish',
    facts: {
      package: draft.package,
      version: check.version,
      filename: own?.filename ?? check.filename,
      sha256: createHash('sha256').update(built.value.bytes).digest('hex'),
      base: draft.base?.version ?? null,
      before: rulesOf(base.value.rulesFile),
      after: rules,
      control: comparedFields(control),
      // The server took it, and could not be asked for its index afterwards.
      ...(own === null ? { seen: false } : {}),
    },
    reason: request.reason,
  });
  await sealJournal(parts);
  if (!seen.ok) return seen;
  if (!noted.ok) return noted;
  // The server has no lock: someone published the same version in the same moment, and agents take the later signature.
  if (seen.value.hasRival)
    return fail({ code: 'version-moved', facts: { version: check.version, newest: check.version, uploaded: true } });
  const filename = own?.filename ?? check.filename;
  await parts.store.keepBuilders({ package: draft.package, builders: draft.builders ?? [] });
  await letGo(parts.store, draft, { filename, version: check.version });
  return ok({ filename, package: draft.package, version: check.version });
}

/** A draft that was published has done its work; one that was written meanwhile goes on, on top of what was published. */
async function letGo(store: Store, published: Draft, base: NonNullable<Draft['base']>): Promise<void> {
  const now = await store.draftGet(published.id);
  if (!now.ok) return;
  const { savedAt: _savedAt, ...content } = now.value;
  const isSame = JSON.stringify({ ...content, savedAt: published.savedAt }) === JSON.stringify({ ...published });
  if (isSame) await store.draftDiscard(published.id);
  else await store.draftSave({ ...content, base });
}

/** Signs the head of the journal, so that the lines before it cannot be rewritten as a whole (design, history). */
export async function sealJournal(parts: {
  readonly store: Store;
  readonly signer: Pick<SignerService, 'signJournalHead'>;
}): Promise<void> {
  const head = await parts.store.journalHead();
  if (!head.ok || head.value === null) return;
  const signed = parts.signer.signJournalHead(head.value.hash);
  if (signed.ok) await parts.store.journalSeal({ ...head.value, ...signed.value });
}

/** Whether our package is in the index of this moment, and whether another file of its version is. */
async function look(
  parts: PublishParts,
  name: string,
  version: string,
  md5: string,
): Promise<Result<{ readonly own: PackageRecord | null; readonly hasRival: boolean }, ConsoleError>> {
  const read = await parts.packages.readAll();
  if (!read.ok) return read;
  const records = await parts.store.packageRecords();
  if (!records.ok) return records;
  const same = records.value.filter((record) => record.package === name && record.version === version);
  const own = same.find((record) => record.md5?.toLowerCase() === md5) ?? null;
  return ok({ own, hasRival: same.length > 1 });
}
