import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabOptions } from '../lab/options.ts';
import { parseAddress } from '../main/server/address.ts';
import type { ServerClient } from '../main/server/client.ts';
import { type ServerOptions, signIn } from '../main/server/session.ts';

/** A lab in a process of its own, so that what is measured here is the console alone. */
export interface LabProcess {
  readonly url: string;
  /** PEM of the authority of its server. */
  readonly ca: string;
  readonly user: string;
  readonly password: string;
  /** A folder that goes away with the lab. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

/** Starts a lab without schedules beside this process; resolves when it answers. */
export async function labProcess(options: Partial<LabOptions>): Promise<LabProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'console-bench-'));
  const address = fileURLToPath(new URL('../lab/lab.ts', import.meta.url));
  const script = `
    const { startLab } = await import(${JSON.stringify(address)});
    const lab = await startLab(${JSON.stringify({ dataDir: join(folder, 'lab'), schedules: false, ...options })});
    const [{ name, password }] = lab.users;
    process.send({ url: lab.url, caFile: lab.caFile, user: name, password });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [said] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the lab did not start'))),
  ])) as [{ url: string; caFile: string; user: string; password: string }];
  return {
    ...said,
    ca: readFileSync(said.caFile, 'utf8'),
    folder,
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in to a lab as the console does. */
export async function signInTo(lab: LabProcess, dialect: ServerOptions['dialect']): Promise<ServerClient> {
  const address = parseAddress(lab.url);
  if (!address.ok) throw new Error(address.error.code);
  const client = await signIn(
    {
      address: address.value,
      trust: { kind: 'ca', pem: lab.ca },
      clientCertificate: null,
      proxy: '',
      dialect,
      configured: null,
    },
    lab,
  );
  if (!client.ok) throw new Error(JSON.stringify(client.error));
  return client.value;
}
