import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage, signAction } from '../wapt/index.ts';
import { writeZip } from '../wapt/zip-writer.ts';
import { type Lab, startLab } from './lab.ts';
import { labSigner, type TestAnswer, type TestClient, testClient } from './testing.ts';

type Recorded = {
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly text?: string;
  };
};

const folder = new URL('./recorded/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): Recorded => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recorded;

const offlineUuid = '3C6F9A5E-0D2E-11EC-8000-000000000001';
const onlineUuid = '3C6F9A5E-0D2E-11EC-8000-000000000002';

/** Content that agents sent at the time of the recording; the server only keeps it. */
const agentContent = new Set(['host_capabilities', 'last_update_status', 'local_status_history', 'architecture']);
const newerKeys = new Set(['local_status_delayed', 'changelog']);

type Shape = string | { readonly [key: string]: Shape } | readonly Shape[];
const shapeOf = (value: unknown): Shape => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, agentContent.has(key) ? 'kept' : shapeOf(inner)]),
  );
};

/** Differences of two shapes; null fits everything, since rows have holes. */
const differences = (recorded: Shape, ours: Shape, path = ''): string[] => {
  if (recorded === 'null' || ours === 'null') return [];
  if (typeof recorded === 'string' || typeof ours === 'string') {
    return recorded === ours ? [] : [`${path}: recorded ${JSON.stringify(recorded)}, lab ${JSON.stringify(ours)}`];
  }
  if (Array.isArray(recorded) || Array.isArray(ours)) {
    if (!Array.isArray(recorded) || !Array.isArray(ours)) return [`${path}: a list on one side only`];
    const [one, other] = [recorded[0], ours[0]] as readonly (Shape | undefined)[];
    return one === undefined || other === undefined ? [] : differences(one, other, `${path}[]`);
  }
  const [left, right] = [recorded as Record<string, Shape>, ours as Record<string, Shape>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => {
    const [a, b] = [left[key], right[key]];
    if (a === undefined) return newerKeys.has(key) ? [] : [`${path}.${key}: not in the recording`];
    if (b === undefined) return [`${path}.${key}: not in the lab`];
    return differences(a, b, `${path}.${key}`);
  });
};

const boundary = 'labboundary';
const multipart = (filename: string, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);

