import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Result } from '../../domain/result.ts';
import { postActions } from './actions.ts';
import { headFile } from './files.ts';
import { hostsForPackage, packagesForHosts } from './host-packages.ts';
import { hostTasks } from './host-tasks.ts';
import { hostData, hostUpdates, listHosts } from './hosts.ts';
import { deletePackages, uploadPackage } from './repository.ts';
import { type ServerClient, signIn } from './session.ts';
import {
  makeChain,
  optionsFor,
  RECORDED,
  recorded,
  replay,
  signedIn,
  standIn,
  startServer,
  type TestServer,
} from './testing.ts';
import type { Request } from './transport.ts';

const UUID = '3C6F9A5E-0D2E-11EC-8000-000000000001';

/** The operation that asks what was recorded, and what it makes of the answer. */
type Case = readonly [operation: (client: ServerClient) => Promise<unknown>, expected: unknown];

const good = (value: unknown) => ({ ok: true, value });
const bad = (code: string, facts: Readonly<Record<string, unknown>> = {}) => ({ ok: false, error: { code, facts } });
const said = (serverCode: string) => bad('server-said', { serverCode });

/** Asks as it was recorded, where no operation of the console asks so. */
const same = (name: string) => (client: ServerClient) => {
  const { method, target, body } = recorded(name).request;
  const url = new URL(target, 'https://s.invalid');
  return client.ask({
    method: method as Request['method'],
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    ...(body === undefined ? {} : { json: body }),
  });
};

const upload = (client: ServerClient) => uploadPackage(client, { bytes: new Uint8Array(10) });
const trigger = (client: ServerClient) => postActions(client, [{ action: 'trigger_host_update' }]);
const field = (name: string) => (client: ServerClient) => hostData(client, UUID, name);

