import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostUpdateRow } from '../../contract/schemas/hosts.ts';
import type { UpdateList } from '../../contract/schemas/updates.ts';
import { defaultFilter, indexUpdates } from '../../domain/catalogue.ts';
import { filterUpdates } from '../../domain/catalogue-filter.ts';
import { type HostUpdate, isNeeded, rowState, type Update, type UpdateRow } from '../../domain/update.ts';
import { guid, host, NOW, openHere, parsed, row, temporaryFolder, update, value } from './testing.ts';

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

const readAt = '2026-11-21T10:00:00Z';
const list = (): UpdateList => parsed<UpdateList>(here.store.updatesList({ staleDays: 14, now: NOW }));
const rowOf = (n: number): UpdateRow | undefined => list().rows.find((each) => each.updateId === `${guid(n)}_200`);
const report = (uuid: string, updates: readonly Update[], rows: readonly HostUpdate[]): boolean =>
  value(here.store.applyHostRows({ uuid, mark: null, updates, rows, readAt })).changed;
const hosts = (...uuids: string[]): void => {
  value(here.store.applyHosts({ hosts: uuids.map((uuid) => host(uuid)), isComplete: true }));
};

describe('the update list', () => {
  it('counts hosts by state as a plain count over the rows does', () => {
    const uuids = Array.from({ length: 30 }, (_each, n) => `h${n}`);
    hosts(...uuids);
    const updates = Array.from({ length: 40 }, (_each, n) =>
      update(n, { downloadedOn: n % 3 === 0 ? '2026-11-01' : null }),
    );
    const statuses = ['OK', 'PENDING', 'MISSING', 'DISCARDED', 'ERROR', 'SUPERSEDED', 'SOMETHING NEW', null];
    const reported: HostUpdate[] = [];
    uuids.forEach((uuid, h) => {
      const rows = updates.flatMap((_update, n) =>
        (h + n) % 4 === 0
          ? []
          : [
              row(uuid, n, {
                status: statuses[(h * 7 + n * 3) % 8] ?? null,
                allowed: n % 5 === 0,
                delayed: (h + n) % 9 === 0,
              }),
            ],
      );
      reported.push(...rows);
      report(uuid, updates, rows);
    });
    for (const shown of list().rows) {
      const states = reported
        .filter((each) => each.updateId === shown.updateId)
        .map((each) => rowState(each, shown.downloadedOn !== null));
      const count = (state: string): number => states.filter((each) => each === state).length;
      expect(shown.hosts).toEqual({
        reported: states.length,
        needed: states.filter(isNeeded).length,
        pending: count('pending'),
        missing: count('missing'),
        failed: count('failed'),
        heldBack: count('held-back'),
        forbidden: count('forbidden'),
        done: count('done'),
        superseded: count('superseded'),
      });
    }
  });

  it('holds what hosts report or the server lists, and nothing else', () => {
    hosts('a', 'b');
    report('a', [update(1), update(2)], [row('a', 1)]);
    expect(list().rows.map((each) => each.title)).toEqual(['Update 1']);
    value(here.store.applyUpdates({ updates: [update(2), update(3)], run: 1 }));
    value(here.store.finishUpdates(1));
    expect(list().rows.map((each) => each.title)).toEqual(['Update 1', 'Update 2', 'Update 3']);
    value(here.store.applyUpdates({ updates: [update(3)], run: 2 }));
    value(here.store.finishUpdates(2));
    expect(list().rows.map((each) => each.title)).toEqual(['Update 1', 'Update 3']);
    hosts('b');
    expect(list().rows.map((each) => each.title)).toEqual(['Update 3']);
    expect(parsed<readonly Update[]>(here.store.updatesAll()).length).toBe(3);
  });

  it('says what another reported update replaces, whatever revision and case', () => {
    hosts('a');
    const newer = update(10, { supersededUpdateIds: [guid(11).toUpperCase(), guid(12), guid(10)] });
    report('a', [newer, update(11), update(12)], [row('a', 11), row('a', 12)]);
    expect(list().rows.map((each) => [each.title, each.isSuperseded])).toEqual([
      ['Update 11', false],
      ['Update 12', false],
    ]);
    report('a', [], [row('a', 10), row('a', 11), row('a', 12)]);
    expect(list().rows.map((each) => [each.title, each.isSuperseded])).toEqual([
      ['Update 10', false],
      ['Update 11', true],
      ['Update 12', true],
    ]);
    const detail = value(here.store.updateDetail(`${guid(11)}_200`));
    expect(detail.supersededBy).toMatchObject([
      { updateId: `${guid(10)}_200`, title: 'Update 10', kbids: ['5000010'], distance: 1, isListed: true },
    ]);
    expect(value(here.store.updateDetail(`${guid(10)}_200`)).supersedes.map((each) => each.title)).toEqual([
      'Update 11',
      'Update 12',
    ]);
    report('a', [update(10, { supersededUpdateIds: [guid(12)] })], [row('a', 10), row('a', 11), row('a', 12)]);
    expect(rowOf(11)?.isSuperseded).toBe(false);
  });

  it('gives chains in both directions, nearest first, with what nobody described at the end', () => {
    hosts('a');
    const updates = [
      update(1, { changetime: '2026-08-11' }),
      update(2, { changetime: '2026-09-08', supersededUpdateIds: [guid(1), guid(99)] }),
      update(3, { changetime: '2026-10-13', supersededUpdateIds: [guid(2)], downloadedOn: '2026-10-14' }),
      update(4, { changetime: '2026-11-10', supersededUpdateIds: [guid(3), guid(98), guid(99)] }),
    ];
    report('a', updates, [row('a', 2), row('a', 4)]);
    const newest = value(here.store.updateDetail(`${guid(4)}_200`));
    expect(newest.supersededBy).toEqual([]);
    expect(newest.supersedes.map((each) => [each.title ?? each.updateId, each.distance, each.isListed])).toEqual([
      ['Update 3', 1, false],
      [guid(98), 1, false],
      [guid(99), 1, false],
      ['Update 2', 2, true],
      ['Update 1', 3, false],
    ]);
    expect(newest.supersedes[0]).toMatchObject({ onServer: true, isSuperseded: true, hosts: { reported: 0 } });
    const oldest = value(here.store.updateDetail(`${guid(1)}_200`));
    expect(oldest.supersedes).toEqual([]);
    expect(oldest.supersededBy.map((each) => [each.title, each.distance])).toEqual([
      ['Update 2', 1],
      ['Update 3', 2],
      ['Update 4', 3],
    ]);
    // Update 3 stands between and is reported by nobody: update 2 is superseded all the same.
    expect(rowOf(2)?.isSuperseded).toBe(true);
    expect(value(here.store.updatesQuery(defaultFilter))).toMatchObject({
      ids: [`${guid(4)}_200`],
      hiddenSuperseded: 1,
    });
  });

  it('turns missing into pending when the files come, and back', () => {
    hosts('a', 'b');
    report('a', [update(1)], [row('a', 1)]);
    report('b', [], [row('b', 1, { status: 'MISSING' })]);
    expect(rowOf(1)?.hosts).toMatchObject({ pending: 0, missing: 2 });
    expect(
      value(
        here.store.setDownloaded({ updateIds: [`${guid(1)}_200`, 'unknown'], downloadedOn: '2026-11-21T09:00:00' }),
      ),
    ).toBe(1);
    expect(rowOf(1)).toMatchObject({ downloadedOn: '2026-11-21T09:00:00', hosts: { pending: 1, missing: 1 } });
    expect(value(here.store.updateHosts(`${guid(1)}_200`)).map((each) => each.state)).toEqual(['pending', 'missing']);
    value(here.store.setDownloaded({ updateIds: [`${guid(1)}_200`], downloadedOn: null }));
    expect(rowOf(1)?.hosts).toMatchObject({ pending: 0, missing: 2 });
  });

  it("believes the server's list about files where there is one, and the rows where there is none", () => {
    hosts('a');
    report('a', [update(1, { downloadedOn: '2026-11-20' })], [row('a', 1)]);
    expect(rowOf(1)?.downloadedOn).toBe('2026-11-20');
    report('a', [update(1)], [row('a', 1)]);
    expect(rowOf(1)?.downloadedOn).toBeNull();
    value(here.store.applyUpdates({ updates: [update(1, { downloadedOn: '2026-11-21' })], run: 1 }));
    report('a', [update(1)], [row('a', 1)]);
    expect(rowOf(1)?.downloadedOn).toBe('2026-11-21');
    value(here.store.applyUpdates({ updates: [update(1)], run: 2 }));
    expect(rowOf(1)?.downloadedOn).toBeNull();
  });

  it('shows a row whose update nobody described, and its words when they come', () => {
    hosts('a');
    report('a', [], [row('a', 7)]);
    expect(rowOf(7)).toMatchObject({ title: '', kbids: [], product: null, hosts: { reported: 1 } });
    report('a', [update(7)], [row('a', 7)]);
    expect(rowOf(7)).toMatchObject({ title: 'Update 7', product: 'Windows 11' });
  });

  it('cuts long texts, and gives them whole with the update', () => {
    hosts('a');
    const notes = 'Install this update to resolve issues in Windows. '.repeat(40);
    report('a', [update(1, { releaseNotes: notes })], [row('a', 1)]);
    expect(rowOf(1)?.releaseNotes).toBe(`${notes.slice(0, 400)}…`);
    expect(value(here.store.updateDetail(`${guid(1)}_200`)).update.releaseNotes).toBe(notes);
    expect(parsed<readonly HostUpdateRow[]>(here.store.hostUpdates('a'))[0]?.update.releaseNotes).toBe(notes);
    expect(parsed<readonly Update[]>(here.store.updatesAll())).toEqual([update(1, { releaseNotes: notes })]);
    expect(value(here.store.updatesById(['unknown', `${guid(1)}_200`]))).toEqual([update(1, { releaseNotes: notes })]);
  });

  it('bears 10,000 updates with nothing but an id, and texts of every kind', () => {
    hosts('a');
    const odd = [
      '<script>alert(1)</script>',
      '\u202Eevil\u202C',
      'עדכון אבטחה ‏(KB1)',
      'NUL \0 here',
      '"},{"',
      '\\u0000',
      '🛡️',
      'a'.repeat(5_000),
    ];
    const nothing = Array.from({ length: 10_000 }, (_each, n) => ({
      ...update(n),
      title: odd[n] ?? '',
      kbids: [],
      product: null,
      classification: null,
      severity: null,
    }));
    report(
      'a',
      nothing,
      nothing.map((_each, n) =>
        row('a', n, { status: n % 2 === 0 ? null : 'UNHEARD OF', allowed: null, installed: null }),
      ),
    );
    const { rows } = list();
    expect(rows.length).toBe(10_000);
    expect(rows.slice(0, odd.length).map((each) => each.title)).toEqual(odd);
    expect(rows.every((each) => each.hosts.needed === 1)).toBe(true);
    const answer = value(here.store.updatesQuery({ ...defaultFilter, search: '<SCRIPT>' }));
    expect(answer.ids).toEqual([`${guid(0)}_200`]);
    expect(answer.inScope).toBe(10_000);
    expect(parsed<readonly HostUpdateRow[]>(here.store.hostUpdates('a'))[1]).toMatchObject({
      state: 'unknown',
      status: 'UNHEARD OF',
      allowed: null,
    });
  });

  it('answers not-found for what it does not know', () => {
    expect(here.store.updateDetail('x')).toEqual({ ok: false, error: { code: 'not-found' } });
    expect(here.store.updateHosts('x')).toEqual({ ok: false, error: { code: 'not-found' } });
    expect(here.store.hostUpdates('x')).toEqual({ ok: false, error: { code: 'not-found' } });
  });

  it('keeps the updates of a host that is gone: they are not told again', () => {
    hosts('a');
    expect(
      here.store.applyHostRows({ uuid: 'gone', mark: null, updates: [update(1)], rows: [row('gone', 1)], readAt }),
    ).toEqual({
      ok: false,
      error: { code: 'not-found' },
    });
    report('a', [], [row('a', 1)]);
    expect(rowOf(1)?.title).toBe('Update 1');
  });
});

