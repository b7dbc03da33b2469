import { Worker } from 'node:worker_threads';
import type { ConsoleError } from '../../contract/errors.ts';
import type { ExportCell } from '../../contract/schemas/exports.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { FromWriter, ToWriter, WriterStart } from './messages.ts';

// The build makes an entry of its own out of this address (tools/build.ts).
const workerAddress = (): URL => new URL('./worker.ts', import.meta.url);

/** Megabytes that the thread of one export may take: a workbook is put together whole. */
const HEAP_MB = 3_072;

/** The thread that writes one file. Each question waits for the one before it. */
export interface FileWriter {
  /** Resolves when the rows are taken: no more than one run of rows is on its way. */
  readonly rows: (rows: readonly (readonly ExportCell[])[]) => Promise<Result<null, ConsoleError>>;
  /** Bytes of the whole file. */
  readonly end: () => Promise<Result<number, ConsoleError>>;
  readonly stop: () => Promise<void>;
}

/** Starts a thread. Failures are values: `disk` (`reason` is the system's code), `too-large` where memory ran out all the same, `internal` for a bug. */
export function startWriter(start: WriterStart, heapMb: number = HEAP_MB): FileWriter {
  const worker = new Worker(workerAddress(), {
    workerData: start,
    name: 'export',
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  let waiting: ((message: FromWriter) => void) | null = null;
  let failed: FromWriter | null = null;
  const take = (message: FromWriter): void => {
    if (message.kind === 'failed') failed ??= message;
    waiting?.(message);
    waiting = null;
  };
  worker.on('message', take);
  worker.on('error', (error: Error & { readonly code?: unknown }) => {
    const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    take({ kind: 'failed', disk: null, isFull, text: error.message });
  });
  worker.on('exit', () => take({ kind: 'failed', disk: null, text: 'the thread ended' }));

  const ask = async (message: ToWriter): Promise<Result<FromWriter, ConsoleError>> => {
    const answer =
      failed ??
      (await new Promise<FromWriter>((resolve) => {
        waiting = resolve;
        worker.postMessage(message);
      }));
    if (answer.kind !== 'failed') return ok(answer);
    if (answer.isFull === true) return fail({ code: 'too-large', facts: { reason: 'memory' } });
    return answer.disk === null
      ? fail({ code: 'internal', facts: { serverMessage: answer.text } })
      : fail({ code: 'disk', facts: { reason: answer.disk } });
  };

  return {
    rows: async (rows) => {
      const answer = await ask({ kind: 'rows', rows });
      return answer.ok ? ok(null) : answer;
    },
    end: async () => {
      const answer = await ask({ kind: 'end' });
      if (!answer.ok) return answer;
      return ok(answer.value.kind === 'ended' ? answer.value.bytes : 0);
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}
