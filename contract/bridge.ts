import type { Answer, Request } from './calls.ts';
import type { EventPayload } from './events.ts';
import type { CallName, EventName } from './names.ts';

/** The frozen object that either preload installs; the window's only way out. */
export interface Bridge {
  /** Asks main; resolves to a `Result`, also when the entry itself could not be reached (`internal`). */
  readonly call: <N extends CallName>(name: N, request: Request<N>) => Promise<Answer<N>>;
  /** Listens; the answer ends it. */
  readonly on: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => () => void;
}
