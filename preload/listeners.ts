import type { Bridge } from '../contract/bridge.ts';
import { EVENT_NAMES } from '../contract/names.ts';

type Listener = (payload: unknown, desk: string | null) => void;

/** Who in the window listens to what. */
export interface Listeners {
  readonly on: Bridge['on'];
  /** Passes an event on; one that this console does not know is dropped. */
  readonly tell: (name: unknown, payload: unknown, desk: unknown) => void;
}

/** Makes the table of listeners of one page. */
export function createListeners(): Listeners {
  const table = new Map<unknown, Set<Listener>>(EVENT_NAMES.map((name) => [name, new Set()]));
  return {
    on: (name, listener) => {
      // The table is keyed by name: whoever listens to a name gets the payload of that name.
      const own = (payload: unknown, desk: string | null): void => (listener as Listener)(payload, desk);
      table.get(name)?.add(own);
      return () => void table.get(name)?.delete(own);
    },
    tell: (name, payload, desk) => {
      for (const listener of table.get(name) ?? []) {
        try {
          listener(payload, typeof desk === 'string' ? desk : null);
        } catch (error) {
          // One part of the window that fails must not keep the others from hearing.
          reportError(error);
        }
      }
    },
  };
}
