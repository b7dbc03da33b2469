import { z } from 'zod';
import type { Again, Idle, Lack, Sized } from '../../domain/disk.ts';
import type { FolderVerdict } from '../../domain/repositories.ts';
import type { StateCounts, UpdateOutline } from '../../domain/update.ts';
import type { ConsoleError } from '../errors.ts';
import { type Freshness, updateId } from './common.ts';

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

/** An update as one looks at it for the room it takes. */
export interface DiskUpdate extends UpdateOutline, Sized {
  readonly hosts: StateCounts;
  /** Whether another reported update replaces it. */
  readonly isSuperseded: boolean;
  /** How many files it has; 0: hosts name none, and nothing can be fetched. */
  readonly files: number;
}

/** What the server's disk holds and lacks, as far as the hosts and the server's own list tell. */
export interface DiskState {
  /** Some host needs it, and the server lacks its files. */
  readonly lacking: readonly (DiskUpdate & { readonly lack: Lack })[];
  /** The server has its files, and no host will fetch them. `sharedWith`: a file of it is also of an update that hosts need, by its title. */
  readonly idle: readonly (DiskUpdate & {
    readonly idle: Idle;
    readonly again: Again;
    readonly sharedWith: string | null;
  })[];
  /** All updates whose files the server has; bytes as hosts report them at most, the same files once. */
  readonly cached: { readonly updates: number; readonly bytes: number };
  /** With which index hosts scanned, by its date as they report it. */
  readonly indexDates: readonly { readonly date: string | null; readonly hosts: number }[];
  readonly windowsHosts: number;
  /** Never scanned, or longer ago than the profile's limit: what they need is not known. */
  readonly staleHosts: number;
  readonly freshness: Freshness;
}

export const weighRequest = z.strictObject({ updateIds: z.array(updateId).min(1).max(500) });

/** What the files of some updates weigh on the server, looked at one by one, each file once. */
export interface FilesWeight {
  readonly files: number;
  /** Bytes of those that are there. */
  readonly bytes: number;
  /** Not on the server after all. */
  readonly absent: number;
}

/** A repository that hosts say they use. */
export interface RepositoryUse {
  /** As hosts write it; null: those that do not say. */
  readonly url: string | null;
  /** Windows hosts that use it. */
  readonly hosts: number;
  /** Those of them whose scan is not stale: only they tell anything of its files. */
  readonly counted: number;
  /** Counted hosts that found the files of some update. */
  readonly finds: number;
  /** Counted hosts that found none, and missed files which the server has and another host had found before. */
  readonly lacks: number;
  readonly missedUpdates: number;
  /** Counted hosts that scanned with an index older than that which others had before. */
  readonly oldIndex: number;
  readonly verdict: FolderVerdict;
}

/** A rule by which hosts choose a repository, as far as it is understood. */
export interface RepositoryRule {
  readonly name: string | null;
  readonly condition: string | null;
  readonly value: string | null;
  readonly url: string | null;
  /** What it holds for, raw: `wapt`, `waptwua`, … */
  readonly covers: readonly string[];
  readonly isActive: boolean | null;
  readonly hasFallback: boolean | null;
}

/** The repositories of the fleet: what hosts say, and what the server publishes. */
export interface Repositories {
  readonly uses: readonly RepositoryUse[];
  /** Null: the server publishes none (its edition has no secondary repositories), or could not be asked. */
  readonly rules: readonly RepositoryRule[] | null;
  /** When the list for secondary repositories was written last; null where there is none. */
  readonly syncListDate: string | null;
  /** Why the server could not be asked; null when it answered. */
  readonly serverError: ConsoleError | null;
  readonly freshness: Freshness;
}
