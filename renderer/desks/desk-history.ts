/** Where one is at a desk, and how one came there. */
export interface Place {
  /** Path with its search, as it stands behind the `#` of the address. */
  readonly path: string;
  readonly state: unknown;
  readonly key: string;
  readonly how: 'POP' | 'PUSH' | 'REPLACE';
}

let count = 0;
const newKey = (): string => {
  count += 1;
  return `${Date.now().toString(36)}-${count}`;
};

/** Where one is at one desk. Several desks share the window's one history; a hidden one keeps its place until it is shown. */
export class DeskHistory {
  #place: Place;
  readonly #listeners = new Set<(place: Place) => void>();
  readonly #write: (place: Place) => void;

  /** `write` puts a place into the history of the window, where the desk is shown. */
  constructor(path: string, write: (place: Place) => void) {
    this.#place = { path, state: null, key: newKey(), how: 'POP' };
    this.#write = write;
  }

  get place(): Place {
    return this.#place;
  }

  listen(listener: (place: Place) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Goes to a path of the desk. */
  go(path: string, state: unknown, how: 'PUSH' | 'REPLACE'): void {
    this.#take({ path, state, key: newKey(), how });
    this.#write(this.#place);
  }

  /** The window went back or forward to a path of the desk. */
  arrive(path: string, state: unknown): void {
    this.#take({ path, state, key: newKey(), how: 'POP' });
  }

  #take(place: Place): void {
    this.#place = place;
    for (const listener of this.#listeners) listener(place);
  }
}