const cases: Readonly<Record<string, Case>> = {
  '00-user_infos-anonymous': [same('00-user_infos-anonymous'), good({ result: { user: null, user_acls: null } })],
  '01-login-empty-body': [same('01-login-empty-body'), said('valueerror')],
  '01-login-get-basic': [same('01-login-get-basic'), good({ result: { hosts_count: 6 } })],
  '01-login-not-json': [same('01-login-not-json'), said('badrequest')],
  '02-user_infos-session': [same('02-user_infos-session'), good({ result: { user: 'admin' } })],
  '04-hosts-basic-v1-console-columns': [
    listHosts,
    good({
      isCutOff: false,
      skipped: 0,
      hosts: expect.arrayContaining([
        expect.objectContaining({
          uuid: '3C6F9A5E-0D2E-11EC-8000-000000000006',
          fqdn: 'pc006.example.lan',
          description: 'Poste é 006',
          model: 'OptiPlex 7006',
          organizationalUnit: 'OU=Salle 2,OU=PCs,DC=example,DC=lan',
          site: 'SITE1',
          lastUser: 'user6',
          groups: [],
          language: 'fr',
          maturities: ['PROD'],
          trustedSigners: ['1b0da8c336a5b92a5a2f903759b89801b076ad0895e7e49d0b375eeac2a937c8'],
          reachable: null,
          wuaStatus: null,
          statusHashes: null,
        }),
      ]),
    }),
  ],
  '04-hosts-session-default-columns': [listHosts, good({ hosts: { length: 6 }, isCutOff: false })],
  '05-hosts-filter-bad-regex': [listHosts, said('dataerror')],
  '05-hosts-filter': [listHosts, good({ hosts: { length: 2 } })],
  '05-hosts-uuid-unknown': [(client) => listHosts(client, { uuids: ['nope'] }), good({ hosts: [] })],
  '06-host_data-bad-field': [field('nope'), said('ewaptmissingparameter')],
  '06-host_data-empty': [field('wmi'), good(null)],
  '06-host_data-installed_packages': [
    field('installed_packages'),
    good(expect.arrayContaining([expect.objectContaining({ package: 'tis-hello' })])),
  ],
  '06-host_data-unknown-host': [field('dmi'), bad('not-found', { serverCode: 'ewaptunknownhost' })],
  '06-host_data-waptwua_status': [field('waptwua_status'), good({ status: 'PENDING_UPDATES', install_delay: '' })],
  '06-host_data-wuauserv_status': [field('wuauserv_status'), good(expect.any(Object))],
  '06-host_data-wsusupdates': [
    (client) => hostUpdates(client, UUID),
    good({
      skipped: 0,
      rows: expect.arrayContaining([
        {
          uuid: UUID,
          updateId: 'aaaaaaaa-0000-0000-0000-000000000000',
          status: 'PENDING',
          allowed: true,
          installed: false,
          present: false,
          hidden: false,
          delayed: null,
          downloaded: false,
          installDate: null,
          history: [],
        },
      ]),
      updates: expect.arrayContaining([
        expect.objectContaining({
          updateId: 'aaaaaaaa-0000-0000-0000-000000000000',
          title: 'Mise à jour KB5000',
          kbids: ['5000'],
          severity: 'Critical',
          downloadUrls: ['http://download.example/x/windows10-kb5000.cab'],
          isMandatory: false,
          canRequestUserInput: 'False',
          cveIds: [],
        }),
      ]),
    }),
  ],
  '06-hosts_for_package': [
    (client) => hostsForPackage(client, ['tis-hello'], { limit: 2 }),
    good({
      isCutOff: true,
      hosts: [
        {
          uuid: UUID,
          fqdn: 'pc001.example.lan',
          version: '1.0-2',
          installStatus: 'NEED-UPGRADE',
          installDate: '2026-11-01T08:00:00',
        },
        { uuid: UUID, version: '1.0-3', installStatus: 'NEED-INSTALL', installDate: null },
      ],
    }),
  ],
  '06-packages_for_hosts': [
    (client) => packagesForHosts(client, { uuids: [UUID] }),
    good({
      isCutOff: false,
      rows: [
        {
          uuid: UUID,
          package: 'tis-hello',
          version: '1.0-2',
          section: 'base',
          installStatus: 'NEED-UPGRADE',
          installDate: null,
        },
        {
          uuid: UUID,
          package: 'tis-hello',
          version: '1.0-3',
          section: null,
          installStatus: 'NEED-INSTALL',
          installDate: null,
        },
        {
          uuid: UUID,
          package: 'tis-new',
          version: '2-0',
          section: null,
          installStatus: 'NEED-INSTALL',
          installDate: null,
        },
      ],
    }),
  ],
  '07-known_packages-empty': [same('07-known_packages-empty'), good({ result: [] })],
  '08-upload-bad-filename': [upload, bad('upload-refused', { serverMessage: '0 Packages uploaded, 0 errors.' })],
  '08-upload-head': [same('08-upload-head'), bad('malformed', { status: 200 })],
  '08-upload-multipart-ok': [upload, good({ filename: 'tis-hello_1.0-3_PROD_45c4362bacdc3739d5d1099520508fb7.wapt' })],
  '08-upload-no-cert-stream': [upload, bad('upload-refused', { serverCode: 'ewaptforbiddden', status: 500 })],
  '08-upload-not-a-zip-stream': [upload, bad('upload-refused', { serverCode: 'badzipfile', status: 500 })],
  '08-upload-stream-ok': [
    upload,
    good({
      filename: 'tis-grp_2_9d6c913af5b73e4aef9f357fcde02ead.wapt',
      package: 'tis-grp',
      version: '2',
      md5sum: '9d6c913af5b73e4aef9f357fcde02ead',
      size: 2745,
    }),
  ],
  '09-known_packages': [same('09-known_packages'), good({ result: { length: 3 } })],
  '09-packages': [same('09-packages'), good({ result: { length: 2 } })],
  '10-trigger-empty-list': [same('10-trigger-empty-list'), said('ewaptforbiddden')],
  '10-trigger-no-uuid': [same('10-trigger-no-uuid'), said('unboundlocalerror')],
  '10-trigger-offline-list': [trigger, good({ launched: 0, errors: 0, skipped: 0, serverErrors: 0, results: [] })],
  '10-trigger-unknown-host': [trigger, good({ launched: 0 })],
  '10-trigger-unsigned': [trigger, said('ewaptbadsignature')],
  '11-host_tasks_status-offline': [(client) => hostTasks(client, UUID), said('ewapthostunreachable')],
  '12-unknown-route-404': [same('12-unknown-route-404'), bad('absent', { status: 404 })],
  '12-windows_updates-enterprise-404': [same('12-windows_updates-enterprise-404'), bad('absent')],
  '13-host_tasks_status-online': [(client) => hostTasks(client, UUID), good({ kind: 'unsupported' })],
  '13-trigger-online': [
    trigger,
    good({ launched: 2, errors: 0, message: '2 actions launched, 0 errors, 0 skipped, 0 server errors' }),
  ],
  '15-packages_delete-ok': [(client) => deletePackages(client, ['a.wapt']), good({ deleted: 1, failed: 0 })],
  '15-packages_delete-unknown': [(client) => deletePackages(client, ['a.wapt']), good({ deleted: 0, failed: 1 })],
  '21-acl-viewer-trigger-403': [trigger, bad('forbidden', { right: 'trigger_host_action' })],
  '30-nginx-Packages-head': [
    (client) => headFile(client, '/wapt/Packages'),
    good({ path: '/wapt/Packages', date: '2026-11-21T17:32:27.000Z' }),
  ],
};

