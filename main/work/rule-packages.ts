import { createHash, X509Certificate } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { PackageContent, Verification } from '../../contract/schemas/packages.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import {
  type ControlFields,
  controlText,
  FormatError,
  findRules,
  parseRulesFile,
  RULE_LIST_KEYS,
  type RulesFile,
  readPackage,
  verifyPackage,
} from '../../wapt/index.ts';
import { legacyRulesOf, rulesOf } from '../rules-file.ts';
import { certificateView } from '../server/certificate-view.ts';
import { type IndexRead, readIndex, readPackageBytes, type Validators } from '../server/repository.ts';
import type { ServerClient } from '../server/session.ts';
import type { PackageRecord, Store } from '../store/store.ts';
import { carrierRecords, newestByName } from './index-records.ts';
import { publishedRules } from './published-rules.ts';

/** A package with the bytes it was read from. */
export interface OpenedPackage {
  readonly record: PackageRecord;
  readonly bytes: Uint8Array;
  readonly control: ControlFields;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly rulesFile: RulesFile;
  readonly problems: PackageContent['problems'];
  readonly isLegacy: boolean;
}

const asError = (error: unknown, field?: string): ConsoleError => {
  if (!(error instanceof FormatError)) throw error;
  return {
    code: 'package-refused',
    ...(field === undefined ? {} : { field }),
    facts: { reason: error.code, line: error.line ?? null },
  };
};

/**
 * Whether a package is what its signer made: `verified` when the signer chains to a trusted certificate, `intact` when everything but that
 * holds, else refused with the agent's reason (protocol 5.10).
 */
async function verify(bytes: Uint8Array, trusted: readonly string[], now = new Date()): Promise<Verification> {
  const strict = await verifyPackage(bytes, { trusted, now });
  if (strict.ok) return { kind: 'verified' };
  if (strict.error.code !== 'certificate-untrusted') return { kind: 'refused', reason: strict.error.code };
  const own = (await readPackage(bytes)).files.get('WAPT/certificate.crt');
  const rest = await verifyPackage(bytes, {
    trusted: own === undefined ? [] : [Buffer.from(own).toString('utf8')],
    now,
  });
  return rest.ok ? { kind: 'intact' } : { kind: 'refused', reason: rest.error.code };
}

const recordOf = (control: ControlFields, newest: ReadonlyMap<string, ControlFields>): PackageRecord => {
  const text = (name: string): string => controlText(control, name);
  const size = Number(text('size'));
  return {
    filename: text('filename'),
    package: text('package'),
    version: text('version'),
    maturity: text('maturity'),
    description: text('description'),
    signer: text('signer'),
    signerFingerprint: text('signer_fingerprint'),
    signatureDate: text('signature_date'),
    size: text('size') === '' || Number.isNaN(size) ? null : size,
    md5: text('md5sum') === '' ? null : text('md5sum'),
    control,
    isNewest: newest.get(text('package')) === control,
    isLegacy: text('section') === 'waptwua',
  };
};

/** The rule packages of the server's repository: read, verified, kept in the store. */
export class RulePackages {
  readonly #store: Store;
  readonly #client: ServerClient;
  readonly #trusted: () => readonly string[];
  readonly #opened = new Map<string, OpenedPackage>();
  #validators: Validators | null = null;
  #reading: Promise<Result<null, ConsoleError>> | null = null;
  #readAt = 0;
  #verifying: Promise<void> = Promise.resolve();

  constructor(options: { store: Store; client: ServerClient; trusted: () => readonly string[] }) {
    this.#store = options.store;
    this.#client = options.client;
    this.#trusted = options.trusted;
  }

  /** Reads the index if it changed (`always` asks the server even if it was asked a moment ago), then verifies what is new. */
  refresh(always: boolean, signal?: AbortSignal): Promise<Result<null, ConsoleError>> {
    if (!always && Date.now() - this.#readAt < 10_000) return Promise.resolve(ok(null));
    this.#reading ??= this.#refresh(signal).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #refresh(signal?: AbortSignal): Promise<Result<null, ConsoleError>> {
    const read = await readIndex(this.#client, this.#validators, signal);
    if (!read.ok) return read;
    this.#readAt = Date.now();
    if (read.value.kind === 'index') {
      const kept = await this.#keep(read.value);
      if (!kept.ok) return kept;
    }
    void this.#verifyNew(signal);
    return ok(null);
  }

  /**
   * Every record of the index as it is in this moment, asked without validators: nginx makes them of a date in seconds and a size, and a
   * second upload in the same second may keep both.
   */
  async readAll(signal?: AbortSignal): Promise<Result<readonly ControlFields[], ConsoleError>> {
    const read = await readIndex(this.#client, null, signal);
    if (!read.ok) return read;
    if (read.value.kind !== 'index') return ok([]);
    const kept = await this.#keep(read.value);
    if (!kept.ok) return kept;
    void this.#verifyNew(signal);
    return ok(read.value.index.records);
  }

  async #keep(read: Extract<IndexRead, { kind: 'index' }>): Promise<Result<null, ConsoleError>> {
    const { records } = read.index;
    const newest = newestByName(records);
    const rules = records.filter((control) => ['wsus', 'waptwua'].includes(controlText(control, 'section')));
    const carriers = await this.#store.applyCarriers(carrierRecords(newest));
    if (!carriers.ok) return carriers;
    const packages = rules.map((control) => recordOf(control, newest));
    const applied = await this.#store.applyPackages({ packages, readAt: read.readAt });
    if (!applied.ok) return applied;
    this.#validators = read.validators;
    return ok(null);
  }

  /** Looks at what is new in the index, again when it changed meanwhile. */
  #verifyNew(signal?: AbortSignal): Promise<void> {
    this.#verifying = this.#verifying.then(() => this.#verifyAll(signal));
    return this.#verifying;
  }

  async #verifyAll(signal?: AbortSignal): Promise<void> {
    const records = await this.#store.packageRecords();
    const unread = await this.#store.packagesWithoutRules();
    if (!records.ok || !unread.ok) return;
    for (const record of records.value) {
      if (signal?.aborted === true) return;
      const md5 = record.md5 ?? '';
      const known = await this.#store.verificationOf({ filename: record.filename, md5 });
      if (!known.ok) continue;
      const isVerified = known.value !== null && known.value.kind !== 'pending';
      if (!isVerified || unread.value.includes(record.filename)) await this.#look(record, signal);
    }
  }

