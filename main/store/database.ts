import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type Lock, takeLock } from './lock.ts';
import { type Rescued, rescue, restore } from './rescue.ts';
import { MIGRATIONS, migrate, schemaVersion } from './schema.ts';
import { engineCode, isBroken, isDisk } from './sql.ts';

/** What was done about a broken file: where it lies now, and how many journal lines and drafts were taken over from it. */
export interface Recovery {
  readonly setAside: string;
  readonly journal: number;
  readonly drafts: number;
}

/** An open database, and whether this process may write. */
export interface Database {
  readonly db: DatabaseSync;
  readonly isReadOnly: boolean;
  readonly recovered: Recovery | null;
  readonly close: () => void;
}

const FILES = ['', '-wal', '-shm'] as const;

/** A database failure as the window may know it: `disk`, with the engine's own words; null when the error is a bug and none of the disk's. */
export function diskError(error: unknown): ConsoleError | null {
  const code = engineCode(error);
  const system = error instanceof Error && 'syscall' in error;
  if (!system && !(code !== null && isDisk(code))) return null;
  const reason = isBroken(code) ? 'broken' : code === 13 ? 'full' : 'failed';
  return { code: 'disk', facts: { reason, serverMessage: error instanceof Error ? error.message : null } };
}

function connect(file: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly, timeout: 5_000, enableForeignKeyConstraints: true });
  try {
    if (!readOnly) db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    db.exec('PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens, checks and migrates; throws what the engine throws when the file is broken. */
function openSound(file: string): { readonly db: DatabaseSync; readonly isNewer: boolean } {
  const db = connect(file, false);
  try {
    const [check] = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {});
    if (check !== 'ok') throw Object.assign(new Error(`the database is damaged: ${String(check)}`), { errcode: 11 });
    return { db, isNewer: migrate(db) === 'newer' };
  } catch (error) {
    db.close();
    throw error;
  }
}

function setAside(file: string, now: Date): string {
  const stamp = now
    .toISOString()
    .replaceAll(':', '-')
    .replace(/\.\d+Z$/, '');
  let target = `${file}.broken-${stamp}`;
  for (let n = 2; existsSync(target); n++) target = `${file}.broken-${stamp}-${n}`;
  for (const ending of FILES) if (existsSync(file + ending)) renameSync(file + ending, target + ending);
  return target;
}

function rebuild(file: string): { readonly db: DatabaseSync; readonly recovered: Recovery } {
  const target = setAside(file, new Date());
  const rescued: Rescued = rescue(target);
  closeSync(openSync(file, 'wx', 0o600));
  const { db } = openSound(file);
  restore(db, rescued);
  return {
    db,
    recovered: {
      setAside: target,
      journal: rescued.get('journal')?.length ?? 0,
      drafts: rescued.get('drafts')?.length ?? 0,
    },
  };
}

function openForWriting(file: string, lock: Lock): Result<Database, ConsoleError> {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
  let opened: { readonly db: DatabaseSync; readonly isNewer?: boolean; readonly recovered?: Recovery };
  try {
    opened = openSound(file);
  } catch (error) {
    if (!isBroken(engineCode(error))) throw error;
    opened = rebuild(file);
  }
  const { db, isNewer = false, recovered = null } = opened;
  const close = (): void => {
    db.close();
    lock.release();
  };
  if (isNewer) {
    close();
    return fail({ code: 'disk', facts: { reason: 'newer' } });
  }
  for (const ending of FILES) if (existsSync(file + ending)) chmodSync(file + ending, 0o600);
  return ok({ db, isReadOnly: false, recovered, close });
}

function openForReading(file: string): Result<Database, ConsoleError> {
  if (!existsSync(file)) return fail({ code: 'disk', facts: { reason: 'missing' } });
  const db = connect(file, true);
  if (schemaVersion(db) !== MIGRATIONS.length) {
    db.close();
    return fail({ code: 'disk', facts: { reason: 'newer' } });
  }
  return ok({ db, isReadOnly: true, recovered: null, close: () => db.close() });
}

/**
 * Opens the database of a profile, making it where there is none. The first to open may write; others, and who asks for it, get
 * `isReadOnly`. A broken file is set aside and built anew, with the journal and the drafts that could be read. Fails with `disk`
 * (`reason`: `full`, `failed`, `broken`, `missing`, or `newer` when a later console made the file, which is left alone).
 */
export function openDatabase(file: string, readOnly: boolean): Result<Database, ConsoleError> {
  try {
    if (readOnly) return openForReading(file);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    chmodSync(dirname(file), 0o700);
    const lock = takeLock(file);
    if (lock === null) return openForReading(file);
    try {
      const opened = openForWriting(file, lock);
      return opened;
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    const known = diskError(error);
    if (known === null) throw error;
    return fail(known);
  }
}
