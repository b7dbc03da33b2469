import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePackagesIndex, signAction } from '../wapt/index.ts';
import type { HostProfile } from './agents/profile.ts';
import type { TaskLists } from './agents/task-queue.ts';
import { hour } from './clock.ts';
import type { Lab } from './lab.ts';
import type { DownloadTask, UpdateRecord } from './server/records.ts';
import {
  allTasks,
  eventually,
  hostWith,
  labSigner,
  open,
  rowsOf,
  statusOf,
  stopAll,
  type TestClient,
  tasksOf,
  trigger,
  wuaPackage,
} from './testing.ts';

afterAll(stopAll);

describe('a lab', () => {
  let lab: Lab;
  let client: TestClient;
  beforeAll(async () => {
    ({ lab, client } = await open());
  });

  it('publishes a rule package, and hosts change what they report', async () => {
    const host = hostWith(lab, 'ordinary', 'lab-desktops');
    const before = await rowsOf(client, host.uuid);
    const changing = before
      .filter((row) => ['PENDING', 'MISSING'].includes(row.local_status_status))
      .map((row) => row.update_id);
    expect(changing.length).toBeGreaterThan(0);
    const built = await wuaPackage(lab, 'lab-wua-desktops', '2', { forbidden_updates: changing });
    const upload = await client('POST', '/api/v3/upload_packages', { body: built.bytes });
    expect(upload.json().msg).toBe('1 Packages uploaded, 0 errors.');
    await eventually(
      () => statusOf(client, host.uuid),
      (status) => status.rules_packages.includes('lab-wua-desktops(=2)') && status.status !== 'SCANNING',
    );
    const after = await eventually(
      () => rowsOf(client, host.uuid),
      (rows) =>
        rows.filter((row) => changing.includes(row.update_id)).every((row) => row.local_status_status === 'DISCARDED'),
    );
    expect(after.filter((row) => row.local_status_status === 'PENDING')).toEqual([]);
    const packages = (await client('GET', '/api/v3/hosts_for_package?package=lab-wua-desktops')).json().result as {
      host: string;
      version: string;
    }[];
    expect(packages.find((row) => row.host === host.uuid)?.version).toBe('2');
  });

  it('takes a new package on the hosts whose group waits for it', async () => {
    const pilot = lab.hosts.find((host) => host.groups.includes('lab-pilot'));
    if (pilot === undefined) throw new Error('no pilot');
    const waiting = (await client('GET', `/api/v1/host_data?field=installed_packages&uuid=${pilot.uuid}`)).json()
      .result as { package: string; install_status: string }[];
    expect(waiting.find((row) => row.package === 'lab-wua-pilot')?.install_status).toBe('MISSING');
    const built = await wuaPackage(lab, 'lab-wua-pilot', '1', { allowed_products: ['Office 2016'] });
    await client('POST', '/api/v3/upload_packages', { body: built.bytes });
    const status = await eventually(
      () => statusOf(client, pilot.uuid),
      (one) => one.rules_packages.includes('lab-wua-pilot(=1)'),
    );
    expect(status.rules_packages.length).toBeGreaterThan(1);
  });

  it('downloads to the server, then a missing update becomes pending and installs', async () => {
    const servers = lab.hosts.filter((host) => host.behaviour === 'ordinary' && host.groups.includes('lab-servers'));
    let found: { uuid: string; update: string } | undefined;
    for (const host of servers) {
      const missing = (await rowsOf(client, host.uuid)).filter((row) => row.local_status_status === 'MISSING');
      for (const row of missing) {
        const tasks = (
          await client('POST', '/api/v3/download_windows_updates', { json: { update_ids: [row.update_id] } })
        ).json().result as DownloadTask[];
        const ended = await eventually(
          async () => (await client('GET', '/api/v3/wsusscan2_history?limit=50')).json().result as DownloadTask[],
          (all) =>
            tasks.every((task) => ['finished', 'error'].includes(all.find((one) => one.id === task.id)?.status ?? '')),
        );
        if (tasks.every((task) => ended.find((one) => one.id === task.id)?.status === 'finished'))
          found ??= { uuid: host.uuid, update: row.update_id };
        if (found !== undefined) break;
      }
      if (found !== undefined) break;
    }
    if (found === undefined) throw new Error('nothing could be downloaded');
    const { uuid, update } = found;
    const listed = (await client('GET', `/api/v3/windows_updates?update_ids=${update}`)).json()
      .result as UpdateRecord[];
    expect(listed[0]?.downloaded_on).toMatch(/^\d{4}-/);
    const name = listed[0]?.download_urls?.[0]?.split('/').at(-1);
    expect((await client('HEAD', `/waptwua/${name ?? ''}`, { user: null })).status).toBe(200);
    await eventually(
      () => rowsOf(client, uuid),
      (rows) => rows.find((row) => row.update_id === update)?.local_status_status === 'PENDING',
    );

    await trigger(lab, client, 'trigger_waptwua_install', [uuid]);
    const rows = await eventually(
      () => rowsOf(client, uuid),
      (all) => all.find((row) => row.update_id === update)?.local_status_status === 'OK',
    );
    expect(rows.find((row) => row.update_id === update)?.['local_status_install_date']).toMatch(/^\d{4}-/);
    const { done } = await eventually(
      () => tasksOf(client, uuid),
      (tasks) => tasks.done.some((task) => task.classname === 'WaptWUAInstallTask'),
    );
    const task = done.find((one) => one.classname === 'WaptWUAInstallTask');
    expect(task).toMatchObject({ progress: 100, created_by: 'lab.signer', runstatus: 'DONE' });
    expect(task?.logs.split('\n').length).toBeGreaterThan(3);
  });

  it('installs with the real error code on a failing host', async () => {
    const host = hostWith(lab, 'failing');
    await trigger(lab, client, 'trigger_waptwua_install', [host.uuid]);
    await eventually(
      () => tasksOf(client, host.uuid),
      (tasks) => tasks.errors.length > 0,
    );
    const failed = (await rowsOf(client, host.uuid)).filter((row) => row.local_status_status === 'ERROR');
    expect(failed.length).toBeGreaterThan(0);
    expect(JSON.stringify(failed[0]?.['local_status_history'])).toContain(host.failure);
    expect((await statusOf(client, host.uuid)).last_error).toContain(host.failure);
  });

  it('answers the number of launched actions, and hosts drop without a word what they do not trust', async () => {
    const offline = hostWith(lab, 'offline');
    const stranger = hostWith(lab, 'other-signer');
    const old = hostWith(lab, 'old-agent');
    const told = await trigger(lab, client, 'trigger_waptwua_scan', [offline.uuid, 'nobody', stranger.uuid, old.uuid]);
    expect(told.json()).toMatchObject({
      success: true,
      msg: '2 actions launched, 0 errors, 0 skipped, 0 server errors',
      result: [],
    });
    await eventually(
      async () => lab.refusals(),
      (all) => all.some((one) => one.uuid === stranger.uuid),
    );
    expect(lab.refusals().find((one) => one.uuid === stranger.uuid)?.code).toBe('certificate-untrusted');
    const own = JSON.stringify(await tasksOf(client, stranger.uuid));
    expect(own).not.toContain('WaptWUA');
    expect(await tasksOf(client, old.uuid)).toEqual([]);
  });

  it('drops an action that is too old, or meant for another host', async () => {
    const host = hostWith(lab, 'never-scanned');
    const signer = labSigner(lab);
    const fields = { action: 'trigger_waptwua_scan', uuid: host.uuid, notify_server: true, force: false };
    const old = signAction(fields, { signer, now: new Date(Date.now() - 7 * hour) });
    const other = { ...signAction({ ...fields, uuid: hostWith(lab, 'ordinary').uuid }, { signer }), uuid: host.uuid };
    await client('POST', '/api/v3/trigger_host_action?timeout=5', { json: [old, other] });
    const refused = await eventually(
      async () => lab.refusals().filter((one) => one.uuid === host.uuid),
      (all) => all.length === 2,
    );
    expect(refused.map((one) => one.code)).toEqual(['too-old', 'signature']);
    expect(allTasks(await tasksOf(client, host.uuid))).toBe(0);
  });

  it('cancels what runs, and the host is at rest again', async () => {
    const host = hostWith(lab, 'ordinary', 'lab-servers');
    await eventually(
      () => tasksOf(client, host.uuid),
      (tasks) => tasks.running === null && tasks.pending.length === 0,
    );
    await trigger(lab, client, 'trigger_longtask', [host.uuid]);
    await trigger(lab, client, 'trigger_waptwua_scan', [host.uuid]);
    await trigger(lab, client, 'trigger_cancel_all_tasks', [host.uuid]);
    const tasks = await eventually(
      () => tasksOf(client, host.uuid),
      (one) => one.cancelled.length > 0 && one.running === null,
    );
    expect(tasks.pending).toEqual([]);
    expect(['OK', 'PENDING_UPDATES']).toContain((await statusOf(client, host.uuid)).status);
  });

  it('waits with the answer on tasks until something happens', async () => {
    const host = hostWith(lab, 'never-scanned');
    const first = await tasksOf(client, host.uuid);
    const asked = client(
      'GET',
      `/api/v3/host_tasks_status?uuid=${host.uuid}&timeout=10&last_event_id=${first.last_event_id}`,
    );
    const quiet = await client(
      'GET',
      `/api/v3/host_tasks_status?uuid=${host.uuid}&timeout=0.1&last_event_id=${first.last_event_id}`,
    );
    expect(quiet.json().result).toEqual({ last_event_id: first.last_event_id });
    await trigger(lab, client, 'trigger_waptwua_scan', [host.uuid]);
    const told = (await asked).json().result as TaskLists;
    expect(told.last_event_id).toBeGreaterThan(first.last_event_id);
    await eventually(
      () => statusOf(client, host.uuid),
      (status) => status !== undefined && ['OK', 'PENDING_UPDATES'].includes(status.status),
    );
    expect((await rowsOf(client, host.uuid)).length).toBeGreaterThan(0);
  });

  it('takes the index when it is newer, says so when it is not, and takes it anyway when forced', async () => {
    const run = async (force: boolean): Promise<DownloadTask | undefined> => {
      const made = (await client('POST', '/api/v3/download_wsusscan', { json: { force, missing: false } })).json()
        .result as DownloadTask;
      // An unchanged index is answered so fast that a second request may find it done.
      if (force) {
        const again = (await client('POST', '/api/v3/download_wsusscan', { json: { force, missing: false } })).json();
        expect(again.result).toMatchObject({ id: made.id });
      }
      const ended = await eventually(
        async () =>
          (await client('GET', '/api/v3/wsusscan2_history?limit=1&kind=wsusscn2')).json().result as DownloadTask[],
        ([task]) => task?.id === made.id && task.status === 'finished',
      );
      return ended[0];
    };
    const before = ((await client('GET', '/api/v3/wsusscan2_status')).json().result as { wsus_timestamp: number })
      .wsus_timestamp;
    expect(await run(false)).toMatchObject({ skipped: false, msg: 'OK' });
    const after = ((await client('GET', '/api/v3/wsusscan2_status')).json().result as { wsus_timestamp: number })
      .wsus_timestamp;
    expect(after).toBeGreaterThan(before);
    expect(await run(false)).toMatchObject({ skipped: true, msg: 'Index is up to date' });
    expect(await run(true)).toMatchObject({ skipped: false, forced: true });
  });

  it('never keeps a file that is not what its name says, and tells why', async () => {
    const { lab: faulty, client: asks } = await open({ hosts: 8 });
    await faulty.setFault({ kind: 'proxy' });
    const [update] = ((await asks('GET', '/api/v3/windows_updates?limit=500')).json().result as UpdateRecord[]).filter(
      (one) => one.downloaded_on === null && (one.download_urls ?? []).length > 0,
    );
    const end = async (): Promise<DownloadTask> => {
      const [made] = (
        await asks('POST', '/api/v3/download_windows_updates', { json: { update_ids: [update?.update_id] } })
      ).json().result as DownloadTask[];
      const ended = await eventually(
        async () =>
          ((await asks('GET', '/api/v3/wsusscan2_history?limit=20')).json().result as DownloadTask[]).find(
            (one) => one.id === made?.id,
          ),
        (task) => task !== undefined && ['finished', 'error'].includes(task.status),
      );
      if (ended === undefined) throw new Error('no task');
      return ended;
    };
    const failed = await end();
    expect(failed.error).toContain('ProxyError');
    expect((await asks('HEAD', `/waptwua/${update?.download_urls?.[0]?.split('/').at(-1) ?? ''}`)).status).toBe(404);
    const forgotten = await asks('DELETE', `/api/v3/wsusscan2_history?id=${failed.id}`);
    expect(forgotten.json().msg).toBe('1 tasks deleted');
  });

  it('refuses by right, as text that names none', async () => {
    const put = (user: string) =>
      client('POST', '/api/v3/download_windows_updates', { json: { update_ids: [] }, user });
    expect((await put('viewer')).status).toBe(403);
    expect((await put('viewer')).text).toBe('Restricted access.\n');
    expect((await put('wua')).status).toBe(200);
    expect((await client('POST', '/api/v3/packages_delete', { json: [], user: 'wua' })).status).toBe(403);
    expect((await client('POST', '/api/v3/trigger_host_action', { json: [], user: 'operator' })).status).toBe(200);
  });

  it('serves the repository with validators and ranges, and no listing', async () => {
    const whole = await client('GET', '/wapt/Packages', { user: null });
    const index = await parsePackagesIndex(whole.body);
    expect(index.records.map((record) => record['package'])).toContain('lab-wua-servers');
    const unchanged = await client('GET', '/wapt/Packages', {
      headers: { 'If-None-Match': String(whole.headers['etag']) },
    });
    expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
    const since = await client('GET', '/wapt/Packages', {
      headers: { 'If-Modified-Since': String(whole.headers['last-modified']) },
    });
    expect(since.status).toBe(304);
    const part = await client('GET', '/wapt/Packages', { headers: { Range: 'bytes=4-9' } });
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 4-9/${whole.body.length}`]);
    expect(part.body).toEqual(whole.body.subarray(4, 10));
    expect((await client('GET', '/wapt/')).status).toBe(403);
    expect((await client('GET', '/wapt/%2e%2e/lab.sqlite')).status).toBe(404);
    expect((await client('GET', '/wapt-host/Packages')).status).toBe(403);
    expect((await client('GET', '/api/v3/trigger_host_action')).status).toBe(405);
  });

  it('finds hosts by what a query may ask (protocol 2.1)', async () => {
    const ask = async (query: string) => (await client('GET', `/api/v3/hosts?${query}`)).json();
    const names = async (query: string) =>
      ((await ask(`columns=computer_name&${query}`)).result as { computer_name: string }[]).map(
        (row) => row.computer_name,
      );
    const expected = (test: (host: HostProfile) => boolean): string[] =>
      lab.hosts
        .filter(test)
        .map((host) => host.name.toLowerCase())
        .sort();
    expect((await names('groups=lab-servers')).sort()).toEqual(expected((host) => host.groups.includes('lab-servers')));
    expect((await names('groups=lab-servers&not_filter=1')).sort()).toEqual(
      expected((host) => !host.groups.includes('lab-servers')),
    );
    const unit = 'OU=Paris,DC=example,DC=lan';
    expect((await names(`organizational_unit=${encodeURIComponent(unit)}`)).sort()).toEqual(
      expected((host) => host.unit.endsWith(unit)),
    );
    expect(await names(`organizational_unit=${encodeURIComponent(unit)}&include_childs_ou=0`)).toEqual([]);
    expect((await names('ad_site=Lyon')).sort()).toEqual(expected((host) => host.site === 'Lyon'));
    expect((await names('reachable=1')).length).toBe(
      lab.hosts.filter((host) => !['offline', 'gone'].includes(host.behaviour)).length,
    );
    expect((await names('filter=computer_name:not ^par')).sort()).toEqual(
      expected((host) => !host.name.startsWith('PAR')),
    );
    expect((await names('filter=host_info.domain_name:^EXAMPLE$')).length).toBe(lab.hosts.length);
    expect((await names('filter=installed_packages:lab-wua-servers')).sort()).toEqual(
      expected(
        (host) => host.groups.includes('lab-servers') && !['other-signer', 'old-agent'].includes(host.behaviour),
      ),
    );
    expect(await names('limit=3')).toHaveLength(3);
    expect((await ask("filter=host_info.domain_name:o'brien")).error_code).toBe('programmingerror');
    expect((await ask('filter=nothing')).error_code).toBe('exception');
    const [row] = (
      await ask('columns=host_info/domain_name,waptwua_status/enabled,nonsense&limit=1&filter=host_status:.')
    ).result as Record<string, unknown>[];
    expect(row).toMatchObject({ 'host_info/domain_name': 'EXAMPLE' });
    expect(row).not.toHaveProperty('nonsense');
    const seen = ((await ask('columns=uuid')).result as { last_seen_on: string }[]).map((one) => one.last_seen_on);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it('compresses the list of hosts when asked', async () => {
    const answer = await client('GET', '/api/v3/hosts', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
  });
});
