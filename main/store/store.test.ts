import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultFilter } from '../../domain/catalogue.ts';
import { JsonText } from '../json-text.ts';
import { openStore, type Store, type StoreSubject } from './store.ts';
import { host, NOW, row, temporaryFolder, update, value } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let file: string;
const open: Store[] = [];

const start = async (more: { readOnly?: boolean; changeInterval?: number } = {}): Promise<Store> => {
  const store = value(await openStore({ file, ...more }));
  open.push(store);
  return store;
};

beforeEach(() => {
  own = temporaryFolder();
  file = join(own.folder, 'profile', 'store.db');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
  own.remove();
});

const note = { user: 'admin', kind: 'test', facts: { a: [1, { b: null }] }, reason: 'why' };

/** Another console, as a process that holds the store until it is killed. */
async function otherConsole(): Promise<{ readonly kill: () => Promise<void> }> {
  const address = fileURLToPath(new URL('./store.ts', import.meta.url));
  const script = `
    const { openStore } = await import(${JSON.stringify(address)});
    const opened = await openStore({ file: ${JSON.stringify(file)} });
    await opened.value.journalAppend(${JSON.stringify(note)});
    process.stdout.write(opened.value.isReadOnly ? 'reads' : 'writes');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('writes');
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('the store in its thread', () => {
  it('answers every subject, lists whole', async () => {
    const store = await start();
    expect(store.isReadOnly).toBe(false);
    expect(store.recovered).toBeNull();
    value(await store.applyHosts({ hosts: [host('a')], isComplete: true }));
    value(
      await store.applyHostRows({ uuid: 'a', mark: null, updates: [update(1)], rows: [row('a', 1)], readAt: 'now' }),
    );
    const list = value(await store.updatesList({ staleDays: 14, now: NOW }));
    expect(list.rows).toMatchObject([{ title: 'Update 1', hosts: { missing: 1 } }]);
    expect(value(await store.updatesQuery(defaultFilter)).ids).toEqual([list.rows[0]?.updateId]);
    expect(value(await store.hostsList({ staleDays: 14, now: NOW })).rows.length).toBe(1);
    expect(value(await store.hostUpdates('a'))[0]?.update).toEqual(update(1));
    expect(value(await store.journalAppend(note))).toMatchObject({ id: 1, facts: note.facts, reason: 'why' });
    value(await store.noteSynced({ at: '2026-11-21T10:00:00Z', hostsCutOff: true, updatesCutOff: false }));
    expect(value(await store.freshness())).toEqual({ syncedAt: '2026-11-21T10:00:00Z', isOffline: false });
    expect(value(await store.hostsList({ staleDays: 14 })).isCutOff).toBe(true);
    const text = value(await store.asText.updatesList({ staleDays: 14, now: NOW }));
    expect(text).toBeInstanceOf(JsonText);
    expect(text.parse()).toEqual(value(await store.updatesList({ staleDays: 14, now: NOW })));
    expect(await store.asText.hostUpdates('x')).toEqual({ ok: false, error: { code: 'not-found' } });
    expect(await store.updateDetail('x')).toEqual({ ok: false, error: { code: 'not-found' } });
  });

  it("opens on yesterday's data", async () => {
    const first = await start();
    value(await first.applyHosts({ hosts: [host('a')], isComplete: true }));
    value(await first.noteAttempt({ offline: true }));
    await first.close();
    const second = await start();
    expect(value(await second.hostsList({ staleDays: 14 }))).toMatchObject({
      rows: [{ uuid: 'a' }],
      freshness: { isOffline: true },
    });
  });

  it('keeps the order of questions, and answers those before its end', async () => {
    const store = await start();
    const asked = Array.from({ length: 20 }, () => store.journalAppend(note));
    await store.close();
    expect((await Promise.all(asked)).map((each) => value(each).id)).toEqual(
      Array.from({ length: 20 }, (_each, n) => n + 1),
    );
    expect(await store.journalHead()).toEqual({
      ok: false,
      error: { code: 'internal', facts: { reason: 'store-closed' } },
    });
    await store.close();
  });

  it('rejects for a bug, and goes on', async () => {
    const store = await start();
    await expect(store.journalList(null as unknown as number)).rejects.toThrow(/the store failed/);
    expect(value(await store.journalList(5))).toEqual([]);
  });

  it('tells what changed: at once, then together', async () => {
    const store = await start({ changeInterval: 2_000 });
    const told: (readonly StoreSubject[])[] = [];
    const heard: (readonly StoreSubject[])[] = [];
    const stop = store.onChange((subjects) => told.push(subjects));
    store.onChange((subjects) => heard.push(subjects));
    value(await store.journalAppend(note));
    value(await store.journalList(1));
    expect(told).toEqual([['journal']]);
    for (let n = 0; n < 5; n++)
      value(await store.applyHosts({ hosts: [host('a', { description: String(n) })], isComplete: false }));
    value(await store.applyHosts({ hosts: [host('a', { description: '4' })], isComplete: false }));
    value(await store.journalAppend(note));
    await expect.poll(() => told.length).toBeGreaterThan(1);
    expect(told.map((each) => each.toSorted())).toEqual([['journal'], ['hosts', 'journal']]);
    stop();
    value(await store.journalAppend(note));
    await expect.poll(() => heard.length).toBe(3);
    expect(told.length).toBe(2);
  });
});

describe('two consoles on one profile', () => {
  it('the second reads what the first writes, and is told', async () => {
    const first = await start();
    const second = await start({ changeInterval: 10 });
    expect(second.isReadOnly).toBe(true);
    for (const refused of [
      second.journalAppend(note),
      second.draftDiscard('x'),
      second.applyHosts({ hosts: [], isComplete: true }),
      second.noteAttempt({ offline: true }),
    ]) {
      expect(await refused).toEqual({ ok: false, error: { code: 'read-only' } });
    }
    value(await second.updatesQuery({ ...defaultFilter, scope: 'reported' }));
    const told = new Promise<readonly StoreSubject[]>((resolve) => second.onChange(resolve));
    value(await first.applyHosts({ hosts: [host('a')], isComplete: true }));
    value(
      await first.applyHostRows({ uuid: 'a', mark: null, updates: [update(1)], rows: [row('a', 1)], readAt: 'now' }),
    );
    expect(await told).toContain('updates');
    expect(value(await second.updatesQuery({ ...defaultFilter, scope: 'reported' })).ids.length).toBe(1);
  });

  it('a console that was killed leaves no lock behind, and what it stored is there', async () => {
    const other = await otherConsole();
    const waiting = await start();
    expect(waiting.isReadOnly).toBe(true);
    expect(value(await waiting.journalList(5)).length).toBe(1);
    await waiting.close();
    await other.kill();
    const store = await start();
    expect(store.isReadOnly).toBe(false);
    expect(store.recovered).toBeNull();
    expect(value(await store.journalVerify())).toMatchObject({ entries: 1, brokenAt: null });
  });

  it("a broken file is the first one's to set aside", async () => {
    const first = await start();
    value(await first.journalAppend(note));
    await first.close();
    writeFileSync(file, 'broken');
    const store = await start();
    expect(store.recovered).toMatchObject({ journal: 0 });
    expect(readdirSync(join(own.folder, 'profile')).some((name) => name.includes('.broken-'))).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(value(await store.journalAppend(note)).id).toBe(1);
  });
});
