/** One export in a thread of its own, so that writing a hundred thousand rows stops neither the window nor the rest of the console. */
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { csvWriter } from './csv.ts';
import { htmlWriter } from './html.ts';
import type { FromWriter, ToWriter, WriterStart } from './messages.ts';
import type { SheetWriter } from './sheet.ts';
import { xlsxWriter } from './xlsx.ts';

const { file, format, sheet } = workerData as WriterStart;
const tell = (message: FromWriter): void => parentPort?.postMessage(message);

const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
const done = finished(stream);
// What the disk says is told by the write that meets it.
done.catch(() => undefined);

const write = (text: string): Promise<void> =>
  text === ''
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        stream.write(text, 'utf8', (error) => (error ? reject(error) : resolve()));
      });

const writer: SheetWriter =
  format === 'csv' ? csvWriter(sheet, write) : format === 'html' ? htmlWriter(sheet, write) : xlsxWriter(sheet, stream);

async function take(message: ToWriter): Promise<void> {
  if (message.kind === 'rows') {
    await writer.rows(message.rows);
    return tell({ kind: 'taken' });
  }
  await writer.end();
  if (!stream.writableEnded) stream.end();
  await done;
  tell({ kind: 'ended', bytes: (await stat(file)).size });
  parentPort?.close();
}

let turn = Promise.resolve();
parentPort?.on('message', (message: ToWriter) => {
  turn = turn
    .then(() => take(message))
    .catch((error: unknown) => {
      stream.destroy();
      const code = error instanceof Error && 'code' in error ? String(error.code) : null;
      tell({ kind: 'failed', disk: code, text: error instanceof Error ? error.message : String(error) });
      parentPort?.close();
    });
});
