import { createStore, type StateCreator, type StoreApi, useStore } from 'zustand';
import { type Desk, shownDesk, useDesk } from './desk.ts';

/** A store that each desk has its own of. As a hook it is that of the desk on which the component stands. */
export interface DeskStore<T> {
  (): T;
  <Part>(part: (state: T) => Part): Part;
  /** That of the component's desk, for effects and for what is done after waiting: another desk may be shown by then. */
  readonly useApi: () => StoreApi<T>;
  readonly of: (desk: Desk) => StoreApi<T>;
  /** That of the desk that is shown, for what a person does right now. */
  readonly getState: () => T;
  readonly setState: (change: Partial<T> | ((state: T) => Partial<T>)) => void;
}

/** Makes a store of which every desk has its own, so that what one chose at one server never turns up at another. */
export function deskStore<T>(init: StateCreator<T>): DeskStore<T> {
  const key = {};
  const of = (desk: Desk): StoreApi<T> => {
    // The key is this store's own: what lies under it was made below.
    const known = desk.stores.get(key) as StoreApi<T> | undefined;
    if (known !== undefined) return known;
    const made = createStore<T>(init);
    desk.stores.set(key, made);
    return made;
  };
  const useDeskStore = <Part>(part?: (state: T) => Part): T | Part => {
    const store = of(useDesk());
    return useStore(store, part ?? ((state: T): T | Part => state));
  };
  return Object.assign(useDeskStore, {
    of,
    useApi: () => of(useDesk()),
    getState: () => of(shownDesk()).getState(),
    setState: (change: Partial<T> | ((state: T) => Partial<T>)) => of(shownDesk()).setState(change),
  });
}
