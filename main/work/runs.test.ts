import { beforeEach, describe, expect, it } from 'vitest';
import type { ActionRun } from '../../contract/schemas/actions.ts';
import { createEventHub } from '../ipc/events.ts';
import { json, page, recorded, replay, yes } from '../server/testing.ts';
import { host, value } from '../store/testing.ts';
import { Sync } from '../sync/sync.ts';
import { Runs } from './runs.ts';
import { syncSource } from './source.ts';
import { setWork } from './testing-work.ts';

interface Task {
  readonly id: number;
  readonly classname: string;
}

const work = setWork();
const TASKS = '/api/v3/host_tasks_status';
const TRIGGER = '/api/v3/trigger_host_action';
const scan = (id: number): Task => ({ id, classname: 'WaptWUAScan' });

/** What the host has: read anew at each question. */
let done: Task[];
let errors: Task[];
let running: Task | null;
let orders: number;
/** How the server takes an order: false leaves it to `launch`. */
let onOrder: (response: Parameters<typeof yes>[0]) => boolean;
let onTasks: (response: Parameters<typeof yes>[0]) => boolean;
let runs: Runs;
/** The event that the console named last; -1: none. */
let wasAskedAfter: number;

const launch = (): void => void done.push(scan(100 + orders));

beforeEach(async () => {
  [done, errors, running, orders] = [[scan(7)], [], null, 0];
  onOrder = () => false;
  onTasks = () => false;
  const { store, client, signer, bugs } = work;
  value(await store.applyHosts({ hosts: [host('u1', { reachable: 'OK' })], isComplete: true }));
  work.first = ({ url }, response) => {
    const [path, query] = url.split('?');
    wasAskedAfter = Number(new URLSearchParams(query).get('last_event_id') ?? -1);
    if (path === TASKS) {
      if (!onTasks(response)) yes(response, { running, pending: [], done, errors, cancelled: [], last_event_id: null });
      return true;
    }
    if (path !== TRIGGER) return false;
    orders++;
    if (!onOrder(response)) {
      launch();
      json(response, { success: true, msg: '1 actions launched, 0 errors, 0 skipped, 0 server errors', result: [] });
    }
    return true;
  };
  const sync = new Sync({ store, source: syncSource(client), onState: () => undefined });
  const onBug = (error: unknown): void => void bugs.push(error);
  runs = new Runs({ client, store, sync, signer, events: createEventHub(), taskWaitMs: 1_500, onBug });
});

const ended = async (run: ActionRun, seconds = 20): Promise<ActionRun['hosts'][number] | undefined> => {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const now = runs.list().find(({ id }) => id === run.id);
    if (now?.endedAt != null || Date.now() > until) return now?.endedAt == null ? undefined : now.hosts[0];
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};

