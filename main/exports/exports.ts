import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import { EXPORT_PDF_ROWS } from '../../contract/export-limits.ts';
import type { ExportBegun, ExportFormat, ExportOutcome } from '../../contract/schemas/exports.ts';
import type { ViewsExported } from '../../contract/schemas/views.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Platform } from '../platform/platform.ts';
import { freeMemory, weightOf, workbookCharacters, workbookRows } from './budget.ts';
import type { Downloads } from './downloads.ts';
import { fileName, type SheetSource, sheetOf } from './facts.ts';
import { type FileWriter, startWriter } from './writer.ts';

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
};

/** Exports that are written at once; a further one ends the oldest. */
const AT_ONCE = 3;
/** An export of which nothing more was heard for so long is given up. */
const PATIENCE_MS = 120_000;
/** Most characters of an export that is written as it comes. */
const CHARACTERS = 1_000_000_000;

/** A file that was handed over, with what the journal says of it. */
export interface Exported {
  readonly outcome: ExportOutcome;
  readonly title: string;
  readonly format: ExportFormat;
}

interface Job {
  readonly id: string;
  readonly sender: string;
  readonly format: ExportFormat;
  readonly width: number;
  readonly rows: number;
  readonly title: string;
  readonly name: string;
  readonly file: string;
  /** Where the person wants it; null: it is offered for download. */
  readonly target: string | null;
  readonly writer: FileWriter;
  taken: number;
  /** How many characters it may still take. */
  room: number;
  /** A question about it is being answered. */
  isBusy: boolean;
  timer: NodeJS.Timeout;
}

/** What the exports need. */
export interface ExportParts {
  readonly platform: Pick<Platform, 'saveFile' | 'printPdf'>;
  /** Where files lie until they are saved or fetched: named by the process, beside those of other consoles; removed at the end. */
  readonly folder: string;
  readonly downloads: Downloads;
  readonly now?: () => Date;
  /** Bytes that may still be taken; what the system says where it is left out. */
  readonly freeMemory?: () => number;
}

