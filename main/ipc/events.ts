import type { EventPayload } from '../../contract/events.ts';
import { DESKLESS, type EventName } from '../../contract/names.ts';

/** One event with its number; numbers rise by one and begin anew when the console starts. */
export type ConsoleEvent = {
  [N in EventName]: {
    readonly id: number;
    readonly name: N;
    readonly payload: EventPayload<N>;
    /** The desk where it happened; null for the whole console. */
    readonly desk: string | null;
  };
}[EventName];

/** Where the parts of main tell that something changed; the entries pass it on to their windows. */
export interface EventHub {
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>, desk?: string | null) => void;
  /**
   * Listens; the answer ends it. With `after`, the id of the last event one has, those missed since come first; when
   * they are no longer kept, the newest of each kind and desk and one `store.changed` for everything stand for them.
   */
  readonly subscribe: (listener: (event: ConsoleEvent) => void, after?: number) => () => void;
  /** Id of the newest event, 0 before the first. */
  readonly lastId: () => number;
}

const KEPT = 500;

const everything = ['updates', 'hosts', 'packages', 'drafts', 'journal'] as const;

/** Makes a hub. A listener that throws does not keep the others from hearing. */
export function createEventHub(): EventHub {
  const listeners = new Set<(event: ConsoleEvent) => void>();
  const recent: ConsoleEvent[] = [];
  const newest = new Map<string, ConsoleEvent>();
  let lastId = 0;

  const tell = (listener: (event: ConsoleEvent) => void, event: ConsoleEvent): void => {
    try {
      listener(event);
    } catch {
      // A window that just closed: its entry ends the subscription by itself.
    }
  };

  const missedSince = (after: number): readonly ConsoleEvent[] => {
    const first = recent[0]?.id ?? lastId + 1;
    if (after >= first - 1 && after <= lastId) return recent.filter((event) => event.id > after);
    const all: ConsoleEvent = { id: lastId, name: 'store.changed', payload: { subjects: everything }, desk: null };
    return [...[...newest.values()].filter((event) => event.name !== 'store.changed'), all];
  };

  return {
    emit: (name, payload, desk = null) => {
      lastId += 1;
      const event = { id: lastId, name, payload, desk } as ConsoleEvent;
      recent.push(event);
      if (recent.length > KEPT) recent.shift();
      newest.set(`${desk ?? ''} ${name}`, event);
      for (const listener of listeners) tell(listener, event);
    },
    subscribe: (listener, after) => {
      if (after !== undefined) for (const event of missedSince(after)) tell(listener, event);
      const own = (event: ConsoleEvent): void => listener(event);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    lastId: () => lastId,
  };
}

/** The hub as one desk has it: what it emits is known to be its own, but for what belongs to the whole console. */
export const eventsOf = (hub: EventHub, desk: string): EventHub => ({
  ...hub,
  emit: (name, payload) => hub.emit(name, payload, DESKLESS.has(name.split('.', 1)[0] ?? '') ? null : desk),
});