describe('an order', () => {
  it('is done when a task that was not there before has ended', async () => {
    const host = await ended(value(await runs.trigger('scan', ['u1'])));
    expect(host).toMatchObject({ progress: 'done', taskId: 101, code: null });
    expect(work.bugs).toEqual([]);
  });

  it('is not taken for done by a task of yesterday, though the host could not be asked before', async () => {
    let asked = 0;
    onTasks = (response) => {
      if (asked++ > 0) return false;
      json(response, { success: false, error_code: 'ewapttimeoutwaitingforresult', msg: 'no answer' });
      return true;
    };
    onOrder = (response) => {
      json(response, { success: true, msg: '1 actions launched', result: [] });
      return true;
    };
    expect(await ended(value(await runs.trigger('scan', ['u1'])))).toMatchObject({ progress: 'no-task' });
  });

  it('is followed where the host could not be asked before and runs it now', async () => {
    let asked = 0;
    onTasks = (response) => {
      if (asked++ > 0) return false;
      page(response, 502, '<html>');
      return true;
    };
    onOrder = (response) => {
      running = scan(8);
      setTimeout(() => {
        running = null;
        done.push(scan(8));
      }, 600);
      json(response, { success: true, msg: '1 actions launched', result: [] });
      return true;
    };
    expect(await ended(value(await runs.trigger('scan', ['u1'])))).toMatchObject({ progress: 'done', taskId: 8 });
  });

  it('whose agent restarts in the middle ends, though its events count from one again', async () => {
    let asked = 0;
    let isRestarted = false;
    onTasks = (response) => {
      asked++;
      const lists = { pending: [], done: isRestarted ? [] : done, errors: [], cancelled: [] };
      if (isRestarted && wasAskedAfter >= 0) yes(response, { last_event_id: 2 });
      else yes(response, { ...lists, running: isRestarted ? null : running, last_event_id: isRestarted ? 2 : 40 });
      return true;
    };
    onOrder = (response) => {
      running = scan(8);
      setTimeout(() => {
        isRestarted = true;
      }, 600);
      json(response, { success: true, msg: '1 actions launched', result: [] });
      return true;
    };
    const host = await ended(value(await runs.trigger('scan', ['u1'])));
    expect(host).toMatchObject({ progress: 'failed', code: 'agent-restarted', percent: null });
    expect(asked).toBeGreaterThan(3);
  });

  it('whose answer was lost is followed: the task of the host tells', async () => {
    onOrder = (response) => {
      launch();
      response.destroy();
      return true;
    };
    expect(await ended(value(await runs.trigger('scan', ['u1'])))).toMatchObject({ progress: 'done', code: null });
    expect(orders).toBe(1);
  });

  it('whose answer was lost, and of which nothing came, fails with what broke it', async () => {
    onOrder = (response) => {
      response.destroy();
      return true;
    };
    const run = value(await runs.trigger('scan', ['u1']));
    expect(await ended(run)).toMatchObject({ progress: 'failed', code: 'cut-off' });
    onOrder = () => false;
    expect(await ended(value(await runs.retry(run.id)))).toMatchObject({ progress: 'done', code: null });
  });

  it('waits while the server asks for the password, and goes on', async () => {
    let isExpired = true;
    onOrder = (response) => {
      if (isExpired) replay(response, recorded('03-hosts-anonymous'));
      return isExpired;
    };
    const run = value(await runs.trigger('scan', ['u1']));
    for (let tries = 0; tries < 100 && !work.client.isExpired; tries++)
      await new Promise((resolve) => setTimeout(resolve, 30));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(runs.list()[0]?.hosts[0]).toMatchObject({ progress: 'waiting' });
    isExpired = false;
    value(await work.client.reSignIn('right'));
    expect(await ended(run)).toMatchObject({ progress: 'done' });
    expect(orders).toBe(2);
  });

  it('that one stops is asked of nobody any more', async () => {
    onOrder = (response) => {
      running = scan(9);
      json(response, { success: true, msg: '1 actions launched', result: [] });
      return true;
    };
    const run = value(await runs.trigger('scan', ['u1']));
    for (let tries = 0; tries < 100 && runs.list()[0]?.hosts[0]?.progress !== 'running'; tries++)
      await new Promise((resolve) => setTimeout(resolve, 30));
    expect(value(runs.stopRun(run.id)).hosts[0]).toMatchObject({ progress: 'stopped' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    work.stage.server.asked.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(work.stage.server.asked).toEqual([]);
    expect(runs.list()[0]?.hosts[0]).toMatchObject({ progress: 'stopped' });
  });

  it('ends with the session: nothing is asked, nothing is left to fail', async () => {
    running = scan(9);
    value(await runs.trigger('scan', ['u1']));
    runs.stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    work.stage.server.asked.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(work.stage.server.asked).toEqual([]);
    expect(work.bugs).toEqual([]);
  });

  it('fails alone when the signer is locked meanwhile', async () => {
    const run = value(await runs.trigger('scan', ['u1', 'nobody']));
    work.signer.lock();
    const now = await ended(run);
    expect(now).toMatchObject({ progress: 'failed', code: 'signer-needed' });
    expect(orders).toBe(0);
  });
});
