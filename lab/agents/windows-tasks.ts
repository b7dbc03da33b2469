import { isoSeconds, second } from '../clock.ts';
import { seededRandom } from '../random.ts';
import { lastFailed } from './evaluate.ts';
import { historyEntry } from './first-state.ts';
import type { Memory, World } from './memory.ts';
import { filesFor } from './repositories.ts';
import type { LocalUpdate } from './state.ts';
import type { TaskContext, TaskOutcome } from './task-queue.ts';

const blank: LocalUpdate = { installed: false, installDate: null, downloaded: false, history: [] };

/** The classes of Windows Update tasks as agents name them, the spelling included (protocol 3.8). */
export const windowsTaskClasses = {
  scan: 'WaptWUAScanTask',
  download: 'WaptWUADowloadTask',
  install: 'WaptWUAInstallTask',
} as const;

const failed = (summary: string): TaskOutcome => ({ summary, failed: true });

const pace = (memory: Memory, salt: string): number =>
  0.7 + seededRandom(`${memory.profile.uuid} ${salt}`).next() * 0.6;

/** Takes the server's index if it is newer than the host's, then looks at every update against it. */
async function scanPart(
  world: World,
  memory: Memory,
  context: TaskContext,
  from: number,
  to: number,
): Promise<TaskOutcome | null> {
  const { downloads } = world;
  const index = downloads.index();
  memory.push({ phase: 'SCANNING' });
  if (index === null) {
    context.log('Error downloading wsusscn2.cab: 404 Client Error: Not Found');
    memory.change({ lastError: 'ERROR DOWNLOADING WSUSSCAN' });
    memory.push({ phase: 'ERROR DOWNLOADING WSUSSCAN' });
    return failed('The WAPT server has no wsusscn2.cab');
  }
  const { indexDate } = memory.state();
  const middle = from + (to - from) * 0.3;
  if (indexDate === null || index.modified > indexDate) {
    context.log(`Downloading wsusscn2.cab of ${isoSeconds(index.modified)}`);
    await context.work(1.2 * second * pace(memory, 'index'), from, middle);
  } else context.log('wsusscn2.cab is up to date');
  context.log('Looking for updates with Windows Update Agent, offline');
  await context.work(3 * second * pace(memory, 'scan'), middle, to);
  const wasFailing = memory.statuses().some((row) => row.status === 'ERROR');
  memory.change({
    indexDate: index.modified,
    lastScan: memory.now(),
    // What such a scan takes in life, whatever the pace.
    lastScanSeconds: Math.round(240_000 * pace(memory, `${memory.now()}`)) / 1000,
    ...(wasFailing ? {} : { lastError: null }),
  });
  memory.push({ descriptions: true });
  const rows = memory.statuses();
  const count = (status: string): number => rows.filter((row) => row.status === status).length;
  context.log(
    `${rows.length} updates: ${count('OK')} installed, ${count('PENDING')} pending, ${count('MISSING')} missing, ${count('DISCARDED')} discarded`,
  );
  return null;
}

/** Copies to the host what is pending and lies on the server (or comes from Microsoft, where the host may ask there). */
async function downloadPart(
  world: World,
  memory: Memory,
  context: TaskContext,
  only: readonly string[] | null,
  from: number,
  to: number,
): Promise<void> {
  const { catalogue, downloads } = world;
  const wanted = memory
    .statuses()
    .filter(
      (row) => ['PENDING', 'MISSING', 'ERROR'].includes(row.status) && (only === null || only.includes(row.update_id)),
    );
  if (wanted.length > 0) memory.push({ phase: 'DOWNLOADING' });
  const has = filesFor(memory.profile, downloads.has);
  let missing = 0;
  for (const [place, row] of wanted.entries()) {
    const update = catalogue.byId.get(row.update_id);
    if (update === undefined) continue;
    const start = from + ((to - from) * place) / wanted.length;
    const end = from + ((to - from) * (place + 1)) / wanted.length;
    const local = memory.state().updates[update.id] ?? blank;
    const direct = memory.profile.options.allow_direct_download;
    if (!local.downloaded && !direct && !update.files.every((file) => has(file.name))) {
      context.log(`${update.title[memory.profile.language]}: not on the WAPT server`);
      missing += 1;
      continue;
    }
    if (!local.downloaded) {
      context.log(
        `Downloading ${update.title[memory.profile.language]}${update.files.every((file) => has(file.name)) ? '' : ' from Microsoft'}`,
      );
      await context.work(Math.min(700, 4000 / wanted.length), start, end);
      memory.change({ updates: { ...memory.state().updates, [update.id]: { ...local, downloaded: true } } });
    }
  }
  memory.push();
  context.log(`${wanted.length - missing} updates downloaded, ${missing} missing`);
}

