import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { transaction } from './sql.ts';

type Line = Record<string, SQLOutputValue>;

/** What could be read of a broken database of the things that no server gives again. */
export interface Rescued {
  readonly journal: readonly Line[];
  readonly seals: readonly Line[];
  readonly drafts: readonly Line[];
}

const TABLES = {
  journal: ['journal', ['id', 'at', 'user', 'kind', 'facts', 'reason', 'previous', 'hash']],
  seals: ['journal_seals', ['id', 'at', 'hash', 'signature', 'fingerprint']],
  drafts: ['drafts', ['id', 'saved_at', 'draft']],
} as const;

function readable(file: string, table: string, columns: readonly string[]): Line[] {
  const lines: Line[] = [];
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { defensive: false });
    // Without it the engine refuses every page of a file that was cut off.
    db.exec('PRAGMA writable_schema = ON');
    for (const line of db.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY id`).iterate()) {
      if (
        columns.every((column) => typeof line[column] === (column === 'id' && table !== 'drafts' ? 'number' : 'string'))
      ) {
        lines.push(line);
      }
    }
  } catch {
    // Reading goes until the first damaged page: what came before it is what there is.
  } finally {
    db?.close();
  }
  return lines;
}

/** Reads journal, seals and drafts out of a broken file, as far as they can be read. Never throws for what the file holds. */
export function rescue(file: string): Rescued {
  return {
    journal: readable(file, ...TABLES.journal),
    seals: readable(file, ...TABLES.seals),
    drafts: readable(file, ...TABLES.drafts),
  };
}

/** Writes what was rescued into a new database, hashes unchanged: whether the chain still holds is for its check to say. */
export function restore(db: DatabaseSync, rescued: Rescued): void {
  transaction(db, () => {
    for (const key of ['journal', 'seals', 'drafts'] as const) {
      const [table, columns] = TABLES[key];
      const insert = db.prepare(
        `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      for (const line of rescued[key]) insert.run(...columns.map((column) => line[column] ?? null));
    }
  });
}
