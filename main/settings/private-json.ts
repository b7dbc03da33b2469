import { chmod, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { writePrivate } from '../platform/private-file.ts';

/** What was read of a file of ours: its content (null when there is none), and what was wrong with it (null when nothing was). */
export interface ReadJson {
  readonly content: unknown;
  readonly problem: string | null;
}

/** Puts a broken file aside as `<file>.broken-<date>`; the answer says so in words for the log. */
export async function setAside(file: string, reason: string): Promise<string> {
  const target = `${file}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
  try {
    await rename(file, target);
    return `${file} is broken (${reason}) and was set aside as ${target}`;
  } catch {
    return `${file} is broken (${reason}) and could not be set aside`;
  }
}

/** Reads a JSON file; one that is no JSON, or cannot be read, is set aside. */
export async function readPrivateJson(file: string): Promise<ReadJson> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { content: null, problem: isMissing ? null : `${file} cannot be read` };
  }
  try {
    return { content: JSON.parse(text) as unknown, problem: null };
  } catch {
    return { content: null, problem: await setAside(file, 'no JSON') };
  }
}

/** Writes a JSON file for its owner alone, whole or not at all; `disk` when the disk refuses. */
export async function writePrivateJson(file: string, content: unknown): Promise<Result<null, ConsoleError>> {
  return writePrivateText(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Writes a text file for its owner alone (0600 in a 0700 folder), whole or not at all; `disk` when the disk refuses. */
export async function writePrivateText(file: string, text: string): Promise<Result<null, ConsoleError>> {
  try {
    await writePrivate(file, text);
    await chmod(dirname(file), 0o700);
    return ok(null);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    return fail({ code: 'disk', facts: { reason } });
  }
}