  /** Reads one package: whether it is what its signer made, and what its rules are. */
  async #look(record: PackageRecord, signal?: AbortSignal): Promise<void> {
    const file = { filename: record.filename, md5: record.md5 ?? '' };
    const bytes = await readPackageBytes(this.#client, asked(record), signal);
    if (!bytes.ok && bytes.error.code !== 'malformed') return;
    const read = bytes.ok ? bytes.value : null;
    const verification: Verification =
      read === null ? { kind: 'refused', reason: 'file-changed' } : await verify(read, this.#trusted());
    await this.#store.putPackageRules(await publishedRules(record, read, verification, this.#trusted()));
    await this.#store.setVerification({ ...file, verification });
  }

  /** Whether a package is what a signer made whom the profile trusts. */
  judge(bytes: Uint8Array): Promise<Verification> {
    return verify(bytes, this.#trusted());
  }

  /** Judges every package again: what the profile trusts has changed. */
  async trustChanged(): Promise<void> {
    const records = await this.#store.packageRecords();
    if (!records.ok) return;
    for (const record of records.value) {
      await this.#store.setVerification({
        filename: record.filename,
        md5: record.md5 ?? '',
        verification: { kind: 'pending' },
      });
    }
    await this.#verifyNew();
  }

  /** The record of a file of the index, or `not-in-index`. */
  async record(filename: string): Promise<Result<PackageRecord, ConsoleError>> {
    const records = await this.#store.packageRecords();
    if (!records.ok) return records;
    const record = records.value.find((each) => each.filename === filename);
    return record === undefined ? fail({ code: 'not-in-index', facts: { filename } }) : ok(record);
  }

  /** Downloads and opens a package; a damaged one fails `package-refused` with the reason. */
  async open(filename: string, signal?: AbortSignal): Promise<Result<OpenedPackage, ConsoleError>> {
    const record = await this.record(filename);
    if (!record.ok) return record;
    const key = `${filename}\n${record.value.md5 ?? ''}`;
    const kept = this.#opened.get(key);
    if (kept !== undefined) return ok(kept);
    const bytes = await readPackageBytes(this.#client, asked(record.value), signal);
    if (!bytes.ok) return bytes;
    try {
      const { control, files } = await readPackage(bytes.value);
      const found = findRules(files);
      const opened: OpenedPackage = {
        record: record.value,
        bytes: bytes.value,
        control,
        files,
        ...readRules(found?.text ?? '{}'),
        isLegacy: record.value.isLegacy || (found?.legacy ?? false),
      };
      if (this.#opened.size >= 30) this.#opened.delete(this.#opened.keys().next().value ?? '');
      this.#opened.set(key, opened);
      return ok(opened);
    } catch (error) {
      return fail(asError(error));
    }
  }

  /** A package as the window sees it. */
  async read(filename: string): Promise<Result<PackageContent, ConsoleError>> {
    const opened = await this.open(filename);
    if (!opened.ok) return opened;
    const { record, control, rulesFile, problems, isLegacy, bytes, files } = opened.value;
    const pem = files.get('WAPT/certificate.crt');
    const known = new Set<string>(RULE_LIST_KEYS);
    return ok({
      filename: record.filename,
      package: controlText(control, 'package'),
      version: controlText(control, 'version'),
      maturity: controlText(control, 'maturity'),
      description: controlText(control, 'description'),
      rules: rulesOf(rulesFile),
      unknownKeys: Object.keys(rulesFile).filter((key) => !known.has(key)),
      problems,
      verification: await verify(bytes, this.#trusted()),
      certificate: pem === undefined ? null : viewOf(Buffer.from(pem)),
      isLegacy,
      legacy: isLegacy ? legacyRulesOf(rulesFile) : null,
    });
  }
}

const asked = (record: PackageRecord) => ({ filename: record.filename, md5sum: record.md5, size: record.size });

const viewOf = (pem: Buffer): PackageContent['certificate'] => {
  try {
    return certificateView(new X509Certificate(pem));
  } catch {
    return null;
  }
};

const readRules = (text: string): { readonly rulesFile: RulesFile; readonly problems: PackageContent['problems'] } => {
  try {
    return { rulesFile: parseRulesFile(text), problems: [] };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const line = error.line === undefined ? '' : `line ${error.line}: `;
    return { rulesFile: {}, problems: [{ key: '', problem: `${line}${error.message}` }] };
  }
};

/** MD5 of a file as the index writes it. */
export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
