import { afterAll, describe, expect, it } from 'vitest';
import { buildPackage, readPackage } from '../wapt/index.ts';
import type { Lab } from './lab.ts';
import { eventually, hostWith, labSigner, open, stopAll, type TestClient, wuaPackage } from './testing.ts';

afterAll(stopAll);

const upload = async (client: TestClient, bytes: Buffer): Promise<void> => {
  const answer = await client('POST', '/api/v3/upload_packages', {
    headers: { 'Content-Type': 'binary/octet-stream' },
    body: bytes,
  });
  expect(answer.json()).toMatchObject({ success: true });
};

const carrier = async (lab: Lab, section: string, name: string, version: string, depends: string): Promise<Buffer> =>
  (await buildPackage({ control: { package: name, section, version, depends }, files: {}, signer: labSigner(lab) }))
    .bytes;

const installed = async (client: TestClient, uuid: string): Promise<readonly string[]> =>
  (
    (await client('GET', `/api/v1/host_data?field=installed_packages&uuid=${uuid}`)).json().result as readonly {
      readonly package: string;
      readonly install_status: string;
    }[]
  ).flatMap((one) => (one.install_status === 'OK' ? [one.package] : []));

const groupsOf = async (client: TestClient, uuid: string): Promise<unknown> =>
  ((await client('GET', `/api/v3/hosts?uuid=${uuid}&columns=depends`)).json().result as { depends: unknown }[])[0]
    ?.depends;

describe('packages of hosts', () => {
  it('are there for hosts in groups, without password and without index', async () => {
    const { lab, client } = await open();
    const host = hostWith(lab, 'ordinary', 'lab-servers');
    const answer = await client('GET', `/wapt-host/${host.uuid}.wapt`, { user: null });
    const { control } = await readPackage(answer.body);
    expect(control).toMatchObject({ package: host.uuid, section: 'host', depends: 'lab-servers' });
    const again = await client('GET', `/wapt-host/${host.uuid}.wapt`, { user: null });
    expect(again.body).toEqual(answer.body);
    const fresh = hostWith(lab, 'never-scanned');
    expect((await client('GET', `/wapt-host/${fresh.uuid}.wapt`)).status).toBe(404);
    expect((await client('GET', '/wapt-host/%2e%2e/lab.sqlite')).status).toBe(404);
    expect(await groupsOf(client, fresh.uuid)).toBe('');
  });

  it('bring what they ask for, and the server learns the groups from them', async () => {
    const { lab, client } = await open();
    const host = hostWith(lab, 'ordinary', 'lab-servers');
    await upload(client, (await wuaPackage(lab, 'lab-wua-own', '1', { allowed_kbs: [] })).bytes);
    await upload(client, await carrier(lab, 'host', host.uuid, '2', 'lab-servers,lab-wua-own'));
    expect(await groupsOf(client, host.uuid)).toBe('lab-servers,lab-wua-own');
    const names = await eventually(
      () => installed(client, host.uuid),
      (all) => all.includes('lab-wua-own'),
    );
    expect(names).toContain(host.uuid);
    const other = lab.hosts.find((one) => one.groups.includes('lab-servers') && one.uuid !== host.uuid);
    expect(await installed(client, other?.uuid ?? '')).not.toContain('lab-wua-own');
  });

  it('reach hosts by the package of a unit above and of a directory group', async () => {
    const { lab, client } = await open();
    const host = hostWith(lab, 'ordinary', 'lab-desktops');
    const unit = host.unit.split(',').slice(1).join(',');
    await upload(client, (await wuaPackage(lab, 'lab-wua-unit', '1', { allowed_kbs: [] })).bytes);
    await upload(client, (await wuaPackage(lab, 'lab-wua-profile', '1', { allowed_kbs: [] })).bytes);
    await upload(client, await carrier(lab, 'unit', unit, '1', 'lab-wua-unit'));
    await upload(client, await carrier(lab, 'profile', 'WAPT_lab-desktops', '1', 'lab-wua-profile'));
    const names = await eventually(
      () => installed(client, host.uuid),
      (all) => all.includes('lab-wua-unit') && all.includes('lab-wua-profile'),
    );
    expect(names).toContain(unit);
  });

  it('of a signer whom a host does not trust bring nothing', async () => {
    const { lab, client } = await open();
    const host = hostWith(lab, 'other-signer');
    await upload(client, (await wuaPackage(lab, 'lab-wua-own', '1', { allowed_kbs: [] })).bytes);
    await upload(client, await carrier(lab, 'host', host.uuid, '2', 'lab-wua-own'));
    await eventually(
      async () => (await client('GET', `/api/v3/hosts?uuid=${host.uuid}&columns=host_status`)).json().result,
      (rows) => (rows as { host_status: string }[])[0]?.host_status === 'ERROR',
    );
    expect(await installed(client, host.uuid)).toEqual([]);
  });
});
