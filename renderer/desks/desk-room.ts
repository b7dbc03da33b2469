import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Bridge } from '../../contract/bridge.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type { SessionState } from '../../contract/schemas/session.ts';
import { callKey } from '../app/console.ts';
import { followEvents, makeQueryClient } from '../app/queries.ts';
import { type Desk, setShownDesk } from './desk.ts';
import { deskBridge } from './desk-bridge.ts';
import { DeskHistory, type Place } from './desk-history.ts';

/** A desk with what it is made of. */
export interface OpenDesk extends Desk {
  readonly bridge: Bridge;
  readonly client: QueryClient;
  readonly history: DeskHistory;
  readonly end: () => void;
}

/** Which desks there are, and which one is shown. */
export interface Room {
  readonly desks: readonly OpenDesk[];
  readonly shown: OpenDesk;
}

const FIRST_PATH = '/';

const pathOf = (hash: string): string => (hash.startsWith('#/') ? hash.slice(1) : FIRST_PATH);

const deskOf = (state: unknown): string | null =>
  typeof state === 'object' && state !== null && 'desk' in state && typeof state.desk === 'string' ? state.desk : null;

const stateOf = (state: unknown): unknown =>
  typeof state === 'object' && state !== null && 'state' in state ? state.state : null;

/**
 * The desks of the window. Main says which there are; the window says which is shown, and the address and its history say where: going
 * back leads to the desk where one was.
 */
export class DeskRoom {
  readonly #bridge: Bridge;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new Set<string>();
  #room: Room;

  constructor(bridge: Bridge, ids: readonly string[]) {
    this.#bridge = bridge;
    const before = deskOf(window.history.state);
    const [first = ''] = ids;
    const shownId = before !== null && ids.includes(before) ? before : first;
    const desks = (ids.length === 0 ? [first] : ids).map((id) =>
      this.#make(id, id === shownId ? pathOf(window.location.hash) : FIRST_PATH),
    );
    // The list holds it: it was made of the same ids.
    const shown = desks.find(({ id }) => id === shownId) as OpenDesk;
    this.#room = { desks, shown };
    setShownDesk(shown);
    this.#write(shown.id, shown.history.place, true);
    window.addEventListener('popstate', () => this.#arrive());
    bridge.on('desks.changed', (list) => this.#follow(list));
  }

  readonly get = (): Room => this.#room;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows a desk as one left it. */
  show(id: string): void {
    const desk = this.#find(id);
    if (desk === undefined || desk === this.#room.shown) return;
    this.#set({ desks: this.#room.desks, shown: desk });
    this.#write(desk.id, desk.history.place, false);
  }

  /** Shows the desk so many places further in the list. */
  step(by: number): void {
    const { desks, shown } = this.#room;
    const next = desks[(desks.indexOf(shown) + by + desks.length) % desks.length];
    if (next !== undefined) this.show(next.id);
  }

  /** Shows the desk at which a profile is open; false where there is none. */
  showProfile(profileId: string): boolean {
    const desk = this.#room.desks.find(({ client }) => {
      const state = client.getQueryData<SessionState>(callKey('session.state', {}));
      return state !== undefined && state.kind !== 'none' && state.profile.id === profileId;
    });
    if (desk !== undefined) this.show(desk.id);
    return desk !== undefined;
  }

  /** Opens an empty desk and shows it; the failure where main would not. */
  async open(): Promise<ConsoleError | null> {
    const answer = await this.#bridge.call('desks.open', {});
    if (!answer.ok) return answer.error;
    if (this.#find(answer.value) === undefined) this.#follow([...this.#room.desks.map(({ id }) => id), answer.value]);
    this.show(answer.value);
    return null;
  }

  /** Closes a desk, unless it is the only one. */
  async close(id: string): Promise<void> {
    const ids = this.#room.desks.map((desk) => desk.id);
    if (ids.length < 2 || !ids.includes(id)) return;
    this.#closing.add(id);
    this.#follow(ids);
    // What the screens keep when one leaves them is on its way before the desk goes.
    await new Promise((done) => setTimeout(done, 0));
    await this.#bridge.call('desks.close', { deskId: id });
    this.#closing.delete(id);
  }

  #find(id: string): OpenDesk | undefined {
    return this.#room.desks.find((desk) => desk.id === id);
  }

  #make(id: string, path: string): OpenDesk {
    const bridge = deskBridge(this.#bridge, id);
    const client = makeQueryClient();
    const isShown = (): boolean => this.#room.shown.id === id;
    const onShown = this.subscribe;
    const unfollow = followEvents(bridge, client, { isOpen: isShown, onChange: onShown });
    return {
      id,
      bridge,
      client,
      isShown,
      onShown,
      stores: new Map(),
      history: new DeskHistory(path, (place) => {
        if (isShown()) this.#write(id, place, place.how === 'REPLACE');
      }),
      end: () => {
        unfollow();
        client.clear();
      },
    };
  }

  /** Main has these desks. */
  #follow(list: readonly string[]): void {
    const { desks, shown } = this.#room;
    const ids = list.filter((id) => !this.#closing.has(id));
    if (ids.length === 0) return;
    const next = ids.map((id) => this.#find(id) ?? this.#make(id, FIRST_PATH));
    const gone = desks.filter((desk) => !next.includes(desk));
    const at = desks.indexOf(shown);
    // Where the shown one is gone, the one that took its place in the list.
    const now = next.includes(shown) ? shown : (next[Math.min(at, next.length - 1)] ?? shown);
    this.#set({ desks: next, shown: now });
    if (now !== shown) this.#write(now.id, now.history.place, true);
    for (const desk of gone) desk.end();
  }

  #set(room: Room): void {
    this.#room = room;
    setShownDesk(room.shown);
    for (const listener of this.#listeners) listener();
  }

  #write(desk: string, { path, state }: Place, isInPlace: boolean): void {
    const entry = { desk, state };
    if (isInPlace) window.history.replaceState(entry, '', `#${path}`);
    else window.history.pushState(entry, '', `#${path}`);
  }

  /** Back or forward, or another address typed: the desk of the entry is shown where it was. */
  #arrive(): void {
    const entry: unknown = window.history.state;
    const id = deskOf(entry);
    const desk = (id === null ? undefined : this.#find(id)) ?? this.#room.shown;
    desk.history.arrive(pathOf(window.location.hash), stateOf(entry));
    if (desk !== this.#room.shown) this.#set({ desks: this.#room.desks, shown: desk });
    if (id !== desk.id) this.#write(desk.id, desk.history.place, true);
  }
}

/** Carries the room to its parts; null where a part is drawn by itself. */
export const RoomContext = createContext<DeskRoom | null>(null);

/** The room of the window. */
export const useRoom = (): DeskRoom | null => useContext(RoomContext);

const nothing = (): (() => void) => () => undefined;
const nobody = (): Room | null => null;

/** The desks of the window and which one is shown; null where a part is drawn by itself. */
export function useDesks(): Room | null {
  const room = useRoom();
  return useSyncExternalStore(room?.subscribe ?? nothing, room?.get ?? nobody);
}
