import type { Bridge } from '../../../contract/bridge.ts';
import type { Request } from '../../../contract/calls.ts';
import type { ConsoleError } from '../../../contract/errors.ts';
import { EXPORT_CHUNK } from '../../../contract/export-limits.ts';
import { BROWSER } from '../../../contract/names.ts';
import type { ExportCell, ExportOutcome } from '../../../contract/schemas/exports.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';

/** About so many cells are put into words before the window draws again. */
const CELLS_AT_ONCE = 6_000;
/** And about so many characters cross at once. */
const CHARACTERS_AT_ONCE = 2_000_000;

/** What is sent, row by row in shown order. */
export interface ExportJob {
  readonly begin: Request<'exports.begin'>;
  readonly rowAt: (index: number) => ExportCell[];
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Sends a list to main, in runs with room for drawing between them. Null: the person closed the dialog that asks where to save. */
export async function runExport(
  bridge: Pick<Bridge, 'call'>,
  { begin, rowAt, onProgress, signal }: ExportJob,
): Promise<Result<ExportOutcome | null, ConsoleError>> {
  const begun = await bridge.call('exports.begin', begin);
  if (!begun.ok) return begun;
  if (begun.value === null) return ok(null);
  const { exportId } = begun.value;
  const most = Math.max(1, Math.min(EXPORT_CHUNK, Math.floor(CELLS_AT_ONCE / begin.columns.length)));
  let at = 0;
  while (at < begin.rows && !signal.aborted) {
    const rows: ExportCell[][] = [];
    let characters = 0;
    while (rows.length < most && at + rows.length < begin.rows && characters < CHARACTERS_AT_ONCE) {
      const row = rowAt(at + rows.length);
      for (const cell of row) characters += typeof cell === 'string' ? cell.length : 8;
      rows.push(row);
    }
    const taken = await bridge.call('exports.rows', { exportId, at, rows });
    if (!taken.ok) return taken;
    at += rows.length;
    onProgress(at);
    // An answer may come before the next frame: the window draws first.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (!signal.aborted) {
    const cancel = (): void => void bridge.call('exports.cancel', { exportId });
    signal.addEventListener('abort', cancel, { once: true });
    const finished = await bridge.call('exports.finish', { exportId });
    signal.removeEventListener('abort', cancel);
    return finished;
  }
  await bridge.call('exports.cancel', { exportId });
  return fail({ code: 'cancelled' });
}

const ONE_TIME = /^[\w-]{43}$/;

/** Has the browser save a file that waits at a path of ours; any other path is refused. */
export function fetchDownload(path: string, name: string): boolean {
  if (!path.startsWith(BROWSER.download) || !ONE_TIME.test(path.slice(BROWSER.download.length))) return false;
  const link = document.createElement('a');
  link.href = path;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  return true;
}
