import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultGates } from '../../domain/rings.ts';
import { openDatabase } from './database.ts';
import { RESCUED_TABLES } from './rescue.ts';
import { MIGRATIONS, migrate, schemaVersion } from './schema.ts';
import { host, openHere, row, temporaryFolder, update, value } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  own = temporaryFolder();
  file = join(own.folder, 'store.db');
});
afterEach(() => own.remove());

const draft = {
  id: null,
  package: 'lab-rules',
  description: '',
  maturity: 'PROD',
  rules: {
    allowedUpdates: [],
    forbiddenUpdates: [],
    allowedKbs: ['KB5043064'],
    forbiddenKbs: [],
    allowedProducts: [],
    allowedSeverities: [],
    allowedClassifications: [],
  },
  base: null,
};

const ringSet = {
  id: null,
  name: 'Desktops',
  rings: [
    { package: 'pilot', gates: defaultGates },
    { package: 'broad', gates: defaultGates },
  ],
};

function fill(): void {
  const { store, close } = openHere(own.folder);
  for (let n = 0; n < 20; n++) value(store.journalAppend({ user: 'admin', kind: 'test', facts: { n }, reason: '' }));
  value(store.draftSave(draft));
  value(store.ringSetSave(ringSet));
  value(store.triageDecide({ updateIds: ['a_1'], verdict: 'forbid' }));
  const uuids = Array.from({ length: 40 }, (_each, n) => `host-${n}`);
  value(store.applyHosts({ hosts: uuids.map((uuid) => host(uuid)), isComplete: true }));
  const updates = Array.from({ length: 60 }, (_each, n) => update(n));
  for (const uuid of uuids) {
    const rows = updates.map((_update, n) => row(uuid, n));
    value(store.applyHostRows({ uuid, mark: null, updates, rows, readAt: '2026-11-21T00:00:00Z' }));
  }
  close();
}

const aside = (): string[] => readdirSync(own.folder).filter((name) => name.includes('.broken-'));