/** Writes lists into files: begin, rows in order, finish. What one window began no other can go on with. */
export class Exports {
  readonly #parts: ExportParts;
  readonly #jobs = new Map<string, Job>();

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** Removes what consoles that were killed left behind. */
  async start(): Promise<void> {
    const above = dirname(this.#parts.folder);
    const names = await readdir(above).catch(() => []);
    const left = names.filter((name) => name === basename(this.#parts.folder) || !isRunning(Number(name)));
    await Promise.all(
      left.map((name) => rm(join(above, name), { recursive: true, force: true }).catch(() => undefined)),
    );
  }

  /** Asks where to save where main has a dialog, and starts writing. `too-large` (`limit` rows fit), `unavailable` (no PDF here), `disk`. */
  async begin(
    request: Parsed<'exports.begin'>,
    sender: string,
    source: Omit<SheetSource, 'now'>,
  ): Promise<Result<ExportBegun, ConsoleError>> {
    const { platform, folder } = this.#parts;
    const { format, columns, rows, title } = request;
    if (format === 'pdf' && platform.printPdf === null) return fail({ code: 'unavailable' });
    if (format === 'pdf' && rows > EXPORT_PDF_ROWS)
      return fail({ code: 'too-large', field: 'rows', facts: { limit: EXPORT_PDF_ROWS } });
    const free = format === 'xlsx' ? (this.#parts.freeMemory ?? freeMemory)() : 0;
    const most = format === 'xlsx' ? workbookRows(columns.length, free) : rows;
    if (rows > most) return fail({ code: 'too-large', field: 'rows', facts: { limit: most } });
    const now = this.#parts.now?.() ?? new Date();
    const name = fileName(title, format, now);
    const target = platform.saveFile === null ? null : await platform.saveFile(name);
    if (platform.saveFile !== null && target === null) return ok(null);
    const oldest = [...this.#jobs.values()][0];
    if (this.#jobs.size >= AT_ONCE && oldest !== undefined) await this.#end(oldest, true);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      return diskFailure(error);
    }
    const id = randomBytes(16).toString('base64url');
    const file = join(folder, `${id}.part`);
    const writer = startWriter({
      file,
      format: format === 'pdf' ? 'html' : format,
      sheet: sheetOf(request, { ...source, now }),
    });
    const job: Job = {
      id,
      sender,
      format,
      width: columns.length,
      rows,
      title,
      name,
      file,
      target,
      writer,
      taken: 0,
      room: format === 'xlsx' ? workbookCharacters(rows * columns.length, free) : CHARACTERS,
      isBusy: false,
      timer: setTimeout(() => void this.#giveUp(id), PATIENCE_MS).unref(),
    };
    this.#jobs.set(id, job);
    return ok({ exportId: id });
  }

  /** Takes the next rows. `bad-request` where they do not follow what came before, `too-large` where no more fit; then the export is ended. */
  async rows(
    { exportId, at, rows }: Parsed<'exports.rows'>,
    sender: string,
  ): Promise<Result<{ readonly rows: number }, ConsoleError>> {
    const job = this.#find(exportId, sender);
    if (job === null) return fail({ code: 'not-found' });
    const refuse = async (field: string): Promise<Result<never, ConsoleError>> => {
      await this.#end(job, true);
      return fail({ code: 'bad-request', field });
    };
    if (job.isBusy || at !== job.taken || at + rows.length > job.rows) return refuse('at');
    const isWorkbook = job.format === 'xlsx';
    for (const [index, row] of rows.entries()) {
      if (row.length !== job.width) return refuse('rows');
      for (const cell of row) job.room -= typeof cell !== 'string' ? 8 : isWorkbook ? weightOf(cell) : cell.length;
      if (job.room >= 0) continue;
      await this.#end(job, true);
      return fail({ code: 'too-large', field: 'rows', facts: { limit: job.taken + index } });
    }
    job.taken += rows.length;
    job.isBusy = true;
    job.timer.refresh();
    const taken = await job.writer.rows(rows);
    job.isBusy = false;
    if (taken.ok) return ok({ rows: job.taken });
    // Cancelled meanwhile.
    if (!this.#jobs.has(exportId)) return fail({ code: 'cancelled' });
    await this.#end(job, true);
    return fail(half(taken.error, job));
  }

  /** Ends the file and hands it over. `bad-request` where rows are missing. */
  async finish(exportId: string, sender: string): Promise<Result<Exported, ConsoleError>> {
    const job = this.#find(exportId, sender);
    if (job === null) return fail({ code: 'not-found' });
    if (job.isBusy || job.taken !== job.rows) {
      await this.#end(job, true);
      return fail({ code: 'bad-request', field: 'rows' });
    }
    job.isBusy = true;
    clearTimeout(job.timer);
    const made = await this.#make(job);
    const isCancelled = !this.#jobs.has(exportId);
    const isWaiting = made.ok && !isCancelled && made.value.outcome.kind === 'download';
    await this.#end(job, !isWaiting);
    return isCancelled ? fail({ code: 'cancelled' }) : made;
  }

  /** Ends an export and removes what was written. */
  async cancel(exportId: string, sender: string): Promise<null> {
    const job = this.#find(exportId, sender);
    if (job !== null) await this.#end(job, true);
    return null;
  }

  /** Writes a small text where the person says, or where the window fetches it once. `disk`. */
  async writeText(name: string, type: string, text: string): Promise<Result<ViewsExported, ConsoleError>> {
    const { platform, downloads, folder } = this.#parts;
    const target = platform.saveFile === null ? null : await platform.saveFile(name);
    if (platform.saveFile !== null && target === null) return ok(null);
    try {
      if (target !== null) {
        await writeFile(target, text, { mode: 0o600 });
        return ok({ kind: 'saved', name });
      }
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${randomBytes(16).toString('base64url')}.part`);
      await writeFile(file, text, { mode: 0o600 });
      return ok({
        kind: 'download',
        path: downloads.offer({ file, name, type, bytes: Buffer.byteLength(text) }),
        name,
      });
    } catch (error) {
      return diskFailure(error);
    }
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map((job) => this.#end(job, true)));
    await this.#parts.downloads.clear();
    await this.start();
  }

  async #make(job: Job): Promise<Result<Exported, ConsoleError>> {
    const { platform, downloads } = this.#parts;
    const written = await job.writer.end();
    if (!written.ok) return fail(half(written.error, job));
    if (!this.#jobs.has(job.id)) return fail({ code: 'cancelled' });
    let bytes = written.value;
    let file = job.file;
    const { title, name, rows, format, target } = job;
    try {
      if (format === 'pdf') {
        file = `${job.file}.pdf`;
        await platform.printPdf?.(job.file, file);
        await rm(job.file, { force: true });
        bytes = (await stat(file)).size;
      }
      if (target === null) {
        const path = downloads.offer({ file, name, type: TYPES[format], bytes });
        return ok({ outcome: { kind: 'download', path, name, rows, bytes }, title, format });
      }
      await copyFile(file, target);
      await rm(file, { force: true });
    } catch (error) {
      await rm(file, { force: true }).catch(() => undefined);
      return diskFailure(error);
    }
    return ok({ outcome: { kind: 'saved', name, rows, bytes }, title, format });
  }

  #find(id: string, sender: string): Job | null {
    const job = this.#jobs.get(id);
    return job === undefined || job.sender !== sender ? null : job;
  }

  async #giveUp(id: string): Promise<void> {
    const job = this.#jobs.get(id);
    if (job !== undefined) await this.#end(job, true);
  }

  async #end(job: Job, remove: boolean): Promise<void> {
    this.#jobs.delete(job.id);
    clearTimeout(job.timer);
    await job.writer.stop();
    if (remove) await rm(job.file, { force: true }).catch(() => undefined);
  }
}

/** Where the thread ran out of memory all the same, nobody knows how many rows would have done: half of them may be tried. */
const half = (error: ConsoleError, { taken }: Pick<Job, 'taken'>): ConsoleError =>
  error.code === 'too-large' ? { code: 'too-large', field: 'rows', facts: { limit: Math.floor(taken / 2) } } : error;

function diskFailure(error: unknown): Result<never, ConsoleError> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return fail({ code: 'disk', facts: { reason: code } });
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
