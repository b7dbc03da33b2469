import type { Clock } from '../clock.ts';
import { isoMicroseconds } from '../clock.ts';

/** One task as `host_tasks_status` shows it (protocol 3.9). */
export type HostTask = {
  readonly id: number;
  readonly classname: string;
  readonly priority: number;
  readonly order: number;
  readonly force: boolean;
  readonly create_date: string;
  readonly start_date: string | null;
  readonly finish_date: string | null;
  readonly logs: string;
  /** JSON text. */
  readonly result: string;
  readonly summary: string;
  /** 0 to 100. */
  readonly progress: number;
  readonly runstatus: string;
  readonly description: string;
  readonly pidlist: string;
  readonly notify_user: boolean;
  readonly notify_server_on_start: boolean;
  readonly notify_server_on_finish: boolean;
  readonly created_by: string;
};

/** What `host_tasks_status` answers of a host whose tasks changed. */
export type TaskLists = {
  readonly running: HostTask | null;
  readonly pending: readonly HostTask[];
  readonly done: readonly HostTask[];
  readonly cancelled: readonly HostTask[];
  readonly errors: readonly HostTask[];
  readonly last_task_id: number;
  readonly last_event_id: number;
};

/** What a task may do while it runs. */
export type TaskContext = {
  /** Adds a line to the log, and takes the text as the present state. */
  readonly log: (line: string) => void;
  /** 0 to 100. */
  readonly progress: (percent: number) => void;
  /** Lets time pass, in milliseconds of life (the pace divides it), while progress goes from one percentage to another. */
  readonly work: (milliseconds: number, from: number, to: number) => Promise<void>;
};

/** How a task ended: a sentence, and whether it failed. */
export type TaskOutcome = { readonly summary: string; readonly failed: boolean; readonly result?: unknown };

/** A task to do. */
export type TaskRequest = {
  readonly classname: string;
  readonly description: string;
  readonly priority: number;
  readonly createdBy: string;
  readonly force?: boolean;
  readonly notifyUser?: boolean;
  readonly notifyServer?: boolean;
  readonly run: (context: TaskContext) => Promise<TaskOutcome>;
};

class Cancelled extends Error {}

const kept = 30;

/** The task list of one host: one at a time, the most urgent first, and whoever waits for a change is told. */
export class TaskQueue {
  readonly #clock: Clock;
  #nextId = 1;
  #event = 1;
  #running: HostTask | null = null;
  #pending: { readonly task: HostTask; readonly request: TaskRequest }[] = [];
  #done: HostTask[] = [];
  #cancelled: HostTask[] = [];
  #errors: HostTask[] = [];
  #waiters = new Set<() => void>();
  #stop: ((error: Error) => void) | null = null;
  #stopped = false;
  #idle: Promise<void> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds a task; one of the same class and description that still waits is taken instead. */
  add(request: TaskRequest): HostTask {
    const same = this.#pending.find(
      ({ task }) => task.classname === request.classname && task.description === request.description,
    );
    if (same !== undefined) return same.task;
    const id = this.#nextId++;
    const task: HostTask = {
      id,
      classname: request.classname,
      priority: request.priority,
      order: id,
      force: request.force ?? false,
      create_date: isoMicroseconds(this.#clock.now()),
      start_date: null,
      finish_date: null,
      logs: '',
      result: 'null',
      summary: '',
      progress: 0,
      runstatus: '',
      description: request.description,
      pidlist: '[]',
      notify_user: request.notifyUser ?? false,
      notify_server_on_start: false,
      notify_server_on_finish: request.notifyServer ?? true,
      created_by: request.createdBy,
    };
    this.#pending.push({ task, request });
    this.#pending.sort((a, b) => a.task.priority - b.task.priority || a.task.order - b.task.order);
    this.#changed();
    if (this.#running === null) this.#idle = this.#runAll();
    return task;
  }

  get busy(): boolean {
    return this.#running !== null || this.#pending.length > 0;
  }

  /** Cancels what runs and what waits. */
  cancelAll(): void {
    for (const { task } of this.#pending.splice(0))
      this.#cancelled.push({ ...task, runstatus: 'CANCELLED', summary: 'Cancelled' });
    this.#stop?.(new Cancelled());
    this.#changed();
  }

  /** The lists at once when something happened since `lastEvent`; otherwise when something does, or after `timeout` ms just the number of the event. */
  async status(lastEvent: number, timeout: number): Promise<TaskLists | { readonly last_event_id: number }> {
    if (lastEvent !== this.#event) return this.#lists();
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, timeout);
      this.#waiters.add(finish);
    });
    return lastEvent === this.#event ? { last_event_id: this.#event } : this.#lists();
  }

