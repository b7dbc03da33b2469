import { expect, it } from 'vitest';
import type { DownloadTask } from '../../../contract/schemas/downloads.ts';
import { openFailures } from './failures.ts';

const task = (id: number, url: string, rest: Partial<DownloadTask>): DownloadTask => ({
  id,
  taskId: null,
  kind: 'update',
  status: 'finished',
  message: null,
  url,
  startedOn: '2026-11-01T00:00:00',
  finishedOn: '2026-11-01T00:01:00',
  localFilename: null,
  fileSize: null,
  targetSize: null,
  fileDate: null,
  error: null,
  skipped: false,
  forced: false,
  createdOn: null,
  cause: null,
  updateId: null,
  ...rest,
});

it('counts what failed last, each address once, and not what was fetched since', () => {
  const failed = { status: 'error', error: 'timed out' };
  const found = openFailures([
    task(9, 'http://m/b', { ...failed, updateId: 'b' }),
    task(8, 'http://m/a', { updateId: 'a' }),
    task(7, 'http://m/b', { ...failed, updateId: 'b' }),
    task(6, 'http://m/a', { ...failed, updateId: 'a' }),
    task(5, 'http://m/c', { status: 'pending', finishedOn: null, updateId: 'c' }),
    task(4, 'http://m/c', { ...failed, updateId: 'c' }),
    task(3, 'http://m/b2', { ...failed, updateId: 'b' }),
    task(2, 'http://m/wsusscn2.cab', { ...failed, kind: 'wsusscn2' }),
  ]);
  expect(found.tasks.map((one) => one.id)).toEqual([9, 3, 2]);
  expect(found.updateIds).toEqual(['b']);
  expect(found.hasIndex).toBe(true);
});
