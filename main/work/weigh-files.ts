import type { ConsoleError } from '../../contract/errors.ts';
import type { FilesWeight } from '../../contract/schemas/downloads.ts';
import { fileNameOf } from '../../domain/disk.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Update } from '../../domain/update.ts';
import { fileOnServer } from '../server/downloads.ts';
import type { ServerClient } from '../server/session.ts';

/** How many files are looked at at once. */
const AT_ONCE = 6;

/** Looks at every file of some updates where the server serves it (protocol 4.5), each file once, and adds up what is there. */
export async function weighFiles(
  client: ServerClient,
  updates: readonly Update[],
): Promise<Result<FilesWeight, ConsoleError>> {
  const urls = [
    ...new Map(updates.flatMap((update) => update.downloadUrls).map((url) => [fileNameOf(url), url])).values(),
  ];
  let [files, bytes, absent] = [0, 0, 0];
  let failure: ConsoleError | null = null;
  const queue = urls.values();
  const look = async (): Promise<void> => {
    for (const url of queue) {
      if (failure !== null) return;
      const found = await fileOnServer(client, url);
      if (!found.ok) failure = found.error;
      else if (found.value === null) absent++;
      else {
        files++;
        bytes += found.value.size ?? 0;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return failure === null ? ok({ files, bytes, absent }) : { ok: false, error: failure };
}
