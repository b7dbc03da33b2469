/** Counts the whole fleet in one pass over its rows: every figure of every entry of every dimension. */
import {
  BIT,
  type Dimension,
  isCompliantAllowed,
  isCompliantRaw,
  type Measure,
  NEEDED_BITS,
  type ScanAge,
} from './compliance.ts';

type UpdateDimension = 'severity' | 'product' | 'classification';
type HostDimension = Exclude<Dimension, UpdateDimension>;

/** A Windows host with its rows in columns: position of the update, and a state as `bit` of `TalliedUpdates` understands it. */
export interface TalliedHost {
  readonly age: ScanAge;
  readonly entries: Readonly<Record<HostDimension, readonly string[]>>;
  readonly update: Int32Array;
  readonly state: Uint8Array;
}

/** The updates by position: their entry in each dimension of updates, by position in `names`. */
export interface TalliedUpdates {
  readonly names: Readonly<Record<UpdateDimension, readonly string[]>>;
  readonly entry: Readonly<Record<UpdateDimension, Int32Array>>;
  /** The bit (domain/compliance.ts) of a state of an update. */
  readonly bit: (state: number, update: number) => number;
}

/** What is counted of one entry: hosts, and at last reported rows. All but `hosts` and `neverScanned` are of counted hosts. */
export interface Cell {
  readonly dimension: Dimension;
  readonly key: string;
  readonly hosts: number;
  readonly counted: number;
  readonly neverScanned: number;
  readonly raw: number;
  readonly allowed: number;
  readonly pending: number;
  readonly missing: number;
  readonly failed: number;
  readonly heldBack: number;
  readonly forbidden: number;
  readonly unknown: number;
  /** Needed rows: pairs of a counted host and an update. */
  readonly neededRows: number;
}

type Counting = { -readonly [K in keyof Cell]: Cell[K] };

const emptyCell = (dimension: Dimension, key: string): Counting => ({
  dimension,
  key,
  hosts: 0,
  counted: 0,
  neverScanned: 0,
  raw: 0,
  allowed: 0,
  pending: 0,
  missing: 0,
  failed: 0,
  heldBack: 0,
  forbidden: 0,
  unknown: 0,
  neededRows: 0,
});

function add(cell: Counting, age: ScanAge, standing: number, neededRows: number): void {
  cell.hosts++;
  if (age === 'never-scanned') cell.neverScanned++;
  if (age !== 'counted') return;
  cell.counted++;
  cell.neededRows += neededRows;
  if (isCompliantRaw(standing)) cell.raw++;
  if (isCompliantAllowed(standing)) cell.allowed++;
  if ((standing & BIT.pending) !== 0) cell.pending++;
  if ((standing & BIT.missing) !== 0) cell.missing++;
  if ((standing & BIT.failed) !== 0) cell.failed++;
  if ((standing & BIT['held-back']) !== 0) cell.heldBack++;
  if ((standing & BIT.forbidden) !== 0) cell.forbidden++;
  if ((standing & BIT.unknown) !== 0) cell.unknown++;
}

/** The standing of the host under work in each entry of one dimension of updates. */
interface Column {
  readonly entry: Int32Array;
  readonly cells: readonly Counting[];
  readonly standing: Uint8Array;
  readonly needed: Int32Array;
  /** Entries met so far. */
  readonly met: number[];
}

const HOST_DIMENSIONS = ['fleet', 'group', 'unit', 'site', 'os'] as const satisfies readonly HostDimension[];
const UPDATE_DIMENSIONS = ['severity', 'product', 'classification'] as const satisfies readonly UpdateDimension[];

/**
 * Counts every entry that has a host. A host stands in an entry of updates when it reports one of them, whatever its state; in an entry of hosts with
 * all its rows. The entry of the whole fleet is always there.
 */
export function tallyFleet(hosts: readonly TalliedHost[], updates: TalliedUpdates): readonly Cell[] {
  const columns = UPDATE_DIMENSIONS.map((dimension): Column => {
    const names = updates.names[dimension];
    return {
      entry: updates.entry[dimension],
      cells: names.map((key) => emptyCell(dimension, key)),
      standing: new Uint8Array(names.length),
      needed: new Int32Array(names.length),
      met: [],
    };
  });
  const cells = new Map<HostDimension, Map<string, Counting>>(HOST_DIMENSIONS.map((each) => [each, new Map()]));
  const cellOf = (dimension: HostDimension, key: string): Counting => {
    const known = cells.get(dimension)?.get(key);
    if (known !== undefined) return known;
    const cell = emptyCell(dimension, key);
    cells.get(dimension)?.set(key, cell);
    return cell;
  };
  cellOf('fleet', '');
  for (const { age, entries, update, state } of hosts) {
    let standing = 0;
    let needed = 0;
    for (let row = 0; row < update.length; row++) {
      const at = update[row] as number;
      const bit = updates.bit(state[row] as number, at);
      const isNeeded = (bit & NEEDED_BITS) === 0 ? 0 : 1;
      standing |= bit;
      needed += isNeeded;
      for (const column of columns) {
        const entry = column.entry[at] as number;
        const before = column.standing[entry] as number;
        if (before === 0) column.met.push(entry);
        column.standing[entry] = before | bit;
        column.needed[entry] = (column.needed[entry] as number) + isNeeded;
      }
    }
    for (const column of columns) {
      for (const entry of column.met) {
        add(column.cells[entry] as Counting, age, column.standing[entry] as number, column.needed[entry] as number);
        column.standing[entry] = 0;
        column.needed[entry] = 0;
      }
      column.met.length = 0;
    }
    for (const dimension of HOST_DIMENSIONS)
      for (const key of entries[dimension]) add(cellOf(dimension, key), age, standing, needed);
  }
  return [
    ...HOST_DIMENSIONS.flatMap((dimension) => [...(cells.get(dimension)?.values() ?? [])]),
    ...columns.flatMap((column) => column.cells.filter((cell) => cell.hosts > 0)),
  ];
}

/** The figure of a measure in a cell: hosts. */
export function figure(cell: Cell, measure: Measure): number {
  switch (measure) {
    case 'hosts':
      return cell.hosts;
    case 'counted':
      return cell.counted;
    case 'stale':
      return cell.hosts - cell.counted;
    case 'never-scanned':
      return cell.neverScanned;
    case 'compliant-raw':
      return cell.raw;
    case 'compliant-allowed':
      return cell.allowed;
    case 'needed':
      return cell.counted - cell.raw;
    case 'open':
      return cell.counted - cell.allowed;
    case 'held-back':
      return cell.heldBack;
    default:
      return cell[measure];
  }
}
