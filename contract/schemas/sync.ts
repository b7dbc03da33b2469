import { z } from 'zod';

/** `full` reads every host again; else only those that changed. */
export const syncRequest = z.strictObject({ full: z.boolean() });

/** What the sync does now. */
export interface SyncState {
  /** Nothing more is asked of the server until the person lets it go on; a run that is under way waits where it is. */
  readonly isPaused: boolean;
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

/** Whether the journal is as it was written. Numbers are those of lines. */
export interface JournalState {
  readonly entries: number;
  /** The first line that does not follow from the one before it; null: the chain is whole. */
  readonly brokenAt: number | null;
  readonly seals: number;
  /** The first line whose seal is not true, or that is gone. */
  readonly brokenSeal: number | null;
  /** The newest seal: what stands before it cannot be rewritten without the signer's key. `signer` is null where its certificate is not known here. */
  readonly lastSeal: {
    readonly id: number;
    readonly at: string | null;
    readonly fingerprint: string;
    readonly signer: string | null;
  } | null;
}

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
