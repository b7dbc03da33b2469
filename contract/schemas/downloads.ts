import { z } from 'zod';

/** State of `wsusscn2.cab` on the server. */
export interface IndexState {
  /** Last-Modified of the file, ISO with zone; null when the server has none. */
  readonly date: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** When the server last looked for a newer one; null when this server does not say. */
  readonly lastCheck: string | null;
  /** When the console read this. */
  readonly readAt: string;
  readonly task: DownloadTask | null;
}

export const indexDownload = z.strictObject({
  /** Fetch even if up to date. */
  force: z.boolean(),
  /** Also fetch the missing files of updates that hosts need. */
  missing: z.boolean(),
});

/** A download of the server (protocol 4.4). Dates ISO as the server gave them, sizes in bytes, open sets shown raw. */
export interface DownloadTask {
  readonly id: number | string;
  readonly taskId: string | null;
  readonly kind: string | null;
  readonly status: string | null;
  readonly message: string | null;
  readonly url: string | null;
  readonly startedOn: string | null;
  readonly finishedOn: string | null;
  readonly localFilename: string | null;
  readonly fileSize: number | null;
  readonly targetSize: number | null;
  readonly fileDate: string | null;
  readonly error: string | null;
  readonly skipped: boolean | null;
  readonly forced: boolean | null;
  readonly createdOn: string | null;
  /** The likely cause of `error`, for which the window has words and a next step. */
  readonly cause: 'proxy' | 'dns' | 'timeout' | 'not-found' | 'hash' | 'disk' | 'refused' | 'unknown' | null;
  /** The update whose file this is, where the url is known. */
  readonly updateId: string | null;
}

export interface DownloadList {
  readonly tasks: readonly DownloadTask[];
  readonly isCutOff: boolean;
}

export const forgetDownloads = z.strictObject({
  ids: z
    .array(z.union([z.number(), z.string().max(200)]))
    .min(1)
    .max(5_000),
});