  /** Ends the list: nothing new starts, what runs is left. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#pending = [];
    this.#stop?.(new Cancelled());
    for (const waiter of Array.from(this.#waiters)) waiter();
    await this.#idle;
  }

  #lists(): TaskLists {
    return {
      running: this.#running,
      pending: this.#pending.map(({ task }) => task),
      done: this.#done,
      cancelled: this.#cancelled,
      errors: this.#errors,
      last_task_id: this.#nextId - 1,
      last_event_id: this.#event,
    };
  }

  #changed(): void {
    this.#event += 1;
    for (const waiter of Array.from(this.#waiters)) waiter();
  }

  #patch(change: Partial<HostTask>): void {
    if (this.#running === null) return;
    this.#running = { ...this.#running, ...change };
    this.#changed();
  }

  async #runAll(): Promise<void> {
    for (let next = this.#pending.shift(); next !== undefined && !this.#stopped; next = this.#pending.shift()) {
      this.#running = { ...next.task, start_date: isoMicroseconds(this.#clock.now()), runstatus: 'RUNNING' };
      this.#changed();
      await this.#run(next.request);
    }
    this.#running = null;
  }

  async #run(request: TaskRequest): Promise<void> {
    const cancelled = new Promise<never>((_, reject) => {
      this.#stop = reject;
    });
    cancelled.catch(() => undefined);
    let alive = true;
    const context: TaskContext = {
      log: (line) => {
        if (!alive) throw new Cancelled();
        const logs = this.#running?.logs ?? '';
        this.#patch({ logs: logs === '' ? line : `${logs}\n${line}`, runstatus: line });
      },
      progress: (percent) => this.#patch({ progress: Math.round(percent) }),
      work: async (milliseconds, from, to) => {
        const steps = Math.min(8, Math.max(1, Math.round(this.#clock.paced(milliseconds) / 120)));
        for (let step = 1; step <= steps; step += 1) {
          await Promise.race([
            new Promise((resolve) => setTimeout(resolve, this.#clock.paced(milliseconds) / steps)),
            cancelled,
          ]);
          if (!alive) throw new Cancelled();
          this.#patch({ progress: Math.round(from + ((to - from) * step) / steps) });
        }
      },
    };
    try {
      const outcome = await Promise.race([request.run(context), cancelled]);
      this.#finish(outcome.failed ? this.#errors : this.#done, {
        runstatus: outcome.failed ? 'ERROR' : 'DONE',
        progress: 100,
        summary: outcome.summary,
        result: JSON.stringify(outcome.result ?? null),
      });
    } catch (error) {
      if (error instanceof Cancelled) this.#finish(this.#cancelled, { runstatus: 'CANCELLED', summary: 'Cancelled' });
      else
        this.#finish(this.#errors, {
          runstatus: 'ERROR',
          summary: error instanceof Error ? error.message : String(error),
        });
    } finally {
      alive = false;
      this.#stop = null;
    }
  }

  #finish(list: HostTask[], change: Partial<HostTask>): void {
    if (this.#running === null) return;
    list.push({ ...this.#running, ...change, finish_date: isoMicroseconds(this.#clock.now()) });
    list.splice(0, Math.max(0, list.length - kept));
    this.#running = null;
    this.#changed();
  }
}
