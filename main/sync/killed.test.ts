import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../store/store.ts';
import { openHere, temporaryFolder, value } from '../store/testing.ts';
import { Sync } from './sync.ts';
import { Generations, HOSTS, rowsOf, scannedAt } from './testing-generations.ts';

const KILLS = 50;

let own: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  own = temporaryFolder();
});
afterAll(() => own.remove());

const file = (): string => join(own.folder, 'store.db');

/** A console that reads for ever, until it is killed so many milliseconds after it began to; the last generation that it told as read. */
async function readUntilKilled(from: number, milliseconds: number): Promise<number | null> {
  const address = (name: string): string => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const script = `
    const { flushCompileCache } = await import('node:module');
    const { openStore } = await import(${address('../store/store.ts')});
    const { readForEver } = await import(${address('./testing-generations.ts')});
    const opened = await openStore({ file: ${JSON.stringify(file())} });
    if (!opened.ok || opened.value.isReadOnly || opened.value.recovered !== null) throw new Error(JSON.stringify(opened));
    flushCompileCache();
    process.stdout.write('open\\n');
    await readForEver(opened.value, ${from}, (generation) => process.stdout.write(generation + '\\n'));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Who is killed never writes what it compiled: it is written once above, so that the next starts at once.
    env: { ...process.env, NODE_COMPILE_CACHE: join(own.folder, 'compiled') },
  });
  const ended = once(child, 'close');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('the console ended by itself'))),
  ]);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill('SIGKILL');
  await ended;
  // The last number may be cut off by the kill.
  const [, ...generations] = said.slice(0, said.lastIndexOf('\n')).split('\n');
  const last = generations.at(-1);
  return last === undefined ? null : Number(last);
}

interface Line {
  readonly uuid: string;
  readonly updated_on: string;
  readonly is_current: number;
  readonly rows: string;
}

/** What must be true of the file whatever moment the console died at; answers the newest generation that it holds. */
function checkStore(finished: number): number {
  const db = new DatabaseSync(file(), { readOnly: true });
  expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const lines = db
    .prepare(`
      SELECT h.uuid, h.details ->> '$.updatedOn' AS updated_on, h.rows_mark IS h.mark AS is_current,
        (SELECT json_group_array(json_array(u.update_id, d.install_date)) FROM host_updates r JOIN updates u ON u.id = r.update_key
           LEFT JOIN host_update_details d ON d.host_key = r.host_key AND d.update_key = r.update_key WHERE r.host_key = h.id) AS rows
      FROM hosts h`)
    .all() as unknown as readonly Line[];
  const details = db.prepare('SELECT count(*) AS n FROM host_update_details').get()?.['n'];
  const rows = db.prepare('SELECT count(*) AS n FROM host_updates').get()?.['n'];
  db.close();
  expect(details).toBe(rows);
  let newest = finished;
  for (const line of lines) {
    const reported = JSON.parse(line.rows) as readonly (readonly [string, string])[];
    if (reported.length === 0) {
      expect(line.is_current).toBe(0);
      continue;
    }
    const scanned = reported[0]?.[1] ?? '';
    const generation = (Date.parse(scanned) - Date.parse(scannedAt(0))) / 60_000;
    newest = Math.max(newest, generation);
    const whole = rowsOf(Number(line.uuid.slice(1)), generation).map(({ updateId, installDate }) => [
      updateId,
      installDate,
    ]);
    expect(new Map(reported as never)).toEqual(new Map(whole as never));
    expect(reported.length).toBe(whole.length);
    if (line.is_current === 1) expect(scanned).toBe(line.updated_on);
    // What was told as read before the kill is never older again.
    expect(generation).toBeGreaterThanOrEqual(finished);
  }
  const { store, close } = openHere(own.folder);
  expect(store.journalVerify()).toMatchObject({ ok: true, value: { brokenAt: null } });
  const journal = value(store.journalList(5_000)).map(({ facts }) => facts['generation']);
  close();
  if (finished > 0) expect(journal).toContain(finished);
  expect(new Set(journal).size).toBe(journal.length);
  return newest;
}

it(`a console that is killed ${KILLS} times in the middle of reading leaves a store that is whole`, {
  timeout: 120_000,
}, async () => {
  let generation = 0;
  let finished = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    finished = (await readUntilKilled(generation, Math.random() * 120)) ?? finished;
    generation = checkStore(finished);
  }
  expect(generation).toBeGreaterThan(10);
  // The next console reads on as if nothing had been.
  const store = value(await openStore({ file: file() }));
  const sync = new Sync({ store, source: new Generations(generation + 1), onState: () => {} });
  expect(await sync.run({ full: false })).toMatchObject({ error: null, changedHosts: HOSTS });
  await store.close();
  expect(checkStore(finished)).toBe(generation + 1);
});
