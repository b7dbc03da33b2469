import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { transaction } from './sql.ts';

type Line = Record<string, SQLOutputValue>;

/** What could be read of a broken database of the things that no server gives again, by the name of the table. */
export type Rescued = ReadonlyMap<string, readonly Line[]>;

type ColumnType = 'number' | 'string' | 'maybe' | 'count';

/** A table and its columns by type; the first one orders the lines, and a column of `maybe` is a text or empty, one of `count` a number or empty. */
interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
}

const TABLES: readonly Table[] = [
  {
    name: 'journal',
    columns: {
      id: 'number',
      at: 'string',
      user: 'string',
      kind: 'string',
      facts: 'string',
      reason: 'string',
      previous: 'string',
      hash: 'string',
    },
  },
  {
    name: 'journal_seals',
    columns: { id: 'number', at: 'string', hash: 'string', signature: 'string', fingerprint: 'string' },
  },
  { name: 'drafts', columns: { id: 'string', saved_at: 'string', draft: 'string' } },
  { name: 'ring_sets', columns: { id: 'string', saved_at: 'string', ring_set: 'string' } },
  {
    name: 'triage',
    columns: { update_id: 'string', verdict: 'maybe', snoozed_until: 'maybe', seen_on: 'maybe' },
  },
  { name: 'kept_builders', columns: { package: 'string', builders: 'string' } },
  { name: 'stated_options', columns: { group_name: 'string', options: 'string' } },
  // Of versions that the repository has forgotten, only this is left.
  {
    name: 'package_rules',
    columns: {
      filename: 'string',
      md5: 'string',
      package: 'string',
      version: 'string',
      is_legacy: 'number',
      text: 'maybe',
      signers: 'string',
    },
  },
  {
    name: 'cve_files',
    columns: {
      id: 'number',
      name: 'string',
      format: 'string',
      imported_on: 'string',
      rows: 'number',
      skipped: 'number',
    },
  },
  {
    name: 'cve_fixes',
    columns: { file_id: 'number', cve: 'string', kb: 'string', released: 'maybe', severity: 'maybe' },
  },
  { name: 'cve_successions', columns: { file_id: 'number', kb: 'string', older: 'string' } },
  {
    name: 'known_bad',
    columns: { update_id: 'string', note: 'string', marked_on: 'string', marked_by: 'string' },
  },
  { name: 'snapshot_days', columns: { day: 'number', taken_at: 'string', stale_days: 'number' } },
  { name: 'snapshot_entries', columns: { id: 'number', dimension: 'string', key: 'string' } },
  {
    name: 'snapshots',
    columns: {
      day: 'number',
      entry_id: 'number',
      hosts: 'number',
      counted: 'number',
      never_scanned: 'number',
      raw: 'number',
      allowed: 'number',
      pending: 'number',
      missing: 'number',
      failed: 'number',
      needed_rows: 'number',
    },
  },
  { name: 'fleet_looks', columns: { id: 'number', at: 'string', seen: 'string' } },
  {
    name: 'campaigns',
    columns: {
      id: 'string',
      saved_at: 'string',
      name: 'string',
      plan: 'string',
      state: 'string',
      started_at: 'maybe',
      started_by: 'maybe',
      starts_at: 'maybe',
      ends_at: 'maybe',
      ended_at: 'maybe',
      stop_limit: 'maybe',
    },
  },
  {
    name: 'campaign_hosts',
    columns: {
      campaign_id: 'string',
      uuid: 'string',
      position: 'number',
      fqdn: 'string',
      phase: 'string',
      step: 'number',
      failures: 'number',
      is_forgiven: 'number',
      not_before: 'maybe',
      woken_at: 'maybe',
      asked_at: 'maybe',
    },
  },
  {
    name: 'campaign_tries',
    columns: {
      campaign_id: 'string',
      uuid: 'string',
      attempt: 'number',
      step: 'string',
      taken_at: 'string',
      baseline: 'string',
      sent_at: 'maybe',
      launched: 'count',
      launched_at: 'maybe',
      appeared_at: 'maybe',
      task_id: 'count',
      ended_at: 'maybe',
      outcome: 'maybe',
      message: 'maybe',
      code: 'maybe',
    },
  },
];

/** The tables of which a broken file is searched: what they hold was made here, and no server gives it again. */
export const RESCUED_TABLES: readonly string[] = TABLES.map(({ name }) => name);

const fits = (value: unknown, type: ColumnType): boolean => {
  if (type === 'maybe') return value === null || typeof value === 'string';
  return type === 'count' ? value === null || typeof value === 'number' : typeof value === type;
};

function readable(file: string, { name, columns }: Table): Line[] {
  const lines: Line[] = [];
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { defensive: false });
    // Without it the engine refuses every page of a file that was cut off.
    db.exec('PRAGMA writable_schema = ON');
    for (const line of db.prepare(`SELECT ${Object.keys(columns).join(', ')} FROM ${name} ORDER BY 1`).iterate()) {
      if (Object.entries(columns).every(([column, type]) => fits(line[column], type))) lines.push(line);
    }
  } catch {
    // Reading goes until the first damaged page: what came before it is what there is.
  } finally {
    db?.close();
  }
  return lines;
}

/** Reads what only this store has out of a broken file, as far as it can be read. Never throws for what the file holds. */
export function rescue(file: string): Rescued {
  return new Map(TABLES.map((table) => [table.name, readable(file, table)]));
}

/** Writes what was rescued into a new database, hashes unchanged: whether the chain still holds is for its check to say. */
export function restore(db: DatabaseSync, rescued: Rescued): void {
  transaction(db, () => {
    for (const table of TABLES) {
      const { name } = table;
      const columns = Object.keys(table.columns);
      const insert = db.prepare(
        `INSERT OR IGNORE INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      for (const line of rescued.get(name) ?? []) insert.run(...columns.map((column) => line[column] ?? null));
    }
  });
}
