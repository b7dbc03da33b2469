import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../main/store/store.ts';
import { Sync } from '../main/sync/sync.ts';
import { syncSource } from '../main/work/source.ts';
import { labProcess, signInTo } from './lab-process.ts';
import { finish, median } from './report.ts';

const HOSTS = 300;
/** Eight hours of a refresh every 30 seconds, at this many times the speed of life. */
const REFRESHES = 960;
const SPEED = 240;
const PAUSE = 30_000 / SPEED;
/** Until what is kept once has been built. */
const WARM = 96;
const LOOKS = 12;

const lab = await labProcess({ hosts: HOSTS, dialect: 'derived', schedules: true, pace: SPEED });
const client = await signInTo(lab, 'derived');
const opened = await openStore({ file: join(lab.folder, 'store', 'store.db') });
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const store = opened.value;
let now = Date.now();
const sync = new Sync({ store, source: syncSource(client), onState: () => {}, now: () => now });

/** Resident memory of the process with the store's thread, in MB, once what is garbage is gone. */
const memory = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1_000_000;
};

const looks: number[] = [];
let changes = 0;
let failed = 0;
for (let refresh = 0; refresh < REFRESHES; refresh++) {
  const started = performance.now();
  now += 30_000;
  const end = await sync.run({ full: false });
  changes += end.changedHosts;
  if (end.error !== null) failed++;
  // What an open window asks again after each change.
  await store.updatesList({ staleDays: 14 });
  await store.hostsList({ staleDays: 14 });
  if (refresh >= WARM && refresh % Math.floor((REFRESHES - WARM) / (2 * LOOKS)) === 0) looks.push(memory());
  await wait(Math.max(0, PAUSE - (performance.now() - started)));
}
const [early, late] = [median(looks.slice(0, LOOKS)), median(looks.slice(-LOOKS))];
if (changes === 0) throw new Error('no host ever changed: nothing was soaked');
finish(
  `${REFRESHES} refreshes of ${HOSTS} hosts at ${SPEED} times the speed of life: ${changes.toLocaleString('en')} hosts changed, ${failed} refreshes failed`,
  [
    {
      what: 'memory of the second half against the first',
      measured: late / early,
      bar: 1.2,
      unit: '×',
      note: `${late.toFixed(0)} MB against ${early.toFixed(0)} MB`,
    },
  ],
);
await sync.stop();
await store.close();
client.close();
await lab.stop();
