import { parentPort, workerData } from 'node:worker_threads';
import type { TitleAnswer, TitleSearch } from './regex.ts';

const say = (answer: TitleAnswer): void => parentPort?.postMessage(answer);

const { pattern, titles } = workerData as TitleSearch;

function compile(): RegExp | null {
  try {
    return new RegExp(pattern, 'iu');
  } catch (error) {
    say({ kind: 'invalid', reason: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

const regex = compile();
if (regex !== null) {
  say({ kind: 'begun' });
  say({ kind: 'found', positions: titles.flatMap((title, at) => (regex.test(title) ? [at] : [])) });
}
