import type { ConsoleError } from '../../contract/errors.ts';
import type { ActionKind, RunHost } from '../../contract/schemas/actions.ts';
import type { CampaignStep, TryOutcome } from '../../domain/campaign.ts';
import type { Result } from '../../domain/result.ts';
import type { ActionFields, SignedAction } from '../../wapt/index.ts';
import { actionName, selectionAttribute } from '../server/dialect.ts';
import type { ServerClient } from '../server/session.ts';
import type { Store, TryChange } from '../store/store.ts';
import { isAway } from '../sync/failures.ts';
import type { Sync } from '../sync/sync.ts';
import { type Baseline, followOrder, type Order, readBaseline, sendOrder } from './order.ts';
import type { Gate } from './waiting.ts';

/** What a try works with. */
export interface FlightParts {
  readonly client: ServerClient;
  readonly store: Store;
  readonly sync: Sync;
  readonly sign: (actions: readonly ActionFields[]) => Result<readonly SignedAction[], ConsoleError>;
  readonly gate: Gate;
  readonly now: () => number;
  readonly taskWaitMs?: number | undefined;
  /** The try is written down: from now on it may be under way. */
  readonly onOpen: () => void;
  /** The server could not be reached. */
  readonly onAway: () => void;
  /** How far the task of the host is; null when it is not known. */
  readonly onPercent: (percent: number | null) => void;
}

/** Which try of which step on which host. */
export interface Flight {
  readonly campaignId: string;
  readonly uuid: string;
  readonly step: CampaignStep;
  readonly attempt: number;
  readonly signal: AbortSignal;
}

/** A try that was written down before the console closed. */
export interface OpenTry {
  readonly baseline: Baseline;
  readonly sentAt: string | null;
  readonly appearedAt: string | null;
}

/** The order that a step is on the host. */
export const actionOf = (step: CampaignStep): ActionKind => (step === 'servicing' ? 'install' : step);

/** Writes down what becomes known of a try; a failure of our own disk is told when the try ends. */
class Notes {
  readonly #parts: FlightParts;
  readonly #flight: Flight;
  #last: RunHost['progress'] | null = null;
  #code: string | null = null;
  #message: string | null = null;
  #appeared = false;

  constructor(parts: FlightParts, flight: Flight, hasAppeared = false) {
    this.#appeared = hasAppeared;
    this.#parts = parts;
    this.#flight = flight;
  }

