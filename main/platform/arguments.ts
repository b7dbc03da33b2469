import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fail, ok, type Result } from '../../domain/result.ts';

/** What the built-in lab writes about itself for the console that is started beside it. Paths are absolute here. */
export interface LabProfile {
  readonly name: string;
  readonly url: string;
  readonly caFile: string;
  readonly keysDir: string;
  readonly user: string;
}

/** With which server the console starts. */
export interface Startup {
  /** Address given by `--server`: its profile is made or chosen. */
  readonly server: string | null;
  /** The lab that runs beside, from `--lab-profile`. */
  readonly lab: LabProfile | null;
}

/** What the command line says. */
export interface Arguments extends Startup {
  /** 0 takes a free port. */
  readonly port: number;
  readonly data: string | null;
  /** Folders of certificates and keys, absolute. Empty: the default one. */
  readonly keys: readonly string[];
  readonly open: boolean;
}

const labProfile = z.object({
  name: z.string().min(1).max(200),
  url: z.string().regex(/^https:\/\//),
  caFile: z.string().min(1),
  keysDir: z.string().min(1),
  user: z.string().min(1).max(200),
});

/** Paths in the file count from its own folder. */
function readLabProfile(file: string): Result<LabProfile, string> {
  try {
    const parsed = labProfile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success) return fail(`--lab-profile ${file}: ${parsed.error.issues[0]?.path.join('.') ?? ''} is wrong`);
    const folder = dirname(resolve(file));
    const { caFile, keysDir, ...rest } = parsed.data;
    return ok({ ...rest, caFile: resolve(folder, caFile), keysDir: resolve(folder, keysDir) });
  } catch (error) {
    return fail(`--lab-profile ${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

const read = (words: readonly string[], strict: boolean) =>
  parseArgs({
    args: [...words],
    strict,
    allowPositionals: !strict,
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      keys: { type: 'string', multiple: true },
      open: { type: 'boolean' },
      server: { type: 'string' },
      'lab-profile': { type: 'string' },
    },
  }).values;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * Reads the command line of an entry; a failure is one line for the terminal. `strict` refuses words it does not know:
 * browser mode does, the desktop cannot, since Chromium takes flags from the same line.
 */
export function readArguments(
  words: readonly string[],
  options: { readonly strict: boolean },
): Result<Arguments, string> {
  let values: ReturnType<typeof read>;
  try {
    values = read(words, options.strict);
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'the arguments cannot be read');
  }
  const port = Number(text(values.port) ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return fail('--port takes a number from 0 to 65535');
  const labFile = text(values['lab-profile']);
  const lab = labFile === null ? ok(null) : readLabProfile(labFile);
  if (!lab.ok) return lab;
  const given = (Array.isArray(values.keys) ? values.keys : []).filter((folder) => typeof folder === 'string');
  const data = text(values.data);
  return ok({
    port,
    data: data === null ? null : resolve(data),
    keys: given.map((folder) => resolve(folder)),
    open: values.open === true,
    server: text(values.server),
    lab: lab.value,
  });
}
