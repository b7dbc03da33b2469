import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, day, isoSeconds, minute, second } from '../clock.ts';
import { indexUrl } from '../origin/origin.ts';
import { type FetchOptions, fetchFile, headModified } from './fetch-file.ts';
import type { DownloadTask, UpdateRecord } from './records.ts';
import type { Store } from './store.ts';

const concurrency = 2;

/** The last segment of an address: the name under which the file lies in `waptwua` (protocol 4.5). */
export const fileNameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** Date and size of the index on the server, or null where there is none. */
export type IndexState = {
  readonly modified: number;
  readonly size: number;
  readonly partial: { readonly modified: number; readonly size: number } | null;
};

/** The server's own work: the index, the files of updates, and the record of both. */
export type Downloads = {
  readonly directory: string;
  readonly has: (name: string) => boolean;
  /** Grows by one with each file of an update that arrives. */
  readonly generation: () => number;
  /** Names of all files that are there. */
  readonly names: () => readonly string[];
  /** Looks into the folder again. */
  readonly lookAgain: () => void;
  readonly index: () => IndexState | null;
  /** Starts (or finds running) the download of the index; with `missing`, of the files that hosts need after it. */
  readonly requestIndex: (options: {
    readonly force: boolean;
    readonly missing: boolean;
    readonly by: string | null;
  }) => DownloadTask;
  /** Downloads the files of updates; a file that is there already gives a skipped record. */
  readonly requestUpdates: (ids: readonly string[], by: string | null) => readonly DownloadTask[];
  /** Deletes the files of updates. */
  readonly deleteUpdates: (ids: readonly string[]) => { readonly deleted: readonly string[]; readonly freed: number };
  /** Sets `downloaded_on` where all files of an update are there, and clears it where one is not. */
  readonly refreshPresence: () => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Makes the proxy of the server refuse connections, as a wrong setting does. */
  readonly breakProxy: (broken: boolean) => void;
};

const live = (task: DownloadTask): boolean => ['pending', 'downloading', 'checking'].includes(task.status);

