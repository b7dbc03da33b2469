import type { UpdateSizes } from '../../../domain/forecast.ts';
import { type Context, kept } from '../context.ts';
import { all } from '../sql.ts';

/** What fetching each update costs, by position; kept until updates change. */
export function updateSizesOf(context: Context): () => UpdateSizes {
  const sizes = context.db.prepare(
    `SELECT coalesce(facts ->> '$.maxDownloadSize', facts ->> '$.minDownloadSize', 0) AS bytes,
            downloaded_on IS NOT NULL AS on_server FROM updates ORDER BY id`,
  );
  return kept(
    () => context.revision.updates,
    () => {
      const lines = all<{ bytes: number; on_server: number }>(sizes);
      return {
        bytes: Float64Array.from(lines, (line) => Number(line.bytes) || 0),
        onServer: Uint8Array.from(lines, (line) => line.on_server),
      };
    },
  );
}
