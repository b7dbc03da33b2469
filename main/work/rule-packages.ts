import { createHash } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { PackageContent, Verification } from '../../contract/schemas/packages.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type ControlFields, controlText } from '../../wapt/index.ts';
import { inTurn } from '../in-turn.ts';
import { type IndexRead, readIndex, readPackageBytes, type Validators } from '../server/repository.ts';
import type { ServerClient } from '../server/session.ts';
import type { PackageRecord, Store } from '../store/store.ts';
import { carrierRecords, newestByName } from './index-records.ts';
import { contentOf, type OpenedPackage, openPackage } from './opened-package.ts';
import { publishedRules } from './published-rules.ts';
import { downloadRefusal, OF_THE_WAY, refused, verify } from './verification.ts';

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

/** Opened packages are kept up to these bounds: rule packages are a few kilobytes, what is larger is opened anew. */
const OPENED_KEPT = 30;
const OPENED_SIZE = 1024 * 1024;

/** What the rule packages work with. */
export interface RulePackagesOptions {
  readonly store: Store;
  readonly client: ServerClient;
  /** PEM texts of the signers that the profile trusts. */
  readonly trusted: () => readonly string[];
  /** Told of an exception in what runs unasked, for the log. */
  readonly onBug?: (error: unknown) => void;
}

/** The rule packages of the server's repository: read, verified, kept in the store. */
export class RulePackages {
  readonly #store: Store;
  readonly #client: ServerClient;
  readonly #trusted: () => readonly string[];
  readonly #onBug: (error: unknown) => void;
  readonly #opened = new Map<string, OpenedPackage>();
  readonly #triedAgain = new Set<string>();
  readonly #ending = new AbortController();
  readonly #readInTurn = inTurn();
  readonly #verifyInTurn = inTurn();
  /** One publication after the other: each sees what the one before it left in the index. */
  readonly publishInTurn = inTurn();
  #validators: Validators | null = null;
  #waiting: Promise<Result<null, ConsoleError>> | null = null;
  #verifying: Promise<void> | null = null;
  #readAt = 0;

  constructor(options: RulePackagesOptions) {
    this.#store = options.store;
    this.#client = options.client;
    this.#trusted = options.trusted;
    this.#onBug = options.onBug ?? (() => undefined);
  }

