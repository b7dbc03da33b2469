import { BIT, type Dimension, NO_KEY, type ScanAge, scanAge } from '../../../domain/compliance.ts';
import { dateOf } from '../../../domain/decision.ts';
import { classificationKey, productKey, severityKey } from '../../../domain/names.ts';
import { systemName } from '../../../domain/os-name.ts';
import { repositoriesOf } from '../../../domain/repositories.ts';
import type { RowState } from '../../../domain/update.ts';
import { type Context, kept } from '../context.ts';
import type { HostFacts } from '../host-record.ts';
import type { Overview } from '../overview.ts';
import { all } from '../sql.ts';
import { PENDING, PENDING_WITHOUT_FILES, STATES, stateOf } from '../states.ts';
import { type StateColumns, stateColumnsOf } from './columns.ts';

/** A Windows host as figures of the fleet look at it. */
export interface FleetHost {
  readonly key: number;
  readonly uuid: string;
  readonly lastScan: string | null;
  readonly isRead: boolean;
  readonly lastSeenOn: string | null;
  readonly reachable: string | null;
  readonly rebootRequired: boolean | null;
  /** Of the index it scanned against, as it says. */
  readonly indexDate: string | null;
  readonly osName: string;
  readonly osVersion: string;
  readonly repositories: readonly string[];
  /** The entries of the host in the dimensions of hosts. */
  readonly entries: Readonly<Record<'fleet' | 'group' | 'unit' | 'site' | 'os', readonly string[]>>;
}

/** The updates by their keys in the store; an entry is a position in the names of its dimension. */
export interface FleetUpdates {
  readonly ids: readonly string[];
  readonly names: Readonly<Record<'severity' | 'product' | 'classification', readonly string[]>>;
  readonly entry: Readonly<Record<'severity' | 'product' | 'classification', Int32Array>>;
  readonly isOnServer: Uint8Array;
  /** When it came out (milliseconds); NaN: not known. */
  readonly released: Float64Array;
  readonly isDefinition: Uint8Array;
  /** Bytes; NaN: not known. */
  readonly bytes: Float64Array;
}

/** The fleet in columns: what every figure is computed from. */
export interface Picture {
  readonly hosts: readonly FleetHost[];
  readonly updates: FleetUpdates;
  readonly rowsOf: (hostKey: number) => StateColumns;
}

/** When a host counts (milliseconds, days). */
export interface Limit {
  readonly staleDays: number;
  readonly now: number;
}

const BITS: readonly number[] = STATES.map((_each, code) => BIT[stateOf(code)]);

/** The bit of a row's state; whether a pending row is missing hangs on whether the server has the files now. */
export function bitOf(code: number, isOnServer: number): number {
  if (code === PENDING || code === PENDING_WITHOUT_FILES) return isOnServer === 1 ? BIT.pending : BIT.missing;
  return BITS[code] ?? BIT.unknown;
}

/** The state of a row, with the files of its update as they are now. */
export function stateNow(code: number, isOnServer: number): RowState {
  if (code === PENDING || code === PENDING_WITHOUT_FILES) return isOnServer === 1 ? 'pending' : 'missing';
  return stateOf(code);
}

/** Why a host counts, or why not. */
export const ageOf = (host: FleetHost, limit: Limit): ScanAge => scanAge(host, limit);

interface Line {
  readonly id: number;
  readonly uuid: string;
  readonly last_scan: string | null;
  readonly rows_read_on: string | null;
  readonly facts: string;
}

const orNone = (list: readonly string[]): readonly string[] => (list.length === 0 ? [NO_KEY] : [...new Set(list)]);

