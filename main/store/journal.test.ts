import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHere, temporaryFolder, value } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let here: ReturnType<typeof openHere>;

beforeEach(() => {
  own = temporaryFolder();
  here = openHere(own.folder);
});
afterEach(() => {
  here.close();
  own.remove();
});

/** Somebody with the file and a database tool. */
function forge(sql: string): void {
  const db = new DatabaseSync(join(own.folder, 'store.db'));
  db.exec(`DROP TRIGGER IF EXISTS journal_is_never_changed; DROP TRIGGER IF EXISTS journal_is_never_cut; ${sql}`);
  db.close();
}

const note = (n: number) => ({ user: 'admin', kind: 'packages.publish', facts: { n }, reason: `reason ${n}` });

describe('the journal', () => {
  it('chains whatever is noted, and gives it back newest first', () => {
    const notes = fc.array(
      fc.record({
        user: fc.string(),
        kind: fc.string(),
        reason: fc.string(),
        facts: fc.dictionary(fc.string(), fc.jsonValue()),
      }),
      { minLength: 1, maxLength: 8 },
    );
    let before = 0;
    fc.assert(
      fc.property(notes, (given) => {
        const made = given.map((each) => value(here.store.journalAppend(each)));
        expect(value(here.store.journalList(given.length))).toEqual(made.toReversed());
        expect(made.map(({ facts }) => facts)).toEqual(
          given.map(({ facts }) => JSON.parse(JSON.stringify(facts)) as unknown),
        );
        before += given.length;
        expect(value(here.store.journalVerify())).toEqual({
          entries: before,
          brokenAt: null,
          seals: 0,
          brokenSeal: null,
        });
      }),
      { numRuns: 30 },
    );
    expect(value(here.store.journalHead())?.id).toBe(before);
  });

  it.each([
    ['a changed reason', `UPDATE journal SET reason = 'other' WHERE id = 3`, 3],
    ['changed facts', `UPDATE journal SET facts = '{}' WHERE id = 1`, 1],
    ['another user', `UPDATE journal SET user = 'eve' WHERE id = 5`, 5],
    ['another time', `UPDATE journal SET at = '2020-01-01' WHERE id = 2`, 2],
    ['a line that is gone', `DELETE FROM journal WHERE id = 3`, 4],
    ['a first line that is gone', `DELETE FROM journal WHERE id = 1`, 2],
    [
      'two lines that changed places',
      `UPDATE journal SET id = 99 WHERE id = 2; UPDATE journal SET id = 2 WHERE id = 3; UPDATE journal SET id = 3 WHERE id = 99`,
      2,
    ],
  ])('shows %s', (_what, sql, brokenAt) => {
    for (let n = 0; n < 5; n++) here.store.journalAppend(note(n));
    forge(sql);
    expect(value(here.store.journalVerify()).brokenAt).toBe(brokenAt);
  });

  it('shows by a seal that its end was cut off, or that all of it was written anew', () => {
    for (let n = 0; n < 3; n++) here.store.journalAppend(note(n));
    const head = value(here.store.journalHead());
    expect(head).not.toBeNull();
    value(here.store.journalSeal({ ...head!, signature: 'c2lnbmVk', fingerprint: 'ab'.repeat(32) }));
    expect(value(here.store.journalVerify())).toMatchObject({ seals: 1, brokenSeal: null });
    expect(value(here.store.journalSeals())).toEqual([
      { ...head, signature: 'c2lnbmVk', fingerprint: 'ab'.repeat(32), at: expect.any(String) },
    ]);
    forge('DELETE FROM journal WHERE id = 3');
    expect(value(here.store.journalVerify())).toMatchObject({ brokenAt: null, brokenSeal: 3 });
    here.store.journalAppend(note(9));
    expect(value(here.store.journalVerify())).toMatchObject({ brokenAt: null, brokenSeal: 3 });
  });

  it('can be neither changed nor cut by the console itself', () => {
    here.store.journalAppend(note(1));
    const db = new DatabaseSync(join(own.folder, 'store.db'));
    expect(() => db.exec(`UPDATE journal SET reason = ''`)).toThrow(/append-only/);
    expect(() => db.exec('DELETE FROM journal')).toThrow(/append-only/);
    db.close();
  });
});