  /** Ends what runs unasked, after a publication that is under way, for which it waits at most `patience` milliseconds. */
  async stop(patience = 10_000): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([this.publishInTurn(() => Promise.resolve()), enough]);
    clearTimeout(timer);
    this.#ending.abort();
  }

  /**
   * Reads the index if it changed (`always` asks the server even if it was asked a moment ago), then verifies what is new. A reading that has
   * begun is never shared: what it sees may be older than what one asks for.
   */
  refresh(always: boolean): Promise<Result<null, ConsoleError>> {
    if (!always && Date.now() - this.#readAt < 10_000) return Promise.resolve(ok(null));
    this.#waiting ??= this.#readInTurn(async () => {
      this.#waiting = null;
      const read = await this.#read(this.#validators);
      return read.ok ? ok(null) : read;
    });
    return this.#waiting;
  }

  /** The same for nobody: who has no use for the answer. */
  refreshUnasked(always: boolean): void {
    this.refresh(always).catch(this.#onBug);
  }

  /**
   * Every record of the index as it is in this moment, asked without validators: nginx makes them of a date in seconds and a size, and a
   * second upload in the same second may keep both.
   */
  async readAll(): Promise<Result<readonly ControlFields[], ConsoleError>> {
    const read = await this.#readInTurn(() => this.#read(null));
    return read.ok ? ok(read.value ?? []) : read;
  }

  /** Reads and keeps the index; answers its records, null where it did not change. */
  async #read(known: Validators | null): Promise<Result<readonly ControlFields[] | null, ConsoleError>> {
    const read = await readIndex(this.#client, known, this.#ending.signal);
    if (!read.ok) return read;
    this.#readAt = Date.now();
    if (read.value.kind === 'index') {
      const kept = await this.#keep(read.value);
      if (!kept.ok) return kept;
    }
    this.judgeAgain();
    return ok(read.value.kind === 'index' ? read.value.index.records : null);
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
  #verifyNew(): Promise<void> {
    this.#verifying ??= this.#verifyInTurn(async () => {
      this.#verifying = null;
      await this.#verifyAll();
    });
    return this.#verifying;
  }

  async #verifyAll(): Promise<void> {
    const records = await this.#store.packageRecords();
    const unread = await this.#store.packagesWithoutRules();
    if (!records.ok || !unread.ok) return;
    const withoutRules = new Set(unread.value);
    for (const record of records.value) {
      if (this.#ending.signal.aborted) return;
      const known = await this.#store.verificationOf({ filename: record.filename, md5: record.md5 ?? '' });
      if (!known.ok) continue;
      const isVerified = known.value !== null && known.value.kind !== 'pending' && !this.#mayHeal(record, known.value);
      if (isVerified && !withoutRules.has(record.filename)) continue;
      // One package that nobody can read must not keep the others from being looked at.
      await this.#look(record, !withoutRules.has(record.filename)).catch(this.#onBug);
    }
  }

  /** Whether a refusal may be the fault of the way, and was not tried again in this session. */
  #mayHeal({ filename }: PackageRecord, known: Verification): boolean {
    if (known.kind !== 'refused' || !OF_THE_WAY.has(known.reason) || this.#triedAgain.has(filename)) return false;
    this.#triedAgain.add(filename);
    return true;
  }

  /** Reads one package: whether it is what its signer made, and what its rules are. */
  async #look(record: PackageRecord, hasRules: boolean): Promise<void> {
    const bytes = await readPackageBytes(this.#client, asked(record), this.#ending.signal);
    const refusal = bytes.ok ? null : downloadRefusal(bytes.error);
    if (!bytes.ok && refusal === null) return;
    const read = bytes.ok ? bytes.value : null;
    const trusted = this.#trusted();
    const { verification, until } = read === null ? refused(refusal ?? '') : await verify(read, trusted);
    const rules = await publishedRules(record, read, verification, trusted);
    // Judged by whom one trusted a moment ago: the next look, which is already asked for, tells.
    if (trusted.join() !== this.#trusted().join()) return;
    // What hosts installed in time they obey still: rules that were read stay when the certificate ends.
    const hasEnded = verification.kind === 'refused' && verification.reason === 'certificate-expired';
    if (!hasEnded || !hasRules) await this.#store.putPackageRules(rules);
    await this.#store.setVerification({ filename: record.filename, md5: record.md5 ?? '', verification, until });
  }

  /** Whether a package is what a signer made whom the profile trusts. */
  async judge(bytes: Uint8Array): Promise<Verification> {
    return (await verify(bytes, this.#trusted())).verification;
  }

  /** Judges every package whose judgement was forgotten. */
  judgeAgain(): void {
    this.#verifyNew().catch(this.#onBug);
  }

  /** The record of a file of the index, or `not-in-index`. */
  async record(filename: string): Promise<Result<PackageRecord, ConsoleError>> {
    const records = await this.#store.packageRecords();
    if (!records.ok) return records;
    const record = records.value.find((each) => each.filename === filename);
    return record === undefined ? fail({ code: 'not-in-index', facts: { filename } }) : ok(record);
  }

  /** Downloads and opens a package; a damaged one fails `package-refused` with the reason. */
  async open(filename: string): Promise<Result<OpenedPackage, ConsoleError>> {
    const record = await this.record(filename);
    if (!record.ok) return record;
    const key = `${filename}\n${record.value.md5 ?? ''}`;
    const kept = this.#opened.get(key);
    if (kept !== undefined) return ok(kept);
    const bytes = await readPackageBytes(this.#client, asked(record.value));
    if (!bytes.ok) return bytes;
    const opened = await openPackage(record.value, bytes.value);
    if (opened.ok) this.#keepOpened(key, opened.value);
    return opened;
  }

  #keepOpened(key: string, opened: OpenedPackage): void {
    let size = opened.bytes.length;
    for (const content of opened.files.values()) size += content.length;
    if (size > OPENED_SIZE) return;
    if (this.#opened.size >= OPENED_KEPT) this.#opened.delete(this.#opened.keys().next().value ?? '');
    this.#opened.set(key, opened);
  }

  /** A package as the window sees it. */
  async read(filename: string): Promise<Result<PackageContent, ConsoleError>> {
    const opened = await this.open(filename);
    if (!opened.ok) return opened;
    return ok(contentOf(opened.value, await this.judge(opened.value.bytes)));
  }
}

const asked = (record: PackageRecord) => ({ filename: record.filename, md5sum: record.md5, size: record.size });

/** MD5 of a file as the index writes it. */
export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
