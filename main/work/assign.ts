import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type { AssignmentOutcome, AssignmentResult } from '../../contract/schemas/assignment.ts';
import { editDepends, isSettled } from '../../domain/assignment.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type ControlFields, compareVersions, controlText, incrementVersion, isVersion } from '../../wapt/index.ts';
import { mayHaveArrived } from '../server/failures.ts';
import { uploadPackage } from '../server/repository.ts';
import { type AssignmentParts, labelOf } from './assignment.ts';
import {
  type CarrierVersions,
  hostVersions,
  openCarrier,
  type PublishedCarrier,
  signingFailure,
  versionsIn,
} from './carriers.ts';
import { newCarrier, newNameFailure } from './new-carrier.ts';
import { sealJournal } from './publish.ts';
import { md5Of } from './rule-packages.ts';

type Change = Parsed<'assignment.apply'>['changes'][number];

/** How often a change is made again on what somebody else published meanwhile. */
const MOST_TRIES = 4;

/** After these nothing that follows would fare better. */
const ENDS_ALL: ReadonlySet<string> = new Set(['signer-needed', 'signer-expired', 'signed-out', 'cancelled']);

interface Work {
  readonly parts: AssignmentParts;
  readonly package: string;
  readonly change: Change;
  readonly label: string;
  /** What the host's own package asks for, by the server; empty for others. */
  readonly known: readonly string[];
  readonly look: () => Promise<Result<CarrierVersions, ConsoleError>>;
}

type Ending = Pick<AssignmentResult, 'outcome' | 'version' | 'by' | 'error'>;

const failed = (error: ConsoleError, version: string | null = null): Ending => ({
  outcome: 'failed',
  version,
  by: null,
  error,
});

const versionOf = (published: PublishedCarrier): string => controlText(published.control, 'version');
const signerOf = (published: PublishedCarrier | undefined): string | null =>
  published === undefined ? null : controlText(published.control, 'signer') || null;

/** The next version: greater than every published one (protocol 6.5). */
function nextVersion(versions: CarrierVersions): Result<string, ConsoleError> {
  const readable = versions.map(versionOf).filter(isVersion);
  if (readable.length < versions.length && readable.length === 0)
    return fail({
      code: 'version-invalid',
      facts: { version: versions[0] === undefined ? '' : versionOf(versions[0]) },
    });
  const greatest = readable.reduce((a, b) => (compareVersions(a, b) < 0 ? b : a), '0');
  return ok(incrementVersion(greatest));
}

interface Built {
  readonly bytes: Uint8Array;
  readonly md5: string;
  readonly version: string;
}

/** Builds the carrier with the change made on `base`, or makes it where there is none. */
async function build(
  work: Work,
  base: PublishedCarrier | undefined,
  versions: CarrierVersions,
): Promise<Result<Built, ConsoleError>> {
  const { parts, change, label } = work;
  const edit = { action: change.action, package: work.package };
  const version = nextVersion(versions);
  if (!version.ok) return version;
  let control: ControlFields;
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  if (base === undefined) {
    const refusal = newNameFailure(change);
    if (refusal !== null) return fail(refusal);
    const signer = parts.signer.state();
    control = newCarrier(change, label, signer.kind === 'none' ? '' : signer.certificate.commonName);
    // A host whose package went away keeps what the server knows it asked for.
    control = { ...control, depends: work.known.join(',') };
  } else {
    const opened = await openCarrier(parts, base);
    if (!opened.ok) return opened;
    const state = parts.signer.state();
    const refusal = signingFailure(opened.value, state.kind === 'none' || state.certificate.isCodeSigning);
    if (refusal !== null) return fail(refusal);
    if (opened.value.trust === 'intact' && !change.acceptSigner)
      return fail({ code: 'package-refused', facts: { reason: 'certificate-untrusted' } });
    ({ control, files } = opened.value);
  }
  const depends = editDepends(controlText(control, 'depends'), edit);
  const built = await parts.signer.buildPackage({ control: { ...control, depends, version: version.value }, files });
  if (!built.ok) return built;
  const { bytes } = built.value;
  return ok({ bytes, md5: md5Of(bytes), version: version.value });
}

/**
 * What somebody published in the same moment and ours stands above: what it brought would be lost if the change were not made on it too. Without
 * a lock two consoles give the same version, and agents take the later signature.
 */
function hiddenBy(
  own: PublishedCarrier,
  before: CarrierVersions,
  after: CarrierVersions,
): PublishedCarrier | undefined {
  const seen = new Set(before.map((published) => published.md5));
  const known = after.findIndex((published) => seen.has(published.md5));
  const newer = (known === -1 ? after : after.slice(0, known)).filter((published) => published !== own);
  const wanted = controlText(own.control, 'depends');
  return newer.find((published) => controlText(published.control, 'depends') !== wanted);
}

/**
 * Makes one change: edits the newest version, looks again just before the upload and just after it. What somebody published between is the
 * ground on which the change is made again; what replaced ours is told.
 */
