import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** How many documents of a cold table stay in memory. */
const warmDocuments = 1_000;

/** A table of JSON documents, read whole into memory at open and written through at each change. */
export type DocumentTable<T> = {
  readonly get: (id: string) => T | undefined;
  readonly set: (id: string, document: T) => void;
  readonly delete: (id: string) => boolean;
  readonly values: () => T[];
  readonly entries: () => [string, T][];
  readonly size: () => number;
};

/** A table of JSON documents of which only those asked for last are in memory: there may be millions of rows in them. */
export type ColdTable<T> = {
  /** What was written, or else what `otherwise` says. */
  readonly get: (id: string) => T | undefined;
  readonly set: (id: string, document: T) => void;
  /** Says what a document is as long as nobody has written it. */
  readonly otherwise: (compute: (id: string) => T | undefined) => void;
};

/** The lab's database file. */
export type Database = {
  readonly table: <T>(name: string) => DocumentTable<T>;
  readonly coldTable: <T>(name: string) => ColdTable<T>;
  /** Runs the writes of `work` as one transaction. */
  readonly transaction: <T>(work: () => T) => T;
  readonly close: () => void;
};

/** Opens (or makes) `lab.sqlite` in the folder; throws when another lab has it open. A killed lab loses at most the last moments, never the file. */
export function openDatabase(directory: string): Database {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const sqlite = new DatabaseSync(join(directory, 'lab.sqlite'));
  try {
    // One lab a folder: the lock is held until the end, also through a crash of another.
    sqlite.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    sqlite.exec('BEGIN IMMEDIATE; COMMIT;');
  } catch (error) {
    sqlite.close();
    if (error instanceof Error && /locked/.test(error.message)) throw new Error(`another lab uses ${directory}`);
    throw error;
  }
  let depth = 0;

  const make = (name: string): StatementSync => {
    if (!/^[a-z_]+$/.test(name)) throw new Error(`bad table name ${name}`);
    sqlite.exec(`CREATE TABLE IF NOT EXISTS ${name} (id TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID`);
    return sqlite.prepare(
      `INSERT INTO ${name} (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
    );
  };

  const coldTable = <T>(name: string): ColdTable<T> => {
    const upsert = make(name);
    const select = sqlite.prepare(`SELECT document FROM ${name} WHERE id = ?`);
    const lately = new Map<string, T>();
    let compute: (id: string) => T | undefined = () => undefined;
    const keep = (id: string, document: T): T => {
      lately.delete(id);
      lately.set(id, document);
      const oldest = lately.size > warmDocuments ? lately.keys().next().value : undefined;
      if (oldest !== undefined) lately.delete(oldest);
      return document;
    };
    return {
      get: (id) => {
        const known = lately.get(id);
        if (known !== undefined) return known;
        const row = select.get(id);
        const document = row === undefined ? compute(id) : (JSON.parse(String(row['document'])) as T);
        return document === undefined ? undefined : keep(id, document);
      },
      set: (id, document) => {
        keep(id, document);
        upsert.run(id, JSON.stringify(document));
      },
      otherwise: (given) => {
        compute = given;
      },
    };
  };

  const table = <T>(name: string): DocumentTable<T> => {
    const upsert = make(name);
    const remove = sqlite.prepare(`DELETE FROM ${name} WHERE id = ?`);
    const documents = new Map<string, T>();
    for (const row of sqlite.prepare(`SELECT id, document FROM ${name}`).all()) {
      documents.set(String(row['id']), JSON.parse(String(row['document'])) as T);
    }
    return {
      get: (id) => documents.get(id),
      set: (id, document) => {
        documents.set(id, document);
        upsert.run(id, JSON.stringify(document));
      },
      delete: (id) => {
        remove.run(id);
        return documents.delete(id);
      },
      values: () => [...documents.values()],
      entries: () => [...documents.entries()],
      size: () => documents.size,
    };
  };

  const transaction = <T>(work: () => T): T => {
    if (depth > 0) return work();
    depth += 1;
    sqlite.exec('BEGIN');
    try {
      const value = work();
      sqlite.exec('COMMIT');
      return value;
    } catch (error) {
      sqlite.exec('ROLLBACK');
      throw error;
    } finally {
      depth -= 1;
    }
  };

  return { table, coldTable, transaction, close: () => sqlite.close() };
}
