import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writePrivate } from './private-file.ts';

/** The program that opens a file in the person's browser. */
export function openerOf(platform: NodeJS.Platform): { readonly command: string; readonly args: readonly string[] } {
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return { command: platform === 'darwin' ? 'open' : 'xdg-open', args: [] };
}

const redirectPage = (address: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${address}"><title>WAPTWUA</title>\n`;

/** Seconds for which the file with the address exists. */
const FILE_SECONDS = 60;

/**
 * Opens an address that carries a token, in the person's browser. Command lines can be read by every user of the computer:
 * what is opened is a file of mode 0600 that leads to the address. Answers whether a program could be started.
 */
export async function openAddress(
  address: string,
  folder: string,
  opener = openerOf(process.platform),
): Promise<{ readonly opened: boolean; readonly remove: () => Promise<void> }> {
  const file = join(folder, `open-${randomBytes(8).toString('hex')}.html`);
  await writePrivate(file, redirectPage(address));
  const remove = (): Promise<void> => rm(file, { force: true });
  setTimeout(() => void remove(), FILE_SECONDS * 1000).unref();
  const opened = await new Promise<boolean>((done) => {
    const child = spawn(opener.command, [...opener.args, pathToFileURL(file).href], {
      stdio: 'ignore',
      detached: true,
    });
    child.once('error', () => done(false));
    child.once('spawn', () => done(true));
    child.unref();
  });
  return { opened, remove };
}
