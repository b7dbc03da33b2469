import type { Answer, Request } from './calls.ts';
import type { EventPayload } from './events.ts';
import type { CallName, EventName } from './names.ts';

/** The frozen object that either preload installs; the window's only way out. */
export interface Bridge {
  /**
   * Asks main; resolves to a `Result`, also when the entry itself could not be reached (`internal`). `desk` is the desk that the call is
   * for; calls of the whole console need none.
   */
  readonly call: <N extends CallName>(name: N, request: Request<N>, desk?: string) => Promise<Answer<N>>;
  /** Listens; the answer ends it. `desk` is where the event happened, null for the whole console. */
  readonly on: <N extends EventName>(
    name: N,
    listener: (payload: EventPayload<N>, desk: string | null) => void,
  ) => () => void;
}
