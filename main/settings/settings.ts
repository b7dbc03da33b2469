import type { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import { type Settings, settingsPatch, settingsSchema } from '../../contract/schemas/app.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { inTurn } from '../in-turn.ts';
import { type Log, silentLog } from '../log/log.ts';
import { readPrivateJson, setAside, writePrivateJson } from './private-json.ts';

/** The settings of somebody who set nothing. */
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  density: 'comfortable',
  grids: {},
  filters: {},
  views: [],
  notify: true,
  packagePrefix: '',
};

/** Some settings; the others stay. */
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** The settings of the person, on disk at every change. */
export interface SettingsFile {
  /** What was wrong with the file when it was opened, in words for the log; null when nothing was. */
  readonly problem: string | null;
  readonly get: () => Settings;
  /** Changes some settings; `bad-request` when the result is none, `disk` when it could not be kept. */
  readonly set: (patch: SettingsPatch) => Promise<Result<Settings, ConsoleError>>;
}

/** Takes every setting that is sound and the default for the others: one bad value costs one setting. */
function tolerant(content: unknown): { readonly settings: Settings; readonly wrong: readonly string[] } {
  const given = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  const settings: Record<string, unknown> = { ...defaultSettings };
  const wrong: string[] = [];
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (given[name] === undefined) continue;
    const parsed = schema.safeParse(given[name]);
    if (parsed.success) settings[name] = parsed.data;
    else wrong.push(name);
  }
  return { settings: settings as Settings, wrong };
}

async function read(file: string): Promise<{ readonly settings: Settings; readonly problem: string | null }> {
  const { content, problem } = await readPrivateJson(file);
  if (content === null) return { settings: defaultSettings, problem };
  if (typeof content !== 'object' || Array.isArray(content)) {
    return { settings: defaultSettings, problem: await setAside(file, 'no object') };
  }
  const { settings, wrong } = tolerant(content);
  return { settings, problem: wrong.length === 0 ? null : `${file}: ${wrong.join(', ')} had no possible value` };
}

/** Opens the settings; a broken file is set aside and the defaults are used. */
export async function openSettings(file: string, log: Log = silentLog): Promise<SettingsFile> {
  const opened = await read(file);
  if (opened.problem !== null) log.warn('settings', { problem: opened.problem });
  let current = opened.settings;
  const turn = inTurn();
  return {
    problem: opened.problem,
    get: () => current,
    set: (patch) =>
      turn(async () => {
        const checked = settingsPatch.safeParse(patch);
        if (!checked.success) return fail({ code: 'bad-request' });
        // Another console may have written meanwhile: only what this one changes is changed.
        const onDisk = await read(file);
        const base = onDisk.problem === null ? onDisk.settings : current;
        const next = { ...base, ...withoutUndefined(checked.data) };
        const written = await writePrivateJson(file, next);
        if (!written.ok) return written;
        current = next;
        return ok(next);
      }),
  };
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
