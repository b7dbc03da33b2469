import { describe, expect, it } from 'vitest';
import { packagesForHosts } from './host-packages.ts';
import { hostTasks } from './host-tasks.ts';
import { eachUpdateOnce, hostUpdates, listHosts } from './hosts.ts';
import { recorded, setStage, yes } from './testing.ts';

const stage = setStage();

describe('hosts', () => {
  it('asks for its columns with a limit, and says when the answer has exactly that many rows', async () => {
    stage.reply = (_asked, response) =>
      yes(response, [
        { uuid: 'A', depends: 'g1,g2' },
        { uuid: 'B', status_hashes: { wmi: 'x', n: 1 } },
      ]);
    const mine = await stage.client();
    const page2 = await listHosts(mine, { limit: 2 });
    expect(page2).toMatchObject({ ok: true, value: { isCutOff: true, skipped: 0 } });
    expect(page2.ok && page2.value.hosts.map(({ groups, statusHashes }) => [groups, statusHashes])).toEqual([
      [['g1', 'g2'], null],
      [[], { wmi: 'x' }],
    ]);
    const query = new URL(stage.lastAsked().url, 'https://s.invalid').searchParams;
    expect(query.get('limit')).toBe('2');
    for (const column of [
      'reachable',
      'waptwua_status',
      'wuauserv_status',
      'status_hashes',
      'updated_on',
      'audit_status',
    ]) {
      expect(query.get('columns')?.split(',')).toContain(column);
    }
    expect(await listHosts(mine, { limit: 3 })).toMatchObject({ value: { isCutOff: false } });
  });

  it('reads odd rows as far as they go: wrong types told once, what is no host skipped and counted, unknown keys of objects kept', async () => {
    const rows = [
      {
        uuid: 'A',
        computer_fqdn: ['x'],
        connected_ips: '192.0.2.1, 192.0.2.2',
        waptwua_status: { status: 'NEW', other: { deep: 1 } },
        surprise: 1,
      },
      { uuid: 'B', computer_fqdn: { a: 1 }, connected_ips: [null, 1, 'x'], waptwua_status: 'broken' },
      null,
      'text',
      { computer_fqdn: 'no uuid' },
    ];
    stage.reply = (_asked, response) => yes(response, rows);
    const read = await listHosts(await stage.client());
    expect(read).toMatchObject({
      ok: true,
      value: {
        skipped: 3,
        hosts: [
          {
            uuid: 'A',
            fqdn: null,
            ipAddresses: ['192.0.2.1', '192.0.2.2'],
            wuaStatus: { status: 'NEW', other: { deep: 1 } },
          },
          { uuid: 'B', fqdn: null, ipAddresses: ['1', 'x'], wuaStatus: null },
        ],
      },
    });
    expect(stage.odd).toEqual([
      { route: '/api/v3/hosts', key: 'computer_fqdn', expected: 'text', got: 'list' },
      { route: '/api/v3/hosts', key: 'waptwua_status', expected: 'object', got: 'text' },
    ]);
  });

  it('malformed: no list at all; null is an empty one', async () => {
    stage.reply = (_asked, response) => yes(response, { a: 1 });
    const mine = await stage.client();
    expect(await listHosts(mine)).toMatchObject({
      ok: false,
      error: { code: 'malformed', facts: { route: '/api/v3/hosts' } },
    });
    stage.reply = (_asked, response) => yes(response, null);
    expect(await listHosts(mine)).toMatchObject({ ok: true, value: { hosts: [] } });
  });

  it('reads 10,000 rows full of nulls, and both names of delayed', async () => {
    const blank = (recorded('06-host_data-wsusupdates').response.body as { result: readonly object[] }).result[0] ?? {};
    const nulls = Object.fromEntries(Object.keys(blank).map((key) => [key, null]));
    const rows = Array.from({ length: 10_000 }, (_, i) => ({
      ...nulls,
      update_id: `u_${i}`,
      ...(i % 2 === 0 ? { delayed: true } : { local_status_delayed: false }),
    }));
    stage.reply = (_asked, response) => yes(response, rows);
    const read = await hostUpdates(await stage.client(), 'A', undefined, (id) => id !== 'u_7');
    expect(read.ok && read.value.rows.length).toBe(10_000);
    expect(read.ok && read.value.rows.slice(0, 2).map(({ delayed }) => delayed)).toEqual([true, false]);
    expect(read.ok && read.value.updates.map(({ updateId, title, kbids }) => [updateId, title, kbids])).toEqual([
      ['u_7', '', []],
    ]);
    expect(stage.odd).toEqual([]);
  });

  it('keeps the history of an update on a host, and bare KBs', async () => {
    const local_status_history = [
      { date: '2026-01-01', result_code: -2145124329, operation: 'install', categories: ['a', 'b'] },
      'x',
    ];
    stage.reply = (_asked, response) =>
      yes(response, [{ update_id: 'u_1', kbids: ['KB501', 502], local_status_history }]);
    const read = await hostUpdates(await stage.client(), 'A');
    expect(read.ok && read.value.rows[0]?.history).toMatchObject([
      { date: '2026-01-01', resultCode: '-2145124329', categories: 'a, b', title: null },
    ]);
    expect(read.ok && read.value.updates[0]?.kbids).toEqual(['501', '502']);
  });

  it('gives each description of an update once a sync, and again when it changed', async () => {
    const client = await stage.client();
    const isKnown = eachUpdateOnce();
    const read = async (downloaded_on: string | null) => {
      stage.reply = (_asked, response) => yes(response, [{ update_id: 'u_1', downloaded_on }]);
      const answer = await hostUpdates(client, 'A', undefined, isKnown);
      return answer.ok && [answer.value.rows.length, answer.value.updates.map(({ downloadedOn }) => downloadedOn)];
    };
    expect(await read(null)).toEqual([1, [null]]);
    expect(await read(null)).toEqual([1, []]);
    expect(await read('2026-01-01')).toEqual([1, ['2026-01-01']]);
  });

  it('asks for the packages of hosts by section', async () => {
    stage.reply = (_asked, response) =>
      yes(response, [{ package: 'p', version: '1', host_uuids: ['A', 'B'], install_status: 'OK', section: 'wsus' }]);
    const read = await packagesForHosts(await stage.client(), { sections: ['wsus'] });
    expect(read.ok && read.value.rows.map(({ uuid }) => uuid)).toEqual(['A', 'B']);
    expect(JSON.parse(stage.lastAsked().body.toString())).toEqual({ limit: 100_000, sections: ['wsus'] });
  });
});

