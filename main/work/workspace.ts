import type { ConsoleError } from '../../contract/errors.ts';
import type { SyncState } from '../../contract/schemas/sync.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { EventHub } from '../ipc/events.ts';
import type { Log } from '../log/log.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerService } from '../signer/signer.ts';
import { openStore, type Store } from '../store/store.ts';
import { idle, Sync } from '../sync/sync.ts';
import { Campaigns, type CampaignTime } from './campaigns.ts';
import { DownloadWatch } from './download-watch.ts';
import { HostTasksWatch } from './host-tasks.ts';
import { RulePackages } from './rule-packages.ts';
import { Runs } from './runs.ts';
import { syncSource } from './source.ts';

/** What works only while one is signed in. */
export interface Online {
  readonly client: ServerClient;
  readonly sync: Sync;
  readonly packages: RulePackages;
  readonly downloads: DownloadWatch;
  readonly tasks: HostTasksWatch;
  readonly runs: Runs;
  readonly campaigns: Campaigns;
}

/** What an open profile is made of. */
export interface WorkspaceParts {
  readonly events: EventHub;
  readonly signer: SignerService;
  readonly log: Pick<Log, 'error'>;
  /** Signers the profile trusts for packages beside the own one (PEM). */
  readonly trusted: () => readonly string[];
  /** Days after which a scan is stale. */
  readonly staleDays: () => number;
  /** How campaigns see time; as it is where it is left out. */
  readonly time?: CampaignTime | undefined;
}

/** One profile that is open: its store, and while one is signed in what talks to its server. */
export class Workspace {
  readonly profileId: string;
  readonly store: Store;
  readonly #events: EventHub;
  readonly #signer: SignerService;
  readonly #trusted: () => readonly string[];
  readonly #staleDays: () => number;
  readonly #log: Pick<Log, 'error'>;
  /** Milliseconds since 1970, by which campaigns read their windows. */
  readonly now: () => number;
  readonly #time: CampaignTime;
  readonly #unsubscribe: () => void;
  #online: Online | null = null;

  private constructor(profileId: string, store: Store, parts: WorkspaceParts) {
    this.profileId = profileId;
    this.store = store;
    this.#events = parts.events;
    this.#signer = parts.signer;
    this.#trusted = parts.trusted;
    this.#staleDays = parts.staleDays;
    this.#log = parts.log;
    this.#time = parts.time ?? {};
    this.now = this.#time.now ?? Date.now;
    this.#unsubscribe = store.onChange((subjects) => parts.events.emit('store.changed', { subjects }));
  }

  /** Opens the store of a profile. */
  static async open(profileId: string, file: string, parts: WorkspaceParts): Promise<Result<Workspace, ConsoleError>> {
    const store = await openStore({ file });
    return store.ok ? ok(new Workspace(profileId, store.value, parts)) : store;
  }

  get online(): Online | null {
    return this.#online;
  }

  /** Starts what needs a server. */
  attach(client: ServerClient): Online {
    const { store } = this;
    const events = this.#events;
    const signer = this.#signer;
    const onBug = (error: unknown): void => this.#log.error('work in the background failed by a bug', { error });
    const packages = new RulePackages({ store, client, trusted: this.#trusted, onBug });
    let wasBusy = false;
    const sync = new Sync({
      store,
      source: syncSource(client),
      staleDays: this.#staleDays,
      onBug,
      onState: (state) => {
        events.emit('sync.changed', state);
        const isBusy = state.phase !== 'idle';
        if (wasBusy && !isBusy && state.error === null) packages.refreshUnasked(false);
        wasBusy = isBusy;
      },
    });
    const downloads = new DownloadWatch({ client, store, sync, events, onBug });
    const tasks = new HostTasksWatch({ client, events, onBug });
    const runs = new Runs({ client, store, sync, signer, events, onBug });
    const campaigns = new Campaigns({ client, store, sync, signer, events, time: this.#time, onBug });
    this.#online = { client, sync, packages, downloads, tasks, runs, campaigns };
    campaigns.start().catch(onBug);
    this.goOn();
    return this.#online;
  }

  /** Starts what follows the server by itself: at sign-in, and again after the server asked for the password in the middle of work. */
  goOn(): void {
    this.#online?.sync.start();
    this.#online?.packages.refreshUnasked(true);
    this.#online?.downloads.follow();
    this.#online?.campaigns.look();
  }

  /** Stops what needs a server; the store stays open. */
  async detach(): Promise<void> {
    const online = this.#online;
    this.#online = null;
    if (online === null) return;
    online.campaigns.stop();
    online.runs.stop();
    online.tasks.stop();
    online.downloads.stop();
    await Promise.all([online.packages.stop(), online.sync.stop()]);
    await online.client.signOut();
    this.#events.emit('sync.changed', idle);
  }

  /** State of the sync, idle when nobody is signed in. */
  get syncState(): SyncState {
    return this.#online?.sync.state ?? idle;
  }

  /** Closes everything. */
  async stop(): Promise<void> {
    await this.detach();
    this.#unsubscribe();
    await this.store.close();
  }
}