/** Each of these ends the session, or is what signing in and out is made of. */
const ending: Readonly<Record<string, Case>> = {
  '03-hosts-anonymous': [listHosts, bad('signed-out', { status: 401 })],
  '08-upload-anonymous': [upload, bad('signed-out')],
  '10-trigger-anonymous': [trigger, bad('signed-out')],
  '19-logout': [same('19-logout'), good({ result: null, message: 'logout' })],
};

const signingIn = ['00-ping', '01-login-ok-json', '01-login-bad-password'];

let chain: Awaited<ReturnType<typeof makeChain>>;
let server: TestServer;
let client: ServerClient;
let current: string | null = null;

beforeAll(async () => {
  chain = await makeChain();
  server = await startServer(chain.served, (asked, response) => {
    // Before each upload the console asks HEAD.
    const isProbe = asked.method === 'HEAD' && current !== null && recorded(current).request.method === 'POST';
    if (isProbe) replay(response, recorded('08-upload-head'));
    else if (current !== null) replay(response, recorded(current));
    else standIn(asked, response, 'right', asked.body);
  });
  client = await signedIn(optionsFor(server, chain.ca.cert));
});
afterAll(async () => {
  client.close();
  await server.close();
});

const run = async (name: string, [operation, expected]: Case, at: ServerClient): Promise<void> => {
  current = name;
  const answer = await operation(at);
  current = null;
  expect(answer).toMatchObject(expected as object);
};

describe('the recorded exchanges', () => {
  it('are all here', () => {
    const names = readdirSync(RECORDED).map((name) => name.replace(/\.json$/, ''));
    expect(names.toSorted()).toEqual([...Object.keys(cases), ...Object.keys(ending), ...signingIn].toSorted());
  });

  it.each(Object.entries(cases))('%s', async (name, one) => {
    await run(name, one, client);
    const asked = server.asked.at(-1);
    const { method, target } = recorded(name).request;
    expect(asked?.method).toBe(method);
    // The console asks v3 for hosts, whose v1 is an alias.
    expect(asked?.url.split('?')[0]).toBe((target.split('?')[0] ?? '').replace('/api/v1/hosts', '/api/v3/hosts'));
  });

  it.each(Object.entries(ending))('%s', async (name, one) => {
    const own = await signedIn(optionsFor(server, chain.ca.cert));
    await run(name, one, own);
    expect(own.isExpired).toBe(name !== '19-logout');
    own.close();
  });

  it('01-login-bad-password', async () => {
    const answer: Result<unknown, ConsoleError> = await signIn(optionsFor(server, chain.ca.cert), {
      user: 'admin',
      password: 'wrong',
    });
    expect(answer).toMatchObject(bad('password-refused', { status: 401, route: '/api/v3/login' }));
  });
});
