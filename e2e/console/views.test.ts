import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Request } from '../../contract/calls.ts';
import type { SavedView } from '../../contract/schemas/views.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, testConsole, testLab } from './harness.ts';

let lab: Lab;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ hosts: 3, schedules: false });
  bench = await testConsole(lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

const column = { colId: 'name', hide: false, flex: null, width: 120, sort: 'asc', sortIndex: 0, pinned: null } as const;
const shared = { grid: 'hosts', name: 'Pilots', columns: [column], filter: { quick: ['stale'], search: '' } };
const file = { format: 'waptwua-views', version: 1, views: [shared] } as const;
const kept = async (): Promise<readonly SavedView[]> => (await bench.need('settings.get', {})).views;

it('takes views of others under names that are free, and opens no list with them unasked', async () => {
  const view: SavedView = { ...shared, columns: [column], id: 'mine', isDefault: true };
  await bench.need('settings.set', { views: [view] });
  const [taken] = await bench.need('views.import', { file });
  expect(taken).toMatchObject({ ...shared, name: 'Pilots (2)', isDefault: false });
  expect(await kept()).toEqual([view, taken]);
  expect((await bench.need('views.import', { file }))[0]?.name).toBe('Pilots (3)');
});

it('gives views as a file that another console takes', async () => {
  const ids = (await kept()).map(({ id }) => id);
  const answer = await bench.need('views.export', { viewIds: ids });
  expect(answer).toMatchObject({ kind: 'download', name: 'waptwua-views.json' });
  const names = readdirSync(bench.data, { recursive: true, encoding: 'utf8' });
  const written: unknown = JSON.parse(
    readFileSync(join(bench.data, names.find((name) => name.endsWith('.part')) ?? ''), 'utf8'),
  );
  expect(written).toMatchObject({ format: 'waptwua-views', views: [shared, { name: 'Pilots (2)' }, {}] });
  const taken = await bench.need('views.import', { file: written as Request<'views.import'>['file'] });
  expect(taken).toHaveLength(3);
  expect(await bench.ask('views.export', { viewIds: ['none'] })).toMatchObject({ error: { code: 'not-found' } });
});

it.each<[string, unknown]>([
  ['no views', { ...file, views: [] }],
  ['another format', { ...file, format: 'something' }],
  ['a later version', { ...file, version: 2 }],
  ['keys of its own', { ...file, script: 'x' }],
  ['a view without a name', { ...file, views: [{ ...shared, name: ' ' }] }],
  ['a column that is none', { ...file, views: [{ ...shared, columns: [{ ...column, sort: 'random' }] }] }],
  ['a filter beyond all bounds', { ...file, views: [{ ...shared, filter: { search: 'x'.repeat(30_000) } }] }],
  ['more views than a file may hold', { ...file, views: Array.from({ length: 101 }, () => shared) }],
  ['a text', 'views'],
])('refuses a file with %s, and keeps what there was', async (_what, wrong) => {
  const before = await kept();
  const answer = await bench.ask('views.import', { file: wrong as Request<'views.import'>['file'] });
  expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  expect(await kept()).toEqual(before);
});

it('keeps no more than it can', async () => {
  const many = Array.from(
    { length: 199 },
    (_, i): SavedView => ({
      ...shared,
      columns: [column],
      id: `v${i}`,
      name: `v${i}`,
      isDefault: false,
    }),
  );
  await bench.need('settings.set', { views: many });
  await bench.need('views.import', { file });
  expect(await bench.ask('views.import', { file })).toMatchObject({ ok: false, error: { code: 'too-large' } });
});
