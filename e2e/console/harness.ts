import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Answer, Answers, Request } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import { BROWSER, type CallName } from '../../contract/names.ts';
import type { Draft } from '../../contract/schemas/packages.ts';
import type { Result } from '../../domain/result.ts';
import { fail } from '../../domain/result.ts';
import { emptyRules } from '../../domain/rules.ts';
import { type Lab, type LabOptions, startLab } from '../../lab/lab.ts';
import { type ConsoleOptions, createConsole } from '../../main/console.ts';
import { type ConsoleEvent, createEventHub } from '../../main/ipc/events.ts';
import { createHandler } from '../../main/ipc/handle.ts';
import { silentLog } from '../../main/log/log.ts';
import type { Platform } from '../../main/platform/platform.ts';
import { fingerprintOf, keepFurtherLabs } from '../further-labs.ts';

/** A console without a window, over the calls of the contract. */
export interface Bench {
  /** Asks as a window would: through schema and wrapper. */
  ask<N extends CallName>(name: N, request: Request<N>): Promise<Answer<N>>;
  /** Asks and throws on a failure: for steps that are not under test. */
  need<N extends CallName>(name: N, request: Request<N>): Promise<Answers[N]>;
  /** The same of another desk. */
  at(desk: string): Pick<Bench, 'ask' | 'need'>;
  /** What the console told, and from which desk. */
  readonly told: readonly ConsoleEvent[];
  readonly data: string;
  /** Where a file waits that the window may fetch at a path; null: nothing waits there. */
  download(path: string): string | null;
  stop(): Promise<void>;
}

/** Asks again until `good`, at most `seconds`; answers the last value. */
export async function until<T>(ask: () => Promise<T>, good: (value: T) => boolean, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  let value = await ask();
  while (!good(value) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    value = await ask();
  }
  return value;
}

/** A folder of its own that goes away with `remove`. */
async function folder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'waptwua-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A lab for a test: quick, without schedules unless asked, in a folder of its own. */
export async function testLab(options: Partial<LabOptions> = {}): Promise<Lab & { readonly dataDir: string }> {
  const { path, remove } = await folder();
  const lab = await startLab({ dataDir: path, hosts: 12, pace: 40, ...options });
  return {
    ...lab,
    dataDir: path,
    stop: async () => {
      await lab.stop();
      await remove();
    },
  };
}

/** Starts the console on the lab's profile, with `keys` as the only folder of certificates and keys. */
export async function testConsole(
  lab: Lab,
  data?: string,
  others: readonly Lab[] = [],
  time?: ConsoleOptions['time'],
): Promise<Bench> {
  const own = data === undefined ? await folder() : { path: data, remove: async () => {} };
  const none = fail<ConsoleError>({ code: 'unavailable' });
  const platform: Platform = {
    entry: 'browser',
    version: '0.0.0-test',
    paths: { data: own.path, keys: [lab, ...others].flatMap((each) => [each.signer.directory, dirname(each.caFile)]) },
    canBrowseFiles: false,
    languages: () => ['en'],
    openExternal: async () => false,
    copy: async () => false,
    notify: () => false,
    browseFile: async () => null,
    saveFile: null,
    printPdf: null,
    secrets: { available: async () => false, get: async () => null, set: async () => none, delete: async () => {} },
    resolveProxy: async () => null,
  };
  const events = createEventHub();
  const startup = {
    server: null,
    lab: { name: 'Lab', url: lab.url, caFile: lab.caFile, keysDir: lab.signer.directory, user: 'admin' },
  };
  const told: ConsoleEvent[] = [];
  events.subscribe((event) => told.push(event));
  await keepFurtherLabs(own.path, others);
  const core = await createConsole({ platform, events, log: silentLog, startup, time });
  await core.start();
  const handle = createHandler<string>(core.callsOf, { log: silentLog, admit: (sender) => ({ sender }) });
  const at = (desk: () => string): Pick<Bench, 'ask' | 'need'> => {
    const ask = async <N extends CallName>(name: N, request: Request<N>): Promise<Answer<N>> =>
      (await handle('test', name, request, desk())) as Answer<N>;
    return {
      ask,
      need: async <N extends CallName>(name: N, request: Request<N>): Promise<Answers[N]> => {
        const answer: Result<Answers[N], ConsoleError> = await ask(name, request);
        if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
        return answer.value;
      },
    };
  };
  return {
    ...at(core.firstDesk),
    at: (desk) => at(() => desk),
    told,
    data: own.path,
    download: (path) => core.downloads.take(path.slice(BROWSER.download.length))?.file ?? null,
    stop: async () => {
      await core.stop();
      await own.remove();
    },
  };
}

/** Signs in as one of the lab's users and waits for the first sync. */
export async function signedIn(bench: Pick<Bench, 'need'>, lab: Lab, user = 'admin', profileId = 'lab'): Promise<void> {
  const account = lab.users.find((each) => each.name === user);
  if (account === undefined) throw new Error(`the lab has no user ${user}`);
  await bench.need('session.signIn', { profileId, user, password: account.password, keepPassword: false });
  await until(
    () => bench.need('sync.state', {}),
    (state) => state.phase === 'idle' && state.finishedAt !== null,
  );
}

/** Opens the lab's signer. */
export async function signer(bench: Pick<Bench, 'need'>, lab: Lab): Promise<void> {
  const files = await bench.need('files.list', { kind: 'certificate' });
  const wanted = fingerprintOf(await readFile(lab.signer.certificateFile, 'latin1'));
  const certificate = files.find((file) => file.certificate?.fingerprint === wanted && file.keyId !== null);
  if (certificate === undefined) throw new Error('no certificate with a key');
  await bench.need('signer.open', { certificateId: certificate.id, keyId: null, passphrase: lab.signer.passphrase });
}

/** Rules that say nothing, in a form that a draft takes. */
export const noRules = (): Draft['rules'] => structuredClone(emptyRules) as Draft['rules'];