describe('tasks of a host', () => {
  it('are read with progress and logs; what has not changed says so', async () => {
    const task = {
      id: 3,
      classname: 'WaptWUAScanTask',
      progress: 40.5,
      runstatus: 'scanning',
      logs: 'a\nb',
      create_date: 'd',
      result: 'null',
    };
    stage.reply = (_asked, response) =>
      yes(response, {
        running: task,
        pending: [],
        done: null,
        errors: [{ ...task, id: 2 }],
        cancelled: [],
        last_event_id: 9,
      });
    const mine = await stage.client();
    expect(await hostTasks(mine, 'A', { lastEventId: 4, seconds: 2 })).toMatchObject({
      ok: true,
      value: {
        kind: 'tasks',
        tasks: {
          running: { id: 3, progress: 40.5, logs: 'a\nb', createdOn: 'd' },
          done: [],
          errors: [{ id: 2 }],
          lastEventId: 9,
        },
      },
    });
    expect(stage.lastAsked().url).toBe(
      '/api/v3/host_tasks_status?uuid=A&timeout=2&client_tasks_timeout=7&last_event_id=4',
    );
    stage.reply = (_asked, response) => yes(response, { last_event_id: 9 });
    expect(await hostTasks(mine, 'A')).toEqual({ ok: true, value: { kind: 'unchanged', lastEventId: 9 } });
    stage.reply = (_asked, response) => yes(response, null);
    expect(await hostTasks(mine, 'A')).toEqual({ ok: true, value: { kind: 'unsupported' } });
  });

  it('do not keep other work waiting, however many are asked', async () => {
    const mine = await stage.client();
    const held: (() => void)[] = [];
    stage.reply = (asked, response) => {
      if (asked.url.includes('host_tasks_status')) held.push(() => yes(response, []));
      else yes(response, []);
    };
    const polls = Array.from({ length: 40 }, async (_, i) => await hostTasks(mine, `host-${i}`));
    expect(await listHosts(mine)).toMatchObject({ ok: true });
    stage.reply = (_asked, response) => yes(response, []);
    for (const answer of held) answer();
    expect((await Promise.all(polls)).every(({ ok }) => ok)).toBe(true);
  });
});