  readonly tell = (change: Partial<RunHost>): void => {
    const at = new Date(this.#parts.now()).toISOString();
    const { progress, message, code, taskId } = change;
    if (message !== undefined) this.#message = message;
    if (code !== undefined) this.#code = code;
    if (change.percent !== undefined) this.#parts.onPercent(change.percent);
    if (taskId != null && !this.#appeared) {
      this.#appeared = true;
      // What runs there was sent, also where the console died before it could write that down.
      this.#note({ appearedAt: at, sentAt: at, taskId });
    }
    // Of a task the host tells, not the server.
    if (progress === 'launched' && taskId == null && this.#last === 'sent')
      this.#note({ sentAt: at, isLaunched: true, launchedAt: at, message: this.#message });
    else if (progress === 'not-launched') this.#note({ sentAt: at, isLaunched: false, message: this.#message });
    // Its answer was lost: it was sent, and nobody said what became of it.
    else if (progress === 'sent' && code != null) this.#note({ sentAt: at, code, message: this.#message });
    if (progress !== undefined) this.#last = progress;
  };

  get last(): RunHost['progress'] | null {
    return this.#last;
  }

  get code(): string | null {
    return this.#code;
  }

  get hasAppeared(): boolean {
    return this.#appeared;
  }

  async end(outcome: TryOutcome, message = this.#message): Promise<void> {
    const { campaignId: id, uuid, attempt } = this.#flight;
    const endedAt = new Date(this.#parts.now()).toISOString();
    await this.#parts.store.campaignTryNote({ id, uuid, attempt, endedAt, outcome, message, code: this.#code });
  }

  #note(change: TryChange): void {
    const { campaignId: id, uuid, attempt } = this.#flight;
    void this.#parts.store.campaignTryNote({ id, uuid, attempt, ...change });
  }
}

/**
 * Orders one step of one host and follows it to its end. Null: it was given up without an end (the console closes, the campaign is cancelled), or
 * never begun because the server is away. The try is written down before it is sent, so that it is sent once.
 */
export async function fly(parts: FlightParts, flight: Flight): Promise<TryOutcome | null> {
  const { client, store } = parts;
  const { campaignId: id, uuid, attempt, step, signal } = flight;
  let isAwayNow = false;
  const baseline = await readBaseline({ client, uuid, signal }, (error) => {
    isAwayNow = isAway(error.code);
  });
  if (isAwayNow) parts.onAway();
  if (baseline === null || isAwayNow) return null;
  const chosen = step === 'servicing' ? await store.campaignServicing(uuid) : null;
  const at = new Date(parts.now()).toISOString();
  const opened = await store.campaignTryOpen({ id, uuid, attempt, step, at, baseline });
  // What cannot be written down is not done.
  if (!opened.ok || signal.aborted) return null;
  parts.onOpen();
  const notes = new Notes(parts, flight);
  const conclude = async (outcome: TryOutcome): Promise<TryOutcome> => {
    await notes.end(outcome);
    return outcome;
  };
  if (chosen !== null && !chosen.ok) return conclude('not-sent');
  if (chosen?.ok && chosen.value.length === 0) return conclude('nothing');
  const order = orderOf(parts, flight, notes);
  const attribute = selectionAttribute(client);
  if (chosen !== null && attribute === null) return conclude('not-sent');
  const fields = {
    action: actionName(client, order.action),
    uuid,
    notify_server: true,
    force: false,
    ...(chosen?.ok && attribute !== null ? { [attribute]: chosen.value } : {}),
  };
  const mayCome = await sendOrder(order, fields, parts.sign);
  if (signal.aborted) return null;
  if (!mayCome) return conclude(await whyNot(parts, notes, uuid));
  return follow(parts, notes, order, baseline);
}

/** Goes on with a try that was under way when the console closed: looks at the host, and sends nothing again. */
export async function flyOn(parts: FlightParts, flight: Flight, open: OpenTry): Promise<TryOutcome | null> {
  const notes = new Notes(parts, flight, open.appearedAt !== null);
  return follow(parts, notes, orderOf(parts, flight, notes), open.baseline, open.sentAt === null);
}

const orderOf = (
  { client, store, sync, taskWaitMs }: FlightParts,
  { step, uuid, signal }: Flight,
  notes: Notes,
): Order => ({
  client,
  store,
  sync,
  action: actionOf(step),
  uuid,
  signal,
  taskWaitMs,
  tell: notes.tell,
});

/** Why the order never got to the host. */
async function whyNot(parts: FlightParts, notes: Notes, uuid: string): Promise<TryOutcome> {
  if (notes.last === 'not-launched') {
    await parts.sync.refreshHost(uuid);
    const host = await parts.store.hostsByUuid([uuid]);
    return host.ok && host.value[0]?.reachable === 'OK' ? 'not-launched' : 'off';
  }
  const { code } = notes;
  if (code !== null && isAway(code as ConsoleError['code'])) {
    parts.onAway();
    return 'not-sent';
  }
  return code !== null && INNOCENT.has(code) ? 'not-sent' : 'failed';
}

/** Codes by which nothing was sent, and of which the host knows nothing. */
const INNOCENT: ReadonlySet<string> = new Set(['signer-needed', 'signer-expired', 'signer-not-yet-valid', 'cancelled']);

async function follow(
  parts: FlightParts,
  notes: Notes,
  order: Order,
  baseline: Baseline,
  maybeUnsent = false,
): Promise<TryOutcome | null> {
  const { kind } = await followOrder(order, baseline, parts.gate);
  parts.onPercent(null);
  if (order.signal.aborted) return null;
  const outcome: TryOutcome =
    kind === 'none' && !notes.hasAppeared
      ? maybeUnsent
        ? 'not-sent'
        : 'no-task'
      : notes.last === 'done'
        ? 'done'
        : 'failed';
  await notes.end(outcome);
  return outcome;
}
