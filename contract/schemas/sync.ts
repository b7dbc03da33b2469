import { z } from 'zod';

/** `full` reads every host again; else only those that changed. */
export const syncRequest = z.strictObject({ full: z.boolean() });

/** What the sync does now. */
export interface SyncState {
  readonly phase: 'idle' | 'hosts' | 'updates' | 'rows' | 'packages';
  readonly done: number;
  readonly total: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Code of the failure of the last sync, null after a success. */
  readonly error: string | null;
  /** Hosts whose rows could not be read, with the code. */
  readonly failedHosts: number;
  readonly changedHosts: number;
}

export const journalRequest = z.strictObject({ limit: z.number().int().min(1).max(5_000) });

/** One line of the journal. */
export interface JournalEntry {
  readonly id: number;
  readonly at: string;
  readonly user: string;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly hash: string;
}
