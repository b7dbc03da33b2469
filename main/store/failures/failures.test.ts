import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailureSet } from '../../../domain/failures.ts';
import type { Operations } from '../operations.ts';
import { host, NOW, openHere, row, temporaryFolder, update, value } from '../testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let store: Operations;
let close: () => void;

const entry = (resultCode: string) => ({
  date: '2026-11-19T10:00:00',
  operation: 'Installation',
  resultCode,
  categories: null,
  applicationId: null,
  title: null,
  description: null,
});
const failed = (uuid: string, n: number, ...codes: readonly string[]) =>
  row(uuid, n, { status: 'ERROR', history: codes.map(entry) });
const limit = { staleDays: 14, now: NOW };
const board = (by: 'code' | 'update' | 'group', within: FailureSet = {}) =>
  value(store.failuresBoard({ by, within, ...limit }));
const apply = (uuid: string, rows: readonly ReturnType<typeof row>[]) =>
  value(store.applyHostRows({ uuid, mark: null, updates: [], rows, readAt: '2026-11-20T12:00:00Z' }));

beforeEach(() => {
  own = temporaryFolder();
  ({ store, close } = openHere(own.folder));
  const said = { status: 'ERROR', last_scan_date: '2026-11-20T11:00:00' };
  value(
    store.applyHosts({
      hosts: [
        host('a', {
          groups: ['desktops', 'pilot'],
          wuaStatus: { ...said, last_error: 'Installation failed: 0x80240022' },
        }),
        host('b', { groups: ['desktops'], wuaStatus: { ...said, status: 'DISK_SPACE_ERROR', last_error: null } }),
        host('c', { wuaStatus: { ...said, last_scan_date: '2026-10-01T11:00:00' } }),
        host('d', { wuaStatus: { ...said, last_error: 'No route to host' } }),
        host('e'),
        host('l', { platform: 'Linux', wuaStatus: { ...said, last_error: '0x80070005' } }),
        host('odd', {
          groups: ['desktops'],
          wuaStatus: { ...said, status: 'OK', last_error: ['x'], last_install_batch: 7 },
        }),
      ],
      isComplete: true,
    }),
  );
  value(store.applyUpdates({ updates: [update(1), update(2), update(3)], run: 1 }));
  apply('a', [failed('a', 1, 'Succeeded', '-2145124318'), failed('a', 2, '0x80070070')]);
  apply('b', [failed('b', 1, '0x80240022'), row('b', 3)]);
  apply('c', [failed('c', 1, 'Failed')]);
  apply('e', [row('e', 1, { status: 'OK', installed: true, history: [entry('0x80240022'), entry('Succeeded')] })]);
});
afterEach(() => {
  close();
  own.remove();
});

describe('the board', () => {
  it('groups what failed by code, however it was spelt, and what hosts say beside', () => {
    expect(board('code').groups.map(({ key, hosts, stale, updates }) => [key, hosts, stale, updates])).toEqual([
      ['0x80240022', 2, 0, 1],
      ['0x80070070', 1, 0, 1],
      ['DISK_SPACE_ERROR', 1, 0, 0],
      ['No route to host', 1, 0, 0],
      ['', 0, 1, 1],
    ]);
    expect(board('code').total).toMatchObject({ hosts: 3, stale: 1, updates: 2 });
    expect(board('code').disk).toMatchObject({ hosts: 2, stale: 0 });
  });

  it('groups by update and by group of hosts, and within a set', () => {
    expect(board('update', { code: '0x80240022' }).groups).toMatchObject([
      { key: update(1).updateId, title: 'Update 1', kbids: ['5000001'], hosts: 2, stale: 0 },
    ]);
    expect(board('group').groups.map(({ key, hosts, stale }) => [key, hosts, stale])).toEqual([
      ['desktops', 2, 0],
      [null, 1, 1],
      ['pilot', 1, 0],
    ]);
    expect(board('code', { group: 'pilot' }).total).toMatchObject({ hosts: 1, updates: 2 });
    expect(board('code', { disk: true }).total.hosts).toBe(2);
  });

  it('opens exactly what it counts', () => {
    for (const by of ['code', 'update', 'group'] as const) {
      for (const group of board(by).groups) {
        const set =
          by === 'code' ? { code: group.key ?? '' } : by === 'update' ? { updateId: group.key } : { group: group.key };
        for (const stale of [false, true]) {
          const found = value(store.fleetBehind({ where: { kind: 'failure', ...set, stale }, ...limit }));
          expect(found.uuids, JSON.stringify(set)).toHaveLength(stale ? group.stale : group.hosts);
        }
      }
    }
  });

  it('takes a failed task until one does not fail', () => {
    value(store.noteTaskEnd({ uuid: 'e', message: '1 updates failed, 0x80070005', at: '2026-11-21T09:00:00' }));
    expect(board('code', { code: '0x80070005' }).groups).toMatchObject([{ hosts: 1, sources: { task: 1 } }]);
    value(store.noteTaskEnd({ uuid: 'a', message: 'failed, 0x80240022', at: null }));
    expect(board('code', { code: '0x80240022' }).groups).toMatchObject([{ hosts: 2, sources: { history: 2 } }]);
    value(store.noteTaskEnd({ uuid: 'e', message: null, at: null }));
    expect(board('code', { code: '0x80070005' }).groups).toEqual([]);
  });
});

describe('what is known to be bad', () => {
  const id = update(1).updateId;

  it('is kept with its note, and who would get it next is counted', () => {
    value(store.knownBadMark({ updateIds: [id, 'gone_1'], note: 'Breaks printing', by: 'admin' }));
    expect(value(store.knownBadList())).toMatchObject([
      { updateId: id, note: 'Breaks printing', markedBy: 'admin', title: 'Update 1', installed: 1, open: 3 },
      { updateId: 'gone_1', title: null, installed: 0, open: 0 },
    ]);
    expect(value(store.knownBadOn(['a', 'b', 'e']))).toEqual([
      { updateId: id, title: 'Update 1', note: 'Breaks printing', hosts: 2 },
    ]);
    expect(value(store.knownBadOn(['d', 'e']))).toEqual([]);
    const next = value(store.fleetBehind({ where: { kind: 'known-bad', updateId: id }, ...limit }));
    expect(next.uuids).toEqual(['a', 'b', 'c']);
    value(store.knownBadUnmark([id]));
    expect(value(store.knownBadList()).map(({ updateId }) => updateId)).toEqual(['gone_1']);
  });

  it('filters the list of updates from then on', () => {
    const filter = {
      scope: 'reported' as const,
      severities: [],
      products: [],
      classifications: [],
      search: '',
      hideSuperseded: false,
      foldDefinitions: false,
      onServer: null,
      onHosts: [],
      knownBad: true,
    };
    expect(value(store.updatesQuery(filter)).ids).toEqual([]);
    value(store.knownBadMark({ updateIds: [id], note: '', by: '' }));
    expect(value(store.updatesQuery(filter)).ids).toEqual([id]);
    expect(value(store.updatesQuery({ ...filter, knownBad: false })).ids.length).toBe(3);
  });
});
