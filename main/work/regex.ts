import { Worker } from 'node:worker_threads';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** What the worker of a search is started with. */
export interface TitleSearch {
  readonly pattern: string;
  readonly titles: readonly string[];
}

/** What it says: that it runs, then the positions of the titles that match, or why the pattern is none. */
export type TitleAnswer =
  | { readonly kind: 'begun' }
  | { readonly kind: 'found'; readonly positions: readonly number[] }
  | { readonly kind: 'invalid'; readonly reason: string };

/** How long a pattern may look (milliseconds). */
const TIMEOUT = 200;

/** How long a thread may take to begin on a busy machine (milliseconds): that is not the pattern's fault. */
const BEGIN = 10_000;

// The build makes an entry of its own out of this address (tools/build.ts).
const workerAddress = (): URL => new URL('./regex-worker.ts', import.meta.url);

/**
 * Positions of the titles that a regular expression matches, without regard to case. It runs in a thread that is ended after `timeoutMs`, since
 * some expressions never end: `regex-too-slow` (`limit` in milliseconds). `regex-invalid` carries the engine's own words as `reason`.
 */
export async function matchTitles(
  pattern: string,
  titles: readonly string[],
  { timeoutMs = TIMEOUT }: { readonly timeoutMs?: number } = {},
): Promise<Result<readonly number[], ConsoleError>> {
  const search: TitleSearch = { pattern, titles };
  const worker = new Worker(workerAddress(), { workerData: search, name: 'regex', execArgv: [] });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result<readonly number[], ConsoleError>>((resolve, reject) => {
      const tooSlow = (): void =>
        resolve(fail({ code: 'regex-too-slow', field: 'pattern', facts: { limit: timeoutMs } }));
      timer = setTimeout(tooSlow, BEGIN);
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the search ended without an answer')));
      worker.on('message', (answer: TitleAnswer) => {
        if (answer.kind === 'begun') {
          clearTimeout(timer);
          timer = setTimeout(tooSlow, timeoutMs);
        } else if (answer.kind === 'found') resolve(ok(answer.positions));
        else resolve(fail({ code: 'regex-invalid', field: 'pattern', facts: { reason: answer.reason } }));
      });
    });
  } finally {
    clearTimeout(timer);
    void worker.terminate();
  }
}
