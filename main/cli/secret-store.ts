import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Refusal } from './exit.ts';

const SERVICE = 'waptwua-console';
const PATIENCE_MS = 30_000;

const run = promisify(execFile);

/** The system's own program that gives a kept secret, and how one keeps it there. Windows has none that a script may ask. */
function programOf(os: NodeJS.Platform, account: string) {
  if (os === 'linux')
    return {
      file: 'secret-tool',
      args: ['lookup', 'service', SERVICE, 'account', account],
      keep: `secret-tool store --label='WAPTWUA console' service ${SERVICE} account '${account}'`,
    };
  if (os === 'darwin')
    return {
      file: 'security',
      args: ['find-generic-password', '-s', SERVICE, '-a', account, '-w'],
      keep: `security add-generic-password -s ${SERVICE} -a '${account}' -w`,
    };
  return null;
}

/** Reads a secret from the store of the system (Secret Service on Linux, the keychain on macOS); nothing is ever written there. */
export async function secretFromStore(
  account: string,
  option: string,
  os: NodeJS.Platform = process.platform,
): Promise<Result<string, Refusal>> {
  const program = programOf(os, account);
  if (program === null) return fail({ ending: 'usage', words: ({ secret }) => secret.noStore(option) });
  try {
    const { stdout } = await run(program.file, program.args, { timeout: PATIENCE_MS, maxBuffer: 10_000 });
    const secret = stdout.replace(/\r?\n$/, '');
    if (secret !== '') return ok(secret);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return fail({ ending: 'usage', words: ({ secret }) => secret.noProgram(option, program.file) });
  }
  return fail({ ending: 'refused', words: ({ secret }) => secret.notKept(option, program.keep) });
}