describe('the recorded exchanges of a running server', () => {
  let directory: string;
  let lab: Lab;
  let client: TestClient;
  let cookie: string;
  let uuids: Readonly<Record<string, string>>;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lab-recorded-'));
    lab = await startLab({ dataDir: directory, hosts: 24, community: true, pace: 100, schedules: false });
    client = testClient(lab);
    const login = await client('GET', '/api/v3/login');
    cookie = String(login.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    const offline = lab.hosts.find((host) => host.behaviour === 'offline');
    const old = lab.hosts.find((host) => host.behaviour === 'old-agent');
    uuids = { [offlineUuid]: offline?.uuid ?? '', [onlineUuid]: old?.uuid ?? '' };
  });
  afterAll(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const translated = (text: string): string =>
    text
      .replaceAll(offlineUuid, uuids[offlineUuid] ?? '')
      .replaceAll(onlineUuid, uuids[onlineUuid] ?? '')
      .replace('package=tis-hello', 'package=lab-wua-desktops');

  const packageBytes = async (
    name: string,
    section: string,
  ): Promise<{ readonly bytes: Buffer; readonly filename: string }> =>
    buildPackage({
      control: { package: name, version: '3', section, description: 'é' },
      files: {},
      signer: labSigner(lab),
    });

  /** Bodies that the recordings leave out or cut short. */
  const bodyOf = async (name: string, recorded: Recorded): Promise<string | Buffer | undefined> => {
    const uuid = uuids[name === '13-trigger-online.json' ? onlineUuid : offlineUuid] ?? '';
    const action = { action: 'trigger_host_update', uuid, notify_server: true, force: false };
    switch (name) {
      case '08-upload-multipart-ok.json': {
        const built = await packageBytes('tis-hello', 'base');
        return multipart(built.filename, built.bytes);
      }
      case '08-upload-stream-ok.json':
        return (await packageBytes('tis-grp', 'group')).bytes;
      case '08-upload-bad-filename.json':
        return multipart('bad name.txt', (await packageBytes('tis-bad', 'base')).bytes);
      case '08-upload-no-cert-stream.json':
        return writeZip([
          [
            'WAPT/control',
            Buffer.from(
              'package           : tis-hello\nversion           : 1\narchitecture      : all\nsection           : base',
            ),
          ],
          ['setup.py', Buffer.from('# code')],
        ]);
      case '10-trigger-offline-list.json':
      case '13-trigger-online.json':
        return JSON.stringify(
          [action, { ...action, force: true }].map((one) => signAction(one, { signer: labSigner(lab) })),
        );
      case '15-packages_delete-ok.json': {
        await client('POST', '/api/v3/upload_packages', { body: (await packageBytes('tis-gone', 'base')).bytes });
        const listed = (await client('GET', '/api/v3/packages')).json().result as {
          package: string;
          filename: string;
        }[];
        return JSON.stringify(listed.filter((one) => one.package === 'tis-gone').map((one) => one.filename));
      }
      default: {
        const { body } = recorded.request;
        if (body === undefined) return undefined;
        return translated(
          typeof body === 'string' ? body : JSON.stringify(body).replace('<password>', 'admin-password-1'),
        );
      }
    }
  };

  const ask = async (name: string, recorded: Recorded): Promise<TestAnswer> => {
    const headers: Record<string, string> = { ...recorded.request.headers };
    if (headers['Cookie'] !== undefined) headers['Cookie'] = cookie;
    const user = headers['Authorization']?.includes('<base64') === true ? 'admin' : null;
    if (user !== null) delete headers['Authorization'];
    if (headers['Content-Type']?.startsWith('multipart') === true)
      headers['Content-Type'] = `multipart/form-data; boundary=${boundary}`;
    const body = await bodyOf(name, recorded);
    return client(recorded.request.method, translated(recorded.request.target), {
      headers,
      user,
      ...(body === undefined ? {} : { body }),
    });
  };

  it.each(names)('%s', async (name) => {
    const recorded = read(name);
    const answer = await ask(name, recorded);
    expect(answer.status).toBe(recorded.response.status);
    const expected = Object.fromEntries(
      Object.entries(recorded.response.headers).map(([key, value]) => [key.toLowerCase(), value]),
    );
    for (const key of ['content-type', 'www-authenticate', 'cache-control', 'accept-ranges']) {
      if (expected[key] !== undefined) expect(answer.headers[key], key).toBe(expected[key]);
    }
    const shownCookie = answer.headers['set-cookie']?.[0]?.replace(/session=[^;]*/, 'session=<opaque>');
    expect(shownCookie).toBe(expected['set-cookie']);
    if (expected['etag'] !== undefined) expect(answer.headers['etag']).toMatch(/^"[0-9a-f]+-[0-9a-f]+"$/);
    if (expected['last-modified'] !== undefined)
      expect(answer.headers['last-modified']).toMatch(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/);

    const { body, text } = recorded.response;
    if (text !== undefined && recorded.request.method !== 'HEAD') expect(answer.text).toBe(text);
    if (body === undefined) return;
    const kept = body as { readonly success: boolean; readonly error_code?: string; readonly msg: string };
    const ours = answer.json();
    expect(ours.success).toBe(kept.success);
    expect(ours.error_code).toBe(kept.error_code);
    if (!kept.success || /^\d+ (actions|Packages uploaded)/.test(kept.msg)) expect(ours.msg).toBe(translated(kept.msg));
    // The recorded hosts reported these two objects by hand, with keys of their own.
    const status = /field=(waptwua_status|wuauserv_status)/.test(recorded.request.target);
    const [left, right] = status
      ? [
          { ...body, result: null },
          { ...ours, result: null },
        ]
      : [body, ours];
    expect(differences(shapeOf(left), shapeOf(right))).toEqual([]);
  });
});
