import { randomBytes } from 'node:crypto';
import type { ConsoleError } from '../contract/errors.ts';
import { type DeskList, MOST_DESKS } from '../contract/schemas/desks.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Calls } from './ipc/calls.ts';
import type { EventHub } from './ipc/events.ts';
import type { SignerService } from './signer/signer.ts';
import type { SessionService } from './work/session.ts';

/** A place at which one profile at a time is open, with a signer of its own. */
export interface Desk {
  readonly id: string;
  readonly session: SessionService;
  readonly signer: SignerService;
  readonly calls: Calls;
}

/** The desks of the console: several servers side by side, and nothing of one reaches another. */
export class Desks {
  readonly #desks = new Map<string, Desk>();
  readonly #events: EventHub;
  readonly #make: (id: string) => Desk;

  constructor(events: EventHub, make: (id: string) => Desk) {
    this.#events = events;
    this.#make = make;
  }

  /** Their ids, the oldest first. */
  get list(): DeskList {
    return [...this.#desks.keys()];
  }

  get(id: string): Desk | null {
    return this.#desks.get(id) ?? null;
  }

  /** The oldest; there is always one. */
  get first(): Desk {
    const [first] = this.#desks.values();
    return first ?? this.#add();
  }

  /** The desk at which a profile is open or about to be. */
  holderOf(profileId: string): Desk | null {
    return [...this.#desks.values()].find((desk) => desk.session.profileId === profileId) ?? null;
  }

  /** Opens an empty desk; `desks-full` beyond the bound. */
  open(): Result<string, ConsoleError> {
    if (this.#desks.size >= MOST_DESKS) return fail({ code: 'desks-full', facts: { limit: MOST_DESKS } });
    const desk = this.#add();
    this.#tell();
    return ok(desk.id);
  }

  /** Closes a desk with all that is open at it; a fresh one takes the place of the last. */
  async close(id: string): Promise<Result<DeskList, ConsoleError>> {
    const desk = this.get(id);
    if (desk === null) return fail({ code: 'no-desk' });
    this.#desks.delete(id);
    if (this.#desks.size === 0) this.#add();
    this.#tell();
    await end(desk);
    return ok(this.list);
  }

  /** Closes all. */
  async stop(): Promise<void> {
    await Promise.all([...this.#desks.values()].map(end));
  }

  #add(): Desk {
    const desk = this.#make(randomBytes(8).toString('hex'));
    this.#desks.set(desk.id, desk);
    return desk;
  }

  #tell(): void {
    this.#events.emit('desks.changed', this.list);
  }
}

async function end({ session, signer }: Desk): Promise<void> {
  // A signer that is being opened right now sees that its desk is gone.
  const locked = signer.use({ isLab: false }, null);
  await session.end();
  await locked;
  signer.stop();
}