/** Opens the folder `waptwua` and takes up what an earlier run left undone. */
export function openDownloads(store: Store, clock: Clock, directory: string, originPort: () => number): Downloads {
  mkdirSync(directory, { recursive: true });
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const queue: number[] = [];
  const missingAfter = new Set<number>();
  let timers: NodeJS.Timeout[] = [];
  let proxyBroken = false;

  const names = new Set(readdirSync(directory));
  let generation = 0;
  const has = (name: string): boolean => names.has(name);
  const task = (id: number): DownloadTask | undefined => store.tasks.get(String(id));
  const patch = (id: number, change: Partial<DownloadTask>): void => {
    const known = task(id);
    if (known !== undefined) store.tasks.set(String(id), { ...known, ...change, updated_on: clock.utcStamp() });
  };

  const record = (kind: string, url: string, forced: boolean, by: string | null): DownloadTask => {
    const id = store.nextId('tasks');
    const stamp = clock.utcStamp();
    const made: DownloadTask = {
      id,
      task_id: randomUUID(),
      kind,
      url,
      target_size: null,
      local_filename: join('/var/www/waptwua', fileNameOf(url)),
      file_date: null,
      file_size: null,
      status: 'pending',
      started_on: null,
      finished_on: null,
      msg: '',
      forced,
      skipped: false,
      error: null,
      created_on: stamp,
      updated_on: stamp,
      created_by: by,
      updated_by: null,
    };
    store.tasks.set(String(id), made);
    return made;
  };

  const refreshPresence = (): void =>
    store.database.transaction(() => {
      for (const update of store.updates.values()) {
        const urls = update.download_urls ?? [];
        const whole = urls.length > 0 && urls.every((url) => has(fileNameOf(url)));
        if (whole === (update.downloaded_on !== null)) continue;
        const stamp = clock.utcStamp();
        store.updates.set(update.update_id, { ...update, downloaded_on: whole ? stamp : null, updated_on: stamp });
      }
    });

  const indexPath = join(directory, 'wsusscn2.cab');
  const stateOf = (path: string): { readonly modified: number; readonly size: number } | null => {
    const file = statSync(path, { throwIfNoEntry: false });
    return file === undefined ? null : { modified: file.mtimeMs, size: file.size };
  };

  const neededUrls = (): string[] => {
    const ids = new Set(store.needed.values().flat());
    return [...ids].flatMap((id) => store.updates.get(id)?.download_urls ?? []).filter((url) => !has(fileNameOf(url)));
  };

  const enqueue = (id: number): void => {
    queue.push(id);
    pump();
  };

  const requestUrl = (url: string, by: string | null): DownloadTask => {
    const underWay = store.tasks.values().find((one) => one.url === url && live(one));
    if (underWay !== undefined) return underWay;
    const made = record('update', url, false, by);
    if (has(fileNameOf(url))) {
      const file = stateOf(join(directory, fileNameOf(url)));
      const stamp = clock.utcStamp();
      patch(made.id, {
        status: 'finished',
        skipped: true,
        msg: 'File already present',
        started_on: stamp,
        finished_on: stamp,
        file_size: file?.size ?? null,
        target_size: file?.size ?? null,
      });
    } else enqueue(made.id);
    return task(made.id) ?? made;
  };

  const requestMissing = (by: string | null): void => {
    const underWay = new Set(
      store.tasks
        .values()
        .filter(live)
        .map((one) => one.url),
    );
    for (const url of neededUrls()) if (!underWay.has(url)) requestUrl(url, by);
  };

  const run = async (id: number): Promise<void> => {
    const job = task(id);
    if (job === undefined || job.status !== 'pending') return;
    const isIndex = job.kind === 'wsusscn2';
    let lastWrite = 0;
    const options: FetchOptions = {
      url: job.url,
      proxyPort: proxyBroken ? 1 : originPort(),
      path: join(directory, fileNameOf(job.url)),
      timeout: Math.max(1500, clock.paced(20 * second)),
      signal: stopping.signal,
      progress: (received, target) => {
        if (Date.now() - lastWrite < 150 && received !== target) return;
        lastWrite = Date.now();
        patch(id, { file_size: received, target_size: target });
      },
      checking: () => patch(id, { status: 'checking', msg: 'Checking the file' }),
    };
    patch(id, {
      status: 'downloading',
      started_on: clock.utcStamp(),
      msg: isIndex ? 'Checking for a newer index' : 'Downloading',
    });
    if (isIndex) {
      const [offered, present] = [await headModified(options), stateOf(indexPath)];
      if (!job.forced && offered !== null && present !== null && present.modified >= offered) {
        patch(id, {
          status: 'finished',
          skipped: true,
          msg: 'Index is up to date',
          finished_on: clock.utcStamp(),
          file_date: isoSeconds(present.modified),
          file_size: present.size,
          target_size: present.size,
        });
        return;
      }
      const reason = job.forced ? 'forced download' : present === null ? 'file missing' : 'newer available';
      patch(id, { msg: reason, file_date: offered === null ? null : isoSeconds(offered), file_size: 0 });
    }
    const outcome = await fetchFile(options);
    if (stopping.signal.aborted) {
      patch(id, { status: 'pending', started_on: null, file_size: null, msg: '' });
      return;
    }
    const finished = clock.utcStamp();
    if (outcome.ok) {
      const date = outcome.modified === null ? null : isoSeconds(outcome.modified);
      patch(id, {
        status: 'finished',
        finished_on: finished,
        file_size: outcome.size,
        target_size: outcome.size,
        file_date: date,
        msg: 'OK',
      });
      if (isIndex) return;
      names.add(fileNameOf(job.url));
      generation += 1;
      refreshPresence();
    } else
      patch(id, {
        status: 'error',
        finished_on: finished,
        error: outcome.error.slice(0, 1200),
        msg: 'Error while downloading',
      });
  };

  const pump = (): void => {
    while (running.size < concurrency && queue.length > 0 && !stopping.signal.aborted) {
      const id = queue.shift();
      if (id === undefined) return;
      const work = run(id).then(() => {
        running.delete(work);
        if (missingAfter.delete(id)) requestMissing(task(id)?.created_by ?? null);
        pump();
      });
      running.add(work);
    }
  };

  const requestIndex: Downloads['requestIndex'] = ({ force, missing, by }) => {
    const underWay = store.tasks.values().find((one) => one.kind === 'wsusscn2' && live(one));
    if (underWay !== undefined) return underWay;
    const made = record('wsusscn2', indexUrl, force, by);
    if (missing) missingAfter.add(made.id);
    enqueue(made.id);
    return task(made.id) ?? made;
  };

  return {
    directory,
    has,
    generation: () => generation,
    names: () => [...names],
    lookAgain: () => {
      names.clear();
      for (const name of readdirSync(directory)) names.add(name);
      refreshPresence();
    },
    index: () => {
      const state = stateOf(indexPath);
      return state === null ? null : { ...state, partial: stateOf(`${indexPath}.part`) };
    },
    requestIndex,
    requestUpdates: (ids, by) =>
      ids.flatMap((id) => store.updates.get(id)?.download_urls ?? []).map((url) => requestUrl(url, by)),
    deleteUpdates: (ids) => {
      const deleted: string[] = [];
      let freed = 0;
      for (const update of ids.flatMap((id): UpdateRecord[] => {
        const known = store.updates.get(id);
        return known === undefined ? [] : [known];
      })) {
        for (const url of update.download_urls ?? []) {
          const path = join(directory, fileNameOf(url));
          freed += stateOf(path)?.size ?? 0;
          rmSync(path, { force: true });
          names.delete(fileNameOf(url));
        }
        deleted.push(update.update_id);
      }
      refreshPresence();
      return { deleted, freed };
    },
    refreshPresence,
    start: () => {
      for (const one of store.tasks
        .values()
        .filter(live)
        .sort((a, b) => a.id - b.id)) {
        patch(one.id, { status: 'pending', started_on: null, file_size: null, msg: '' });
        enqueue(one.id);
      }
      timers = [
        setInterval(() => requestIndex({ force: false, missing: false, by: null }), clock.paced(day)),
        setInterval(() => requestMissing(null), clock.paced(30 * minute)),
      ];
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      await Promise.allSettled(running);
    },
    breakProxy: (broken) => {
      proxyBroken = broken;
    },
  };
}
