import type { ConsoleError } from '../../contract/errors.ts';
import type { HostTasks } from '../../contract/schemas/hosts.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { EventHub } from '../ipc/events.ts';
import { hostTasks } from '../server/host-tasks.ts';
import type { ServerClient } from '../server/session.ts';
import { pause } from './waiting.ts';

const NONE: HostTasks = { running: null, pending: [], done: [], errors: [], cancelled: [], lastEventId: null };

interface Followed {
  tasks: HostTasks;
  until: number;
  error: ConsoleError | null;
}

/** Keeps the tasks of the hosts one looks at fresh: polls a host until two minutes after the last question about it. */
export class HostTasksWatch {
  readonly #client: ServerClient;
  readonly #events: EventHub;
  readonly #followed = new Map<string, Followed>();
  readonly #abort = new AbortController();
  readonly #onBug: (error: unknown) => void;

  constructor(parts: {
    client: ServerClient;
    events: EventHub;
    /** Told of an exception in what runs unasked, for the log. */
    onBug?: (error: unknown) => void;
  }) {
    this.#client = parts.client;
    this.#events = parts.events;
    this.#onBug = parts.onBug ?? (() => undefined);
  }

  /** The tasks of a host; the first question waits for the host, later ones answer at once. */
  async ask(uuid: string): Promise<Result<HostTasks, ConsoleError>> {
    const known = this.#followed.get(uuid);
    if (known !== undefined) {
      known.until = Date.now() + 120_000;
      return known.error === null ? ok(known.tasks) : fail(known.error);
    }
    const first = await hostTasks(this.#client, uuid, { lastEventId: null, seconds: 5 }, this.#abort.signal);
    if (!first.ok) return first;
    const tasks = first.value.kind === 'tasks' ? first.value.tasks : NONE;
    if (first.value.kind !== 'unsupported' && !this.#followed.has(uuid)) {
      const followed: Followed = { tasks, until: Date.now() + 120_000, error: null };
      this.#followed.set(uuid, followed);
      this.#follow(uuid, followed)
        .catch(this.#onBug)
        .finally(() => this.#followed.delete(uuid));
    }
    return ok(tasks);
  }

  /** Ends every poll. */
  stop(): void {
    this.#abort.abort();
    this.#followed.clear();
  }

  async #follow(uuid: string, followed: Followed): Promise<void> {
    while (!this.#abort.signal.aborted && Date.now() < followed.until) {
      const asked = Date.now();
      const answer = await hostTasks(
        this.#client,
        uuid,
        { lastEventId: followed.tasks.lastEventId, seconds: 10 },
        this.#abort.signal,
      );
      if (this.#abort.signal.aborted) return;
      followed.error = answer.ok ? null : answer.error;
      if (answer.ok && answer.value.kind === 'tasks') followed.tasks = answer.value.tasks;
      if (!answer.ok || answer.value.kind === 'tasks') this.#events.emit('hosts.tasks', { uuid });
      if (!answer.ok) break;
      // Agents without long polling answer at once (protocol 3.9).
      if (Date.now() - asked < 500) await pause(1_000, this.#abort.signal);
    }
  }
}