function toHost(line: Line): FleetHost {
  const facts = JSON.parse(line.facts) as HostFacts;
  return {
    key: line.id,
    uuid: line.uuid,
    lastScan: line.last_scan,
    isRead: line.rows_read_on !== null,
    lastSeenOn: facts.lastSeenOn,
    reachable: facts.reachable,
    rebootRequired: facts.rebootRequired,
    indexDate: facts.indexDate,
    osName: facts.osName ?? NO_KEY,
    osVersion: facts.osVersion ?? NO_KEY,
    repositories: repositoriesOf(facts.repositories),
    entries: {
      fleet: [NO_KEY],
      group: orNone(facts.groups),
      unit: [facts.organizationalUnit ?? NO_KEY],
      site: [facts.site ?? NO_KEY],
      os: [facts.osName === null ? NO_KEY : systemName(facts.osName)],
    },
  };
}

/** Numbers names in the order in which they come. */
function numbering(): { readonly names: string[]; readonly of: (name: string) => number } {
  const names: string[] = [];
  const known = new Map<string, number>();
  return {
    names,
    of: (name) => {
      let at = known.get(name);
      if (at === undefined) {
        at = names.push(name) - 1;
        known.set(name, at);
      }
      return at;
    },
  };
}

function columnsOfUpdates(overview: Overview): FleetUpdates {
  const described = overview.descriptions();
  const size = (described.at(-1)?.id ?? -1) + 1;
  const column = (): Int32Array => new Int32Array(size);
  const [severities, products, classifications] = [numbering(), numbering(), numbering()];
  const entry = { severity: column(), product: column(), classification: column() };
  const ids: string[] = Array.from({ length: size }, () => '');
  const isOnServer = new Uint8Array(size);
  const isDefinition = new Uint8Array(size);
  const released = new Float64Array(size);
  const bytes = new Float64Array(size);
  for (const update of described) {
    ids[update.id] = update.updateId;
    entry.severity[update.id] = severities.of(severityKey(update.severity));
    entry.product[update.id] = products.of(productKey(update.product));
    entry.classification[update.id] = classifications.of(classificationKey(update.classification));
    isOnServer[update.id] = update.downloadedOn === null ? 0 : 1;
    isDefinition[update.id] = classificationKey(update.classification) === 'Definition Updates' ? 1 : 0;
    released[update.id] = dateOf(update.changetime) ?? Number.NaN;
    bytes[update.id] = update.maxDownloadSize ?? Number.NaN;
  }
  return {
    ids,
    names: { severity: severities.names, product: products.names, classification: classifications.names },
    entry,
    isOnServer,
    released,
    isDefinition,
    bytes,
  };
}

/** Gathers the fleet; what did not change is kept. */
export function pictureOf(context: Context, overview: Overview): () => Picture {
  const lines = context.db.prepare(
    'SELECT id, uuid, last_scan, rows_read_on, facts FROM hosts WHERE is_windows = 1 ORDER BY id',
  );
  const hosts = kept(
    () => context.revision.hosts,
    () => all<Line>(lines).map(toHost),
  );
  const updates = kept(
    () => context.revision.updates,
    () => columnsOfUpdates(overview),
  );
  const states = stateColumnsOf(context);
  return () => ({ hosts: hosts(), updates: updates(), rowsOf: states() });
}

/** Calls with each row of a host: the update by key, and the bit of its state. */
export function eachRow(picture: Picture, host: FleetHost, visit: (update: number, bit: number) => void): void {
  const { update, state } = picture.rowsOf(host.key);
  const { isOnServer } = picture.updates;
  for (let row = 0; row < update.length; row++) {
    const at = update[row] as number;
    visit(at, bitOf(state[row] as number, isOnServer[at] as number));
  }
}

/** Whether an update (by key) belongs to the entry of a dimension of updates; every update in the other dimensions. */
export function updateTest(updates: FleetUpdates, dimension: Dimension, key: string): (update: number) => boolean {
  if (dimension !== 'severity' && dimension !== 'product' && dimension !== 'classification') return () => true;
  const at = updates.names[dimension].indexOf(key);
  const column = updates.entry[dimension];
  return (update) => column[update] === at;
}
