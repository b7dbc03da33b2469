import type { Host } from '../../domain/host.ts';
import type { HostUpdate } from '../../domain/update.ts';
import type { Store } from '../store/store.ts';
import { host, row } from '../store/testing.ts';
import { Sync } from './sync.ts';
import { Fleet } from './testing.ts';

/** How many hosts the fleet has. */
export const HOSTS = 24;

const ROWS = 60;

/** When hosts of this generation scanned; it grows with the generation. */
export const scannedAt = (generation: number): string =>
  new Date(Date.UTC(2026, 0, 1) + generation * 60_000).toISOString();

/** What host `n` reports in a generation: other updates than before, each with the generation in its date. */
export const rowsOf = (n: number, generation: number): HostUpdate[] =>
  Array.from({ length: ROWS }, (_, i) =>
    row(`h${n}`, 1 + ((n * 7 + generation * 13 + i) % 200), { installDate: scannedAt(generation) }),
  );

/** A fleet that changes as a whole from one generation to the next. */
export class Generations extends Fleet {
  generation: number;

  constructor(generation: number) {
    super();
    this.generation = generation;
    this.grow(0);
  }

  /** Every host scans anew. */
  grow(by = 1): void {
    this.generation += by;
    const updatedOn = scannedAt(this.generation);
    for (let n = 0; n < HOSTS; n++) {
      const one: Host = host(`h${n}`, { updatedOn });
      this.fleet.set(one.uuid, { host: one, rows: rowsOf(n, this.generation) });
    }
  }
}

/** Reads generation after generation, a line in the journal after each, until the process is killed. */
export async function readForEver(store: Store, from: number, tell: (generation: number) => void): Promise<never> {
  const fleet = new Generations(from);
  const sync = new Sync({ store, source: fleet, onState: () => {} });
  for (;;) {
    fleet.grow();
    await sync.run({ full: false });
    await store.journalAppend({ user: 'admin', kind: 'test', facts: { generation: fleet.generation }, reason: '' });
    tell(fleet.generation);
  }
}
