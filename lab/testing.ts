import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage, formatRulesFile, readSigner, type Signer, signAction } from '../wapt/index.ts';
import type { HostProfile } from './agents/profile.ts';
import type { TaskLists } from './agents/task-queue.ts';

import { type Lab, type LabOptions, startLab } from './lab.ts';

/** An answer as a test looks at it. */
export type TestAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
  /** The body as JSON; throws when it is none. */
  readonly json: () => {
    readonly success: boolean;
    readonly msg: string;
    readonly error_code?: string;
    readonly result: unknown;
  };
};

/** Sends one request over real HTTPS, trusting the lab's own authority alone. */
export type TestClient = (
  method: string,
  target: string,
  options?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
    readonly json?: unknown;
    readonly user?: string | null;
  },
) => Promise<TestAnswer>;

/** A client of a lab that signs in by Basic, as `admin` unless told otherwise. */
export function testClient(lab: Pick<Lab, 'url' | 'caPem' | 'users'>): TestClient {
  const agent = new Agent({ ca: lab.caPem, keepAlive: false });
  return (method, target, options = {}) =>
    new Promise((resolve, reject) => {
      const user = options.user === null ? undefined : lab.users.find((one) => one.name === (options.user ?? 'admin'));
      const body = options.json === undefined ? options.body : JSON.stringify(options.json);
      const headers: Record<string, string> = {
        ...(user === undefined
          ? {}
          : { Authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}` }),
        ...(options.json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
        ...options.headers,
      };
      const outgoing = request(`${lab.url}${target}`, { method, agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const whole = Buffer.concat(parts);
          const text = whole.toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: whole,
            text,
            json: () => JSON.parse(text) as ReturnType<TestAnswer['json']>,
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

/** The demonstration's signer of a lab, opened. */
export const labSigner = (lab: Pick<Lab, 'signer'>): Signer =>
  readSigner({
    certificatePem: readFileSync(lab.signer.certificateFile, 'utf8'),
    keyPem: readFileSync(lab.signer.keyFile, 'utf8'),
    passphrase: lab.signer.passphrase,
  });

/** Asks until the answer satisfies; throws what was last seen after `milliseconds`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  satisfied: (value: T) => boolean,
  milliseconds = 20_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await ask();
    if (satisfied(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)?.slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** One row of `host_data?field=wsusupdates`. */
export type Row = Readonly<Record<string, unknown>> & {
  readonly update_id: string;
  readonly local_status_status: string;
};
/** `waptwua_status` as tests look at it. */
export type Status = {
  readonly status: string;
  readonly rules_packages: readonly string[];
  readonly last_scan_date: string;
  readonly last_error: string | null;
};

const stops: (() => Promise<void>)[] = [];

/** Stops every lab that `open` started, for `afterAll`. */
export const stopAll = async (): Promise<void> => {
  for (const stop of stops.splice(0)) await stop();
};

/** A lab in a folder of its own, quick and without schedules unless asked. */
export const open = async (
  options: Partial<LabOptions> = {},
): Promise<{ readonly lab: Lab; readonly client: TestClient; readonly directory: string }> => {
  const directory = options.dataDir ?? mkdtempSync(join(tmpdir(), 'lab-test-'));
  const lab = await startLab({ dataDir: directory, hosts: 24, pace: 60, schedules: false, ...options });
  stops.push(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  return { lab, client: testClient(lab), directory };
};

/** The rows of a host's updates. */
export const rowsOf = async (client: TestClient, uuid: string): Promise<readonly Row[]> =>
  (await client('GET', `/api/v1/host_data?field=wsusupdates&uuid=${uuid}`)).json().result as readonly Row[];

/** `waptwua_status` of a host. */
export const statusOf = async (client: TestClient, uuid: string): Promise<Status> =>
  (await client('GET', `/api/v1/host_data?field=waptwua_status&uuid=${uuid}`)).json().result as Status;

/** The task lists of a host, all of them. */
export const tasksOf = async (client: TestClient, uuid: string): Promise<TaskLists> =>
  (await client('GET', `/api/v3/host_tasks_status?uuid=${uuid}&timeout=0.2&last_event_id=-1`)).json()
    .result as TaskLists;

/** How many tasks there are in all lists. */
export const allTasks = ({ running, pending, done, errors, cancelled }: TaskLists): number =>
  (running === null ? 0 : 1) + pending.length + done.length + errors.length + cancelled.length;

/** Signs an action for each host and posts them. */
export const trigger = (
  lab: Lab,
  client: TestClient,
  action: string,
  uuids: readonly string[],
  extra: Readonly<Record<string, unknown>> = {},
) =>
  client('POST', '/api/v3/trigger_host_action?timeout=5', {
    json: uuids.map((uuid) =>
      signAction({ action, uuid, notify_server: true, force: false, ...extra }, { signer: labSigner(lab) }),
    ),
  });

/** The first host of a character, and of a group; throws when there is none. */
export const hostWith = (lab: Lab, behaviour: HostProfile['behaviour'], group?: string): HostProfile => {
  const found = lab.hosts.find(
    (host) => host.behaviour === behaviour && (group === undefined || host.groups.includes(group)),
  );
  if (found === undefined) throw new Error(`no ${behaviour} host`);
  return found;
};

/** Builds and signs a rule package. */
export const wuaPackage = (lab: Lab, name: string, version: string, rules: Parameters<typeof formatRulesFile>[0]) => {
  const file = Buffer.from(formatRulesFile(rules));
  return buildPackage({
    control: {
      package: name,
      version,
      section: 'wsus',
      maturity: 'PROD',
      target_os: 'windows',
      min_wapt_version: '1.7.3',
    },
    files: { 'WAPT/waptwua_rules.json': file, 'WAPT/persistent/waptwua_rules.json': file },
    signer: labSigner(lab),
  });
};