describe('opening the database', () => {
  it('lets nobody but the owner read it', () => {
    const folder = join(own.folder, 'profile');
    mkdirSync(folder, { mode: 0o755 });
    chmodSync(folder, 0o755);
    const opened = value(openDatabase(join(folder, 'store.db'), false));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = readdirSync(folder);
    expect(files.toSorted()).toEqual(['store.db', 'store.db-shm', 'store.db-wal', 'store.db.lock']);
    for (const name of files) expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    opened.close();
  });

  it('narrows a file that everybody could read', () => {
    fill();
    chmodSync(file, 0o644);
    openHere(own.folder).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('writes ahead, and takes its own words for durable', () => {
    const { db, close } = value(openDatabase(file, false));
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 1 });
    expect(db.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    close();
  });

  it('gives the second one the right to read only, until the first is closed', () => {
    const first = value(openDatabase(file, false));
    const second = value(openDatabase(file, false));
    expect([first.isReadOnly, second.isReadOnly]).toEqual([false, true]);
    expect(() => second.db.exec('DELETE FROM hosts')).toThrow(/readonly/);
    second.close();
    first.close();
    const third = value(openDatabase(file, false));
    expect(third.isReadOnly).toBe(false);
    third.close();
  });

  it('opens for reading only on request, and makes nothing then', () => {
    expect(openDatabase(file, true)).toEqual({ ok: false, error: { code: 'disk', facts: { reason: 'missing' } } });
    expect(existsSync(file)).toBe(false);
    fill();
    const opened = value(openDatabase(file, true));
    expect(opened.isReadOnly).toBe(true);
    opened.close();
  });

  it('says that the disk refuses', () => {
    mkdirSync(file);
    expect(openDatabase(file, false)).toMatchObject({
      ok: false,
      error: { code: 'disk', facts: { reason: 'failed' } },
    });
    writeFileSync(join(own.folder, 'plain'), '');
    expect(openDatabase(join(own.folder, 'plain', 'store.db'), false)).toMatchObject({
      ok: false,
      error: { code: 'disk' },
    });
  });
});

describe('migrations', () => {
  it('bring an older file up to date and keep what it holds', () => {
    mkdirSync(dirname(file), { recursive: true });
    const db = new DatabaseSync(file);
    const older = ['CREATE TABLE notes (text TEXT) STRICT'];
    expect(migrate(db, older)).toBe('migrated');
    db.exec(`INSERT INTO notes VALUES ('kept')`);
    const newer = [
      ...older,
      'ALTER TABLE notes ADD COLUMN at TEXT',
      'CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT',
    ];
    expect(migrate(db, newer)).toBe('migrated');
    expect(schemaVersion(db)).toBe(3);
    expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept', at: null }]);
    expect(migrate(db, newer)).toBe('current');
    db.close();
  });

  it.each(MIGRATIONS.slice(1).map((_step, at) => at + 1))(
    'bring a file of version %i of this console up to date',
    (version) => {
      fill();
      const full = join(own.folder, 'full.db');
      renameSync(file, full);
      const db = new DatabaseSync(file);
      migrate(db, MIGRATIONS.slice(0, version));
      db.exec(`PRAGMA foreign_keys = OFF; ATTACH '${full}' AS full`);
      const tables = db.prepare(`SELECT name FROM main.sqlite_master WHERE type = 'table'`).all();
      for (const { name } of tables) {
        const columns = db.prepare('SELECT name FROM pragma_table_info(?)').all(String(name));
        const list = columns.map((column) => String(column['name'])).join(', ');
        db.exec(`INSERT INTO main.${String(name)} (${list}) SELECT ${list} FROM full.${String(name)}`);
      }
      db.close();
      const { store, close } = openHere(own.folder);
      expect(aside()).toEqual([]);
      expect(value(store.journalVerify())).toMatchObject({ entries: 20, brokenAt: null });
      expect(value(store.draftsList()).map((each) => each.package)).toEqual(['lab-rules']);
      expect(value(store.hostUpdates('host-7')).parse()).toHaveLength(60);
      close();
    },
  );

  it('do a step whole or not at all', () => {
    const db = new DatabaseSync(':memory:');
    const steps = ['CREATE TABLE one (id INTEGER)', 'CREATE TABLE two (id INTEGER); CREATE TABLE one (id INTEGER)'];
    expect(() => migrate(db, steps)).toThrow(/already exists/);
    if (db.isTransaction) db.exec('ROLLBACK');
    expect(schemaVersion(db)).toBe(1);
    expect(db.prepare(`SELECT name FROM sqlite_master WHERE name = 'two'`).all()).toEqual([]);
    db.close();
  });

  it('leave a file of a later console alone', () => {
    fill();
    const db = new DatabaseSync(file);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    const before = readFileSync(file);
    expect(openDatabase(file, false)).toEqual({ ok: false, error: { code: 'disk', facts: { reason: 'newer' } } });
    expect(openDatabase(file, true)).toEqual({ ok: false, error: { code: 'disk', facts: { reason: 'newer' } } });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(aside()).toEqual([]);
  });
});

describe('a broken file', () => {
  it('loses nothing that no server gives again: each table is rescued, or is filled by reading the server', () => {
    openHere(own.folder).close();
    const db = new DatabaseSync(file);
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
    db.close();
    const filledByReading = [
      'meta',
      'updates',
      'supersedes',
      'spellings',
      'hosts',
      'statuses',
      'host_updates',
      'host_update_details',
      'packages',
      'verifications',
      'host_packages',
      'carriers',
      'failed_tasks',
    ];
    expect(new Set(tables.map(({ name }) => name))).toEqual(new Set([...filledByReading, ...RESCUED_TABLES]));
  });

  it.each([
    [
      'no database at all',
      () => writeFileSync(file, 'this is not a database, but it is long enough to look like one'.repeat(100)),
    ],
    ['an HTML page', () => writeFileSync(file, '<!doctype html><title>captive portal</title>')],
  ])('is set aside and built anew: %s', (_what, make) => {
    make();
    const bytes = readFileSync(file);
    const opened = value(openDatabase(file, false));
    expect(opened.recovered).toMatchObject({ journal: 0, drafts: 0 });
    expect(readFileSync(opened.recovered!.setAside).equals(bytes)).toBe(true);
    expect(opened.db.prepare('SELECT count(*) AS n FROM hosts').get()).toEqual({ n: 0 });
    opened.close();
    expect(value(openDatabase(file, false)).recovered).toBeNull();
    expect(aside().length).toBeGreaterThan(0);
  });

  it('gives what no server gives again to the new one, and the chain holds', () => {
    fill();
    const whole = statSync(file).size;
    // The rows lie at the end of the file, journal and drafts near its beginning.
    truncateSync(file, Math.floor(whole / 8192) * 4096);
    const opened = openDatabase(file, false);
    const { recovered, close } = value(opened);
    close();
    expect(recovered).toMatchObject({ journal: 20, drafts: 1 });
    const { store, close: end } = openHere(own.folder);
    expect(value(store.journalVerify())).toMatchObject({ entries: 20, brokenAt: null });
    expect(value(store.draftsList())).toMatchObject([{ package: 'lab-rules', rules: draft.rules }]);
    expect(value(store.ringSets())).toMatchObject([{ name: 'Desktops', rings: ringSet.rings }]);
    expect(value(store.triageDecided())).toEqual([{ updateId: 'a_1', verdict: 'forbid' }]);
    expect(
      value(
        store.updatesQuery({
          scope: 'reported',
          severities: [],
          products: [],
          classifications: [],
          search: '',
          hideSuperseded: false,
          foldDefinitions: false,
          onServer: null,
          onHosts: [],
        }),
      ).ids,
    ).toEqual([]);
    value(store.journalAppend({ user: 'admin', kind: 'test', facts: {}, reason: 'after' }));
    expect(value(store.journalVerify())).toMatchObject({ entries: 21, brokenAt: null });
    end();
  });

  it('is found out wherever a page was overwritten', () => {
    fill();
    const bytes = readFileSync(file);
    for (let page = 1; page < bytes.length / 4096; page += 7) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xa5, page * 4096, (page + 1) * 4096);
      writeFileSync(file, damaged);
      const opened = value(openDatabase(file, false));
      expect(opened.recovered, `page ${page}`).not.toBeNull();
      opened.close();
    }
  });
});
