/** What main tells unasked: enough to know what to ask again, never rows. */
import type { EventName } from './names.ts';
import type { DeskList } from './schemas/desks.ts';
import type { SessionState } from './schemas/session.ts';
import type { SignerState } from './schemas/signer.ts';
import type { SyncState } from './schemas/sync.ts';

/** The payload of each event. */
export interface Events {
  readonly 'session.changed': SessionState;
  readonly 'signer.changed': SignerState;
  readonly 'sync.changed': SyncState;
  /** Which subjects have new rows. */
  readonly 'store.changed': {
    readonly subjects: readonly (
      | 'updates'
      | 'hosts'
      | 'packages'
      | 'drafts'
      | 'journal'
      | 'triage'
      | 'rings'
      | 'campaigns'
    )[];
  };
  readonly 'downloads.changed': { readonly running: number };
  readonly 'hosts.tasks': { readonly uuid: string };
  readonly 'actions.changed': { readonly runId: string };
  readonly 'campaigns.changed': { readonly campaignId: string };
  readonly 'settings.changed': Record<string, never>;
  /** Somebody clicked on what the system told. */
  readonly 'app.notified': { readonly id: string };
  readonly 'desks.changed': DeskList;
}

/** Keeps the table complete: every name has a payload. */
export type EventPayload<N extends EventName> = Events[N];
