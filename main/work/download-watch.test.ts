import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventHub } from '../ipc/events.ts';
import type { ServerClient } from '../server/session.ts';
import { page, yes } from '../server/testing.ts';
import { value } from '../store/testing.ts';
import { Sync } from '../sync/sync.ts';
import { DownloadWatch } from './download-watch.ts';
import { syncSource } from './source.ts';
import { setWork } from './testing-work.ts';

const work = setWork();
const PAUSE = 40;

let tasks: { readonly id: number; readonly status: string; readonly finished_on: string | null }[];
let isDown: boolean;
let looks: number;
let lists: number;
let told: number[];
let watch: DownloadWatch;

const running = (id: number) => ({ id, status: 'running', finished_on: null });
const ended = (id: number) => ({ id, status: 'finished', finished_on: '2026-11-21T10:00:00' });
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(async () => {
  [tasks, isDown, looks, lists, told] = [[], false, 0, 0, []];
  work.first = ({ url }, response) => {
    const path = url.split('?')[0];
    if (path === '/api/v3/wsusscan2_history') {
      looks++;
      if (isDown) page(response, 502, '<html>');
      else yes(response, tasks);
      return true;
    }
    if (path === '/api/v3/windows_updates') {
      lists++;
      yes(response, []);
      return true;
    }
    if (path !== '/api/v3/wsusscan2_status') return false;
    yes(response, {});
    return true;
  };
  const client: ServerClient = await work.stage.client({ dialect: 'v3' });
  [looks, lists] = [0, 0];
  const events = createEventHub();
  events.subscribe((event) => {
    if (event.name === 'downloads.changed') told.push(event.payload.running);
  });
  const { store, bugs } = work;
  const sync = new Sync({ store, source: syncSource(client), onState: () => undefined });
  const onBug = (error: unknown): void => void bugs.push(error);
  watch = new DownloadWatch({ client, store, sync, events, onBug, pauseMs: PAUSE });
});
afterEach(() => {
  watch.stop();
  expect(work.bugs).toEqual([]);
});

it('reads the list of updates when a download ends, not while it runs', async () => {
  tasks = [running(1), running(2)];
  watch.ordered();
  await expect.poll(() => looks).toBeGreaterThan(4);
  expect(lists).toBe(0);
  tasks = [ended(1), running(2)];
  await expect.poll(() => lists).toBe(1);
  tasks = [ended(1), ended(2)];
  await expect.poll(() => lists).toBe(2);
  await expect.poll(() => told.at(-1)).toBe(0);
  const seen = looks;
  await rest(5 * PAUSE);
  expect(looks).toBe(seen);
});

it('reads it for what was ordered and had ended before the first look', async () => {
  tasks = [ended(1)];
  watch.ordered();
  await expect.poll(() => lists).toBe(1);
});

it('notices an end though an older record was deleted in the same moment', async () => {
  tasks = [ended(1), running(2)];
  value(await watch.list());
  tasks = [ended(2)];
  await expect.poll(() => lists).toBe(1);
});

it('goes on after the server was away', async () => {
  tasks = [running(1)];
  value(await watch.list());
  isDown = true;
  await expect.poll(() => looks).toBeGreaterThan(1);
  isDown = false;
  tasks = [ended(1)];
  await expect.poll(() => told.at(-1)).toBe(0);
  expect(lists).toBe(1);
});

it('asks nothing any more when it was stopped', async () => {
  tasks = [running(1)];
  value(await watch.list());
  watch.stop();
  const seen = looks;
  await rest(5 * PAUSE);
  expect(looks).toBe(seen);
});
