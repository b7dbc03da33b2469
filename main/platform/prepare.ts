import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder, dataFolder } from '../settings/paths.ts';
import type { Arguments } from './arguments.ts';
import type { Paths } from './platform.ts';

/** The folders of this start, made where they are missing, for nobody but their owner. */
export function preparePaths(words: Pick<Arguments, 'data' | 'keys' | 'lab'>): Paths {
  const override = words.data;
  const data = dataFolder({ override });
  const own = words.keys.length > 0 ? words.keys : [join(configFolder({ override }), 'keys')];
  for (const folder of [data, ...own]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { data, keys: words.lab === null ? own : [words.lab.keysDir, ...own] };
}