describe('the filter', () => {
  it('answers after every change as on the list itself', () => {
    const same = (): void => {
      for (const filter of [
        defaultFilter,
        { ...defaultFilter, scope: 'reported' as const },
        { ...defaultFilter, scope: 'reported' as const, hideSuperseded: true, onServer: true },
        { ...defaultFilter, search: 'kb5000001' },
      ]) {
        expect(value(here.store.updatesQuery(filter))).toEqual(filterUpdates(indexUpdates(list().rows), filter));
      }
    };
    same();
    hosts('a', 'b');
    report('a', [update(1), update(2, { supersededUpdateIds: [guid(1)] })], [row('a', 1), row('a', 2)]);
    same();
    report('a', [], [row('a', 1, { installed: true, status: 'OK' }), row('a', 2)]);
    same();
    value(here.store.setDownloaded({ updateIds: [`${guid(1)}_200`], downloadedOn: '2026-11-01' }));
    same();
    report('b', [update(3, { title: 'Other' })], [row('b', 3)]);
    same();
    hosts('b');
    same();
  });

  it('keeps every spelling that was ever reported for an entry', () => {
    hosts('a', 'b');
    report('a', [update(1)], [row('a', 1)]);
    report('b', [update(1, { classification: 'Mises à jour de la sécurité', severity: 'Critique' })], [row('b', 1)]);
    report('a', [update(1, { classification: 'SecurityUpdates' })], [row('a', 1)]);
    const answer = value(here.store.updatesQuery(defaultFilter));
    expect(answer.classifications).toEqual([
      {
        key: 'Security Updates',
        names: ['Mises à jour de la sécurité', 'Security Updates', 'SecurityUpdates'],
        count: 1,
      },
    ]);
    expect(answer.severities).toEqual([{ key: 'Critical', names: ['Critical', 'Critique'], count: 1 }]);
  });

  it('forgets what it computed upon a write that failed', () => {
    hosts('a');
    report('a', [update(1)], [row('a', 1)]);
    value(here.store.updatesQuery(defaultFilter));
    const bad = [update(2), { ...update(3), updateId: null as unknown as string }];
    expect(() => here.store.applyUpdates({ updates: bad, run: 5 })).toThrow(/null/i);
    expect(list().rows.length).toBe(1);
    expect(value(here.store.updatesQuery({ ...defaultFilter, scope: 'reported' })).ids).toEqual([`${guid(1)}_200`]);
  });
});