async function installPart(
  world: World,
  memory: Memory,
  context: TaskContext,
  only: readonly string[] | null,
  from: number,
  to: number,
): Promise<TaskOutcome> {
  const { catalogue } = world;
  const { profile } = memory;
  const code = profile.failure ?? '';
  const wanted = memory
    .statuses()
    .filter(
      (row) =>
        ['PENDING', 'ERROR'].includes(row.status) && row.downloaded && (only === null || only.includes(row.update_id)),
    );
  if (wanted.length === 0) return { summary: 'No pending updates', failed: false, result: [] };
  memory.push({ phase: 'INSTALL', installing: true });
  const errors: string[] = [];
  const done: string[] = [];
  for (const [place, row] of wanted.entries()) {
    const update = catalogue.byId.get(row.update_id);
    if (update === undefined) continue;
    const title = update.title[profile.language];
    context.log(`Installing ${title}`);
    const start = from + ((to - from) * place) / wanted.length;
    await context.work(
      Math.max(250, Math.min(1200, 6000 / wanted.length)),
      start,
      from + ((to - from) * (place + 1)) / wanted.length,
    );
    const known = memory.state().updates[update.id] ?? blank;
    const entry = historyEntry(update, profile, memory.now(), profile.failure);
    const installed = profile.failure === null;
    const local: LocalUpdate = {
      installed,
      installDate: installed ? isoSeconds(memory.now()) : null,
      downloaded: true,
      history: [...known.history, entry],
    };
    memory.change({ updates: { ...memory.state().updates, [update.id]: local } });
    if (installed) done.push(update.id);
    else {
      errors.push(update.id);
      context.log(`${title}: failed, ${code}`);
    }
  }
  const reboot = done.some((id) => catalogue.byId.get(id)?.chain.startsWith('cumulative') === true);
  memory.change({
    lastInstall: memory.now(),
    lastInstallBatch: wanted.map((row) => row.update_id),
    lastInstallResult: errors.length === 0 ? 'Succeeded' : `Failed (${code})`,
    lastError: errors.length === 0 ? null : `Installation failed: ${code}`,
    rebootRequired: memory.state().rebootRequired || reboot,
  });
  memory.push();
  return errors.length === 0
    ? { summary: `${done.length} updates installed`, failed: false, result: done }
    : {
        summary: `${errors.length} updates failed, ${code}`,
        failed: true,
        result: { installed: done, failed: errors },
      };
}

/** The scan of a host as its task runs it. */
export const scanTask =
  (world: World, memory: Memory) =>
  async (context: TaskContext): Promise<TaskOutcome> => {
    const stopped = await scanPart(world, memory, context, 0, 100);
    return stopped ?? { summary: `${memory.statuses().length} updates known`, failed: false };
  };

/** Scan, then download; `only` limits it to some updates. */
export const downloadTask =
  (world: World, memory: Memory, only: readonly string[] | null) =>
  async (context: TaskContext): Promise<TaskOutcome> => {
    const stopped = await scanPart(world, memory, context, 0, 45);
    if (stopped !== null) return stopped;
    await downloadPart(world, memory, context, only, 45, 100);
    const missing = memory.statuses().filter((row) => row.status === 'MISSING').length;
    return {
      summary:
        missing === 0 ? 'All pending updates are downloaded' : `${missing} updates are missing on the WAPT server`,
      failed: false,
    };
  };

/** Scan, download, then install; `only` limits it to some updates. */
export const installTask =
  (world: World, memory: Memory, only: readonly string[] | null) =>
  async (context: TaskContext): Promise<TaskOutcome> => {
    const stopped = await scanPart(world, memory, context, 0, 25);
    if (stopped !== null) return stopped;
    await downloadPart(world, memory, context, only, 25, 45);
    return installPart(world, memory, context, only, 45, 100);
  };

/** Values of `waptwua_status` that only last as long as a task. */
export const passingPhases: ReadonlySet<string> = new Set(['SCANNING', 'DOWNLOADING', 'INSTALL']);

/** Whether a host has something to install that did not fail the last time. */
export const hasPending = (memory: Memory): boolean =>
  memory
    .statuses()
    .some((row) => row.status === 'PENDING' && !lastFailed(memory.state().updates[row.update_id] ?? blank));
