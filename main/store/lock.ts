import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { engineCode } from './sql.ts';

/** A held lock; `release` gives it back. */
export interface Lock {
  readonly release: () => void;
}

const BUSY = 5;

/**
 * Takes the one right to write, or null when another console has it. The lock is the operating system's own, held on `<file>.lock` through
 * the engine, which knows how on each platform: it ends with the process that had it, however that ended. A file with a process id
 * would be left behind by a crash, and another process may get that id.
 */
export function takeLock(file: string): Lock | null {
  const db = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
    chmodSync(`${file}.lock`, 0o600);
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if (engineCode(error) === BUSY) return null;
    throw error;
  }
}
