import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** All rows of a statement, in the form that the schema promises (its tables are STRICT). */
export function all<Row>(statement: StatementSync, ...parameters: SQLInputValue[]): Row[] {
  return statement.all(...parameters) as Row[];
}

/** What `make` gives of each row (null: nothing), one after another: for more rows than one would hold at once. */
export function* eachRow<Row, T>(
  statement: StatementSync,
  make: (row: Row) => T | null,
  ...parameters: SQLInputValue[]
): Generator<T> {
  for (const row of statement.iterate(...parameters)) {
    const made = make(row as Row);
    if (made !== null) yield made;
  }
}

/** The first row of a statement, or undefined. */
export function first<Row>(statement: StatementSync, ...parameters: SQLInputValue[]): Row | undefined {
  return statement.get(...parameters) as Row | undefined;
}

/** Runs `work` as one transaction: all of it is stored, or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The primary result code of an error of the engine (`SQLITE_FULL` is 13), or null for any other error. */
export function engineCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** Result codes that say the file is no database or a damaged one. */
export const isBroken = (code: number | null): boolean => code === 11 || code === 26;

/** Result codes that say the disk, not the program, failed: no space, no right, an error while reading or writing. */
export const isDisk = (code: number | null): boolean =>
  code === 8 || code === 10 || code === 13 || code === 14 || code === 23 || isBroken(code);
