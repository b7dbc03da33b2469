import type { DatabaseSync } from 'node:sqlite';
import { seededRandom } from '../lab/random.ts';
import { type Context, newContext } from '../main/store/context.ts';
import { openDatabase } from '../main/store/database.ts';
import { operationsOf } from '../main/store/operations.ts';
import { host, update } from '../main/store/testing.ts';

/** A store of a large fleet, open in this thread. */
export interface LargeStore {
  readonly db: DatabaseSync;
  readonly context: Context;
  readonly close: () => void;
}

const STATES = 8;

/** Makes a store of so many hosts, updates and rows, the same each time: few updates are on many hosts, many on few. */
export function largeStore(
  file: string,
  size: { readonly hosts: number; readonly updates: number; readonly rows: number },
): LargeStore {
  const opened = openDatabase(file, false);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const { db, close } = opened.value;
  const context = newContext(db, false);
  const store = operationsOf(context);
  const hosts = Array.from({ length: size.hosts }, (_, n) => host(`host-${n}`));
  const updates = Array.from({ length: size.updates }, (_, n) => update(n));
  const filled = [
    store.applyHosts({ hosts, isComplete: true }),
    store.applyUpdates({ updates, run: 1 }),
    store.noteSynced({ at: '2026-11-21T00:00:00Z', hostsCutOff: false, updatesCutOff: false }),
  ];
  if (filled.some((each) => !each.ok)) throw new Error(`the store could not be filled: ${JSON.stringify(filled)}`);
  const keys = (table: 'hosts' | 'updates'): readonly number[] =>
    db
      .prepare(`SELECT id FROM ${table} ORDER BY id`)
      .all()
      .map((line) => Number(line['id']));
  const [hostKeys, updateKeys] = [keys('hosts'), keys('updates')];
  const random = seededRandom('large store');
  const insert = db.prepare(
    'INSERT OR IGNORE INTO host_updates (host_key, update_key, state, flags) VALUES (?, ?, ?, 0)',
  );
  db.exec('BEGIN');
  for (let rows = 0, at = 0; rows < size.rows; at++) {
    const updateKey = updateKeys[Math.floor(random.next() ** 2 * updateKeys.length)] ?? 0;
    const state = Math.floor(random.next() ** 2 * STATES);
    rows += Number(insert.run(hostKeys[at % hostKeys.length] ?? 0, updateKey, state).changes);
  }
  db.exec('COMMIT; ANALYZE;');
  return { db, context, close };
}
