import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pivotOf } from '../main/store/pivot.ts';
import { largeStore } from './large-store.ts';
import { ratioLine } from './measure.ts';
import { finish } from './report.ts';

const HOSTS = 5_000;
const ROWS = 500_000;
const UPDATES = 5_000;

const folder = mkdtempSync(join(tmpdir(), 'console-bench-'));
const { db, context, close } = largeStore(join(folder, 'store.db'), { hosts: HOSTS, updates: UPDATES, rows: ROWS });
const pivot = pivotOf(context);
const again = (side: 'byUpdate' | 'byHost') => (): void => {
  context.revision.rows++;
  if (!pivot[side]().has(1)) throw new Error('nothing was counted');
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
