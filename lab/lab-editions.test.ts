import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPackage, readPackage, readSigner } from '../wapt/index.ts';
import { hour } from './clock.ts';
import { type Lab, startLab } from './lab.ts';
import {
  allTasks,
  eventually,
  hostWith,
  open,
  statusOf,
  stopAll,
  tasksOf,
  testClient,
  trigger,
  wuaPackage,
} from './testing.ts';

afterAll(stopAll);

describe('a package that hosts must not trust', () => {
  it('is published all the same, and refused by the hosts', async () => {
    const { lab, client, directory } = await open({ hosts: 8 });
    const built = await wuaPackage(lab, 'lab-wua-desktops', '5', { allowed_products: ['Windows 11'] });
    const vectors = new URL('../wapt/vectors/', import.meta.url);
    const stranger = readSigner({
      certificatePem: readFileSync(new URL('cert.crt', vectors), 'utf8'),
      keyPem: readFileSync(new URL('key.pem', vectors), 'utf8'),
    });
    const { control, files } = await readPackage(built.bytes);
    const foreign = await buildPackage({
      control: { ...control, version: '6' },
      files: { 'WAPT/waptwua_rules.json': files.get('WAPT/waptwua_rules.json') ?? Buffer.alloc(0) },
      signer: stranger,
    });
    expect((await client('POST', '/api/v3/upload_packages', { body: foreign.bytes })).status).toBe(200);
    const host = hostWith(lab, 'ordinary', 'lab-desktops');
    const { errors } = await eventually(
      () => tasksOf(client, host.uuid),
      (tasks) => tasks.errors.length > 0,
    );
    expect(errors[0]?.summary).toContain('certificate-untrusted');
    expect((await statusOf(client, host.uuid)).rules_packages).toContain('lab-wua-desktops(=1)');
    const [row] = (await client('GET', `/api/v3/hosts?uuid=${host.uuid}`)).json().result as { host_status: string }[];
    expect(row?.host_status).toBe('ERROR');
    expect(directory).toBeTruthy();
  });
});

describe('other servers', () => {
  it('derived: 404 for the routes, but hosts obey', async () => {
    const { lab, client } = await open({ hosts: 8, dialect: 'derived' });
    expect((await client('GET', '/api/v3/windows_updates')).status).toBe(404);
    expect((await client('GET', '/api/v2/windows_updates?has_kb=1')).status).toBe(404);
    const host = hostWith(lab, 'ordinary');
    await trigger(lab, client, 'trigger_waptwua_scan', [host.uuid]);
    await eventually(
      () => tasksOf(client, host.uuid),
      (tasks) => tasks.done.length > 0,
    );
  });

  it('community: says so, and a trigger leads to nothing', async () => {
    const { lab, client } = await open({ hosts: 8, community: true });
    expect((await client('GET', '/ping')).json().result).toMatchObject({ edition: 'community', version: '1.8.2' });
    const host = hostWith(lab, 'ordinary');
    expect((await trigger(lab, client, 'trigger_waptwua_scan', [host.uuid])).json().msg).toMatch(/^1 actions launched/);
    await eventually(
      async () => lab.refusals(),
      (all) => all.some((one) => one.code === 'unhandled-action'),
    );
    expect(allTasks(await tasksOf(client, host.uuid))).toBe(0);
    await trigger(lab, client, 'trigger_host_update', [host.uuid]);
    await eventually(
      () => tasksOf(client, host.uuid),
      (tasks) => tasks.done.some((task) => task.classname === 'WaptUpdate'),
    );
  });

  it('v2: the documents and polling of 2015', async () => {
    const { client } = await open({ hosts: 8, dialect: 'v2' });
    expect((await client('GET', '/api/v3/windows_updates')).status).toBe(404);
    expect((await client('GET', '/api/v2/windows_updates')).json().msg).toBe('no valid request filter provided');
    const found = (await client('GET', '/api/v2/windows_updates?has_kb=1&severity=Critical')).json().result as {
      kb_article_id: string;
      msrc_severity: string;
      payload_files: string[];
    }[];
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((one) => one.msrc_severity))).toEqual(new Set(['Critical']));
    const started = (await client('GET', '/api/v2/download_wsusscan?force=1')).json().result as {
      uuid: string;
      status: string;
    };
    await eventually(
      async () =>
        (await client('GET', `/api/v2/wsusscan2_history?uuid=${started.uuid}`)).json().result as { status: string }[],
      ([job]) => job?.status === 'finished',
    );
  });

  it('with a clock that is off: its Date says so, and hosts drop what is signed by the right time', async () => {
    const { lab, client } = await open({ hosts: 8, clockOffset: 7 * hour });
    const answer = await client('GET', '/ping');
    expect(Date.parse(String(answer.headers['date'])) - Date.now()).toBeGreaterThan(6.9 * hour);
    await trigger(lab, client, 'trigger_waptwua_scan', [hostWith(lab, 'ordinary').uuid]);
    await eventually(
      async () => lab.refusals(),
      (all) => all.some((one) => one.code === 'too-old'),
    );
  });
});