async function applyOne(work: Work, first: CarrierVersions): Promise<Ending> {
  const { change } = work;
  const edit = { action: change.action, package: work.package };
  const settled = (published: PublishedCarrier | undefined): boolean =>
    isSettled(published === undefined ? '' : controlText(published.control, 'depends'), edit);
  let versions = first;
  let base = versions[0];
  if (base === undefined && change.version !== null)
    return failed({ code: 'not-in-index', facts: { package: change.name, version: change.version } });
  // What was on screen is not what is there now: the change is made on what is there.
  let hasMoved = (base === undefined ? null : versionOf(base)) !== change.version;
  let by = hasMoved ? signerOf(base) : null;
  let hasUploaded = false;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (settled(base) && !hasUploaded)
      return { outcome: 'unchanged', version: base === undefined ? null : versionOf(base), by, error: null };
    const built = await build(work, base, versions);
    if (!built.ok) return failed(built.error, base === undefined ? null : versionOf(base));
    const before = await work.look();
    if (!before.ok) return failed(before.error);
    if (before.value[0]?.md5 !== versions[0]?.md5) {
      versions = before.value;
      base = versions[0];
      hasMoved = true;
      by = signerOf(base) ?? by;
      continue;
    }
    const uploaded = await uploadPackage(work.parts.client, { bytes: built.value.bytes });
    // An upload whose way broke may have arrived: looking tells.
    if (!uploaded.ok && !mayHaveArrived(uploaded.error)) return failed(uploaded.error);
    const after = await work.look();
    if (!after.ok) return failed(uploaded.ok ? after.error : uploaded.error);
    const [newest] = after.value;
    const isThere = after.value.some((published) => published.md5 === built.value.md5);
    if (!isThere && !uploaded.ok) return failed(uploaded.error);
    hasUploaded ||= isThere;
    if (newest?.md5 !== built.value.md5) {
      if (newest === undefined || newest.md5 === versions[0]?.md5)
        return failed({ code: 'not-in-index', facts: { package: change.name, version: built.value.version } });
      const outcome = settled(newest) ? 'merged' : 'overwritten';
      return { outcome, version: versionOf(newest), by: signerOf(newest), error: null };
    }
    const hidden = hiddenBy(newest, versions, after.value);
    if (hidden === undefined)
      return { outcome: hasMoved ? 'merged' : 'done', version: built.value.version, by, error: null };
    versions = after.value;
    base = hidden;
    hasMoved = true;
    by = signerOf(hidden) ?? by;
  }
  return failed({ code: 'version-moved', facts: { version: versions[0] === undefined ? '' : versionOf(versions[0]) } });
}

const applyInTurn = (work: Work, first: CarrierVersions): Promise<Ending> =>
  work.parts.packages.publishInTurn(() => applyOne(work, first));

/** Puts a package on carriers and takes it off others, one after the other, and writes it in the journal. */
export async function assign(
  parts: AssignmentParts,
  request: Parsed<'assignment.apply'>,
  user: string,
): Promise<Result<AssignmentOutcome, ConsoleError>> {
  if (parts.signer.state().kind !== 'open') return fail({ code: 'signer-needed' });
  const hosts = await parts.store.placedHosts();
  if (!hosts.ok) return hosts;
  const byUuid = new Map(hosts.value.map((host) => [host.uuid, host]));
  const names = new Map(hosts.value.map((host) => [host.uuid, host.fqdn]));
  const results: AssignmentResult[] = [];
  let end: ConsoleError | null = null;
  for (const change of request.changes) {
    const { section, name, action } = change;
    const host = byUuid.get(name);
    const look = async (): Promise<Result<CarrierVersions, ConsoleError>> => {
      if (section === 'host') {
        return host === undefined ? fail({ code: 'not-found', facts: { name } }) : hostVersions(parts, name);
      }
      const records = await parts.packages.readAll();
      return records.ok ? versionsIn(parts, records.value, change) : records;
    };
    const label = labelOf(change, names);
    const known = section === 'host' ? (host?.groups ?? []) : [];
    const first: Result<CarrierVersions, ConsoleError> = end === null ? await look() : fail(end);
    const ending: Ending = first.ok
      ? await applyInTurn({ parts, package: request.package, change, label, known, look }, first.value)
      : failed(first.error);
    if (ending.error !== null && ENDS_ALL.has(ending.error.code)) end = ending.error;
    results.push({ section, name, action, label, ...ending });
  }
  if (results.some(({ outcome }) => outcome === 'done' || outcome === 'merged' || outcome === 'overwritten')) {
    await parts.store.journalAppend({
      user,
      kind: 'package.assign',
      facts: {
        package: request.package,
        changes: results.map(({ error, ...result }) => ({ ...result, error: error?.code ?? null })),
      },
      reason: request.reason,
    });
    await sealJournal(parts);
  }
  return ok({ results });
}