describe('rows', () => {
  it('are replaced a host at a time', () => {
    hosts('a', 'b');
    report('a', [update(1), update(2)], [row('a', 1), row('a', 2)]);
    report('b', [], [row('b', 1)]);
    expect(rowOf(1)?.hosts.reported).toBe(2);
    report('a', [], [row('a', 2)]);
    expect(rowOf(1)?.hosts.reported).toBe(1);
    expect(rowOf(2)?.hosts.reported).toBe(1);
  });

  it('say whether anything changed', () => {
    hosts('a');
    const history = [
      {
        date: '2026-11-01',
        operation: 'Installation',
        resultCode: '0x80070643',
        categories: null,
        applicationId: null,
        title: null,
        description: null,
      },
    ];
    const rows = [row('a', 1), row('a', 2, { installDate: '2026-11-02', installed: true, status: 'OK' })];
    expect(report('a', [update(1), update(2)], rows)).toBe(true);
    expect(report('a', [update(1), update(2)], rows)).toBe(false);
    expect(report('a', [], [row('a', 1, { history }), rows[1]!])).toBe(true);
    expect(value(here.store.updateHosts(`${guid(1)}_200`))).toMatchObject([
      { state: 'failed', lastResult: '0x80070643' },
    ]);
    expect(report('a', [], [row('a', 1, { downloaded: true }), rows[1]!])).toBe(true);
    expect(
      parsed<readonly HostUpdateRow[]>(here.store.hostUpdates('a')).find((each) => each.update.title === 'Update 1'),
    ).toMatchObject({
      downloaded: true,
      history: [],
      installDate: null,
    });
  });

  it('of one update named twice by a host count once', () => {
    hosts('a');
    report('a', [update(1)], [row('a', 1), row('a', 1, { installed: true, status: 'OK' })]);
    expect(rowOf(1)?.hosts).toMatchObject({ reported: 1, done: 1 });
  });
});
