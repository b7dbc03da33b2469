import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../lab/random.ts';
import { newContext } from '../main/store/context.ts';
import { openDatabase } from '../main/store/database.ts';
import { operationsOf } from '../main/store/operations.ts';
import { pivotOf } from '../main/store/pivot.ts';
import { host, update } from '../main/store/testing.ts';
import { ratioLine } from './measure.ts';
import { finish } from './report.ts';

const HOSTS = 5_000;
const ROWS = 500_000;
const UPDATES = 5_000;
const STATES = 8;

const folder = mkdtempSync(join(tmpdir(), 'console-bench-'));
const opened = openDatabase(join(folder, 'store.db'), false);
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const { db, close } = opened.value;
const context = newContext(db, false);
const store = operationsOf(context);
const filled = [
  store.applyHosts({ hosts: Array.from({ length: HOSTS }, (_, n) => host(`host-${n}`)), isComplete: true }),
  store.applyUpdates({ updates: Array.from({ length: UPDATES }, (_, n) => update(n)), run: 1 }),
];
if (filled.some((each) => !each.ok)) throw new Error('the store could not be filled');

// Few updates are on many hosts, many on few.
const random = seededRandom('pivot bench');
const keys = (table: 'hosts' | 'updates'): readonly number[] =>
  db
    .prepare(`SELECT id FROM ${table} ORDER BY id`)
    .all()
    .map((line) => Number(line['id']));
const [hostKeys, updateKeys] = [keys('hosts'), keys('updates')];
const insert = db.prepare(
  'INSERT OR IGNORE INTO host_updates (host_key, update_key, state, flags) VALUES (?, ?, ?, 0)',
);
db.exec('BEGIN');
for (let rows = 0, at = 0; rows < ROWS; at++) {
  const updateKey = updateKeys[Math.floor(random.next() ** 2 * UPDATES)] ?? 0;
  const { changes } = insert.run(hostKeys[at % HOSTS] ?? 0, updateKey, Math.floor(random.next() ** 2 * STATES));
  rows += Number(changes);
}
db.exec('COMMIT; ANALYZE;');

const pivot = pivotOf(context);
const again = (side: 'byUpdate' | 'byHost') => (): void => {
  context.revision.rows++;
  if (!pivot[side]().has(side === 'byUpdate' ? (updateKeys[0] ?? 0) : (hostKeys[0] ?? 0)))
    throw new Error('nothing was counted');
};
const bare = (key: 'update_key' | 'host_key'): (() => void) => {
  const query = db.prepare(`SELECT ${key}, state, count(*) FROM host_updates GROUP BY ${key}, state`);
  query.setReturnArrays(true);
  return () => {
    if (query.all().length < UPDATES) throw new Error('nothing was counted');
  };
};

finish(
  `${ROWS.toLocaleString('en')} rows of ${HOSTS.toLocaleString('en')} hosts, counted by state against one bare GROUP BY`,
  [
    await ratioLine({ what: 'by update', bar: 3, baseline: bare('update_key'), subject: again('byUpdate') }),
    await ratioLine({ what: 'by host', bar: 3, baseline: bare('host_key'), subject: again('byHost') }),
  ],
);
close();
rmSync(folder, { recursive: true, force: true });