describe('schedules', () => {
  it('scan a newer index, install and obey a shutdown, each host by its own options', async () => {
    // At this pace twelve hours are one second.
    const { lab, client } = await open({ hosts: 16, pace: 43_200, schedules: true });
    await client('POST', '/api/v3/download_wsusscan', { json: { force: false, missing: true } });
    const by = async (): Promise<readonly string[]> => {
      const found = new Set<string>();
      for (const host of lab.hosts.filter((one) => one.behaviour === 'ordinary')) {
        const { done } = await tasksOf(client, host.uuid);
        for (const task of done) {
          found.add(`${task.classname} ${task.created_by}`);
          if (task.created_by === 'waptexit') expect(host.options.install_at_shutdown).toBe(true);
          if (task.classname === 'WaptWUAInstallTask' && task.created_by === 'SCHEDULER') {
            expect(host.options.install_scheduling).not.toBeNull();
          }
        }
      }
      return [...found];
    };
    await eventually(
      by,
      (found) =>
        ['WaptWUADowloadTask SCHEDULER', 'WaptWUAInstallTask SCHEDULER', 'WaptWUAInstallTask waptexit'].every((one) =>
          found.includes(one),
        ),
      10_000,
    );
  });
});

describe('a folder', () => {
  it('belongs to one lab at a time', async () => {
    const { directory } = await open({ hosts: 6 });
    await expect(startLab({ dataDir: directory })).rejects.toThrow('another lab uses');
  });
});

describe('a restart', () => {
  it('finds everything again: certificates, signer, hosts, updates, packages, records', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'lab-restart-'));
    const seen = async (lab: Lab) => {
      const client = testClient(lab);
      const get = async (target: string): Promise<unknown> => (await client('GET', target)).json().result;
      return {
        ca: lab.caPem,
        signer: readFileSync(lab.signer.certificateFile, 'utf8'),
        profiles: lab.hosts,
        hosts: await get('/api/v3/hosts?columns=waptwua_status,updated_on'),
        updates: await get('/api/v3/windows_updates?limit=2000'),
        tasks: await get('/api/v3/wsusscan2_history?limit=0'),
        packages: await get('/api/v3/packages'),
        index: await get('/api/v3/wsusscan2_status'),
      };
    };
    const options = { dataDir: directory, pace: 1, schedules: false, hosts: 12 } as const;
    const first = await startLab(options);
    const client = testClient(first);
    const built = await wuaPackage(first, 'lab-wua-new', '1', { allowed_kbs: ['KB5043064'] });
    await client('POST', '/api/v3/upload_packages', { body: built.bytes });
    const before = await seen(first);
    await first.stop();
    const second = await startLab({ ...options, hosts: 99, seed: 5 });
    expect(await seen(second)).toEqual(before);
    await second.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('has another fleet for another seed', async () => {
    const names = async (seed: number): Promise<string[]> => {
      const { lab } = await open({ hosts: 12, seed });
      expect(new Set(lab.hosts.map((host) => host.name)).size).toBe(12);
      return lab.hosts.map((host) => host.name);
    };
    expect(await names(7)).not.toEqual(await names(8));
  });
});
