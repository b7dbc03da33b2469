import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { day, isoMicroseconds, isoSeconds, minute, second } from '../clock.ts';
import { indexUrl } from '../origin/origin.ts';
import { type Downloads, fileNameOf } from './downloads.ts';
import type { DownloadTask } from './records.ts';
import type { Store } from './store.ts';

/** Writes the history of the days before the lab began: index checks, downloads, and some that failed. */
export function writePastTasks(store: Store, downloads: Downloads, created: number, index: number): void {
  const make = (kind: string, url: string, at: number, change: Partial<DownloadTask>): void => {
    const id = store.nextId('tasks');
    const done: DownloadTask = {
      id,
      task_id: randomUUID(),
      kind,
      url,
      target_size: null,
      local_filename: join('/var/www/waptwua', fileNameOf(url)),
      file_date: null,
      file_size: null,
      status: 'finished',
      started_on: isoMicroseconds(at),
      finished_on: isoMicroseconds(at + 95 * second),
      msg: 'OK',
      forced: false,
      skipped: false,
      error: null,
      created_on: isoMicroseconds(at),
      updated_on: isoMicroseconds(at + 95 * second),
      created_by: null,
      updated_by: null,
      ...change,
    };
    store.tasks.set(String(id), done);
  };
  const state = downloads.index();
  const size = { target_size: state?.size ?? null, file_size: state?.size ?? null, file_date: isoSeconds(index) };
  make('wsusscn2', indexUrl, index + 2 * day, { ...size, skipped: true, msg: 'Index is up to date' });
  make('wsusscn2', indexUrl, index + 3 * minute, { ...size, msg: 'newer available' });
  for (let back = 4; back >= 1; back -= 1) {
    make('wsusscn2', indexUrl, created - back * day + 3 * minute, {
      status: 'error',
      msg: 'Error while downloading',
      error: `HTTPConnectionPool(host='download.windowsupdate.com', port=80): Max retries exceeded with url: /microsoftupdate/v6/wsusscan/wsusscn2.cab (Caused by ProxyError('Cannot connect to proxy.', NewConnectionError('Connection refused')))`,
    });
  }
  const [some, others] = [
    store.updates.values().filter((one) => one.downloaded_on !== null),
    store.updates.values().filter((one) => one.downloaded_on === null),
  ];
  some.slice(-8).forEach((update, place) => {
    for (const url of update.download_urls ?? []) {
      const file = statSync(join(downloads.directory, fileNameOf(url)), { throwIfNoEntry: false });
      make('update', url, created - 5 * day + place * minute, {
        target_size: file?.size ?? null,
        file_size: file?.size ?? null,
      });
    }
  });
  others.slice(-3).forEach((update, place) => {
    const url = update.download_urls?.[0];
    if (url === undefined) return;
    const error =
      place === 0
        ? `404 Client Error: Not Found for url: ${url}`
        : "HTTPConnectionPool(host='download.windowsupdate.com', port=80): Read timed out. (read timeout=60)";
    make('update', url, created - day + place * minute, {
      status: 'error',
      msg: 'Error while downloading',
      error,
      file_size: 0,
    });
  });
}
