import type { Lab } from '../../lab/lab.ts';
import { testClient } from '../../lab/testing.ts';

/**
 * What the lab's server says, counted by hand: plain loops over its own answers, written from the words of the field and the protocol. Nothing in here
 * comes from the console, so that comparing a count of the console with one of these proves something.
 */

/** One row host × update as the server has it. */
export interface TrueRow {
  readonly uuid: string;
  readonly updateId: string;
  readonly state: TrueState;
}

/** Where a reported row stands. */
export type TrueState =
  | 'done'
  | 'superseded'
  | 'failed'
  | 'held-back'
  | 'forbidden'
  | 'missing'
  | 'pending'
  | 'unknown';

/** One update of the server's list, or that some host reports. */
export interface TrueUpdate {
  readonly updateId: string;
  readonly title: string;
  readonly kbids: readonly string[];
  readonly severity: string | null;
  readonly product: string | null;
  readonly classification: string | null;
  readonly changetime: string | null;
  readonly replaces: readonly string[];
  readonly onServer: boolean;
}

/** One host of the server. */
export interface TrueHost {
  readonly uuid: string;
  readonly name: string | null;
  readonly site: string | null;
  readonly reachable: boolean;
  readonly lastScan: string | null;
  readonly isStale: boolean;
  readonly needsReboot: boolean | null;
  readonly installed: readonly { readonly package: string; readonly version: string; readonly status: string }[];
}

/** Everything that the server has. */
export interface Truth {
  readonly rows: readonly TrueRow[];
  readonly updates: ReadonlyMap<string, TrueUpdate>;
  readonly hosts: readonly TrueHost[];
  readonly downloads: readonly { readonly status: string; readonly kind: string }[];
}

type Raw = Readonly<Record<string, unknown>>;

const FOURTEEN_DAYS = 14 * 86_400_000;

const stateOf = (row: Raw): TrueState => {
  const status = row['local_status_status'];
  if (row['local_status_installed'] === true) return 'done';
  if (status === 'SUPERSEDED') return 'superseded';
  const history = (row['local_status_history'] ?? []) as readonly Raw[];
  const last = history.at(-1)?.['result_code'];
  if (status === 'ERROR' || (last !== undefined && last !== 'Succeeded')) return 'failed';
  if (row['local_status_delayed'] === true) return 'held-back';
  if (row['local_status_hidden'] === true) return 'forbidden';
  if (status === 'MISSING') return 'missing';
  if (status === 'PENDING') return row['downloaded_on'] === null ? 'missing' : 'pending';
  return 'unknown';
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const updateOf = (raw: Raw): TrueUpdate => ({
  updateId: String(raw['update_id']),
  title: text(raw['title']) ?? '',
  kbids: texts(raw['kbids']),
  severity: text(raw['severity']),
  product: text(raw['product']),
  classification: text(raw['classification']),
  changetime: text(raw['changetime']),
  replaces: texts(raw['superseded_update_ids']).map((guid) => guid.toLowerCase()),
  onServer: raw['downloaded_on'] !== null,
});

/** Reads the whole server, host by host. */
export async function truthOf(lab: Lab, dialect: 'v3' | 'derived' = 'v3'): Promise<Truth> {
  const client = testClient(lab);
  const ask = async (path: string): Promise<unknown> => (await client('GET', path)).json().result;
  const columns = 'waptwua_status,wuauserv_status,reachable,computer_ad_site';
  const hosts = (await ask(`/api/v3/hosts?limit=100000&columns=${columns}`)) as readonly Raw[];
  const updates = new Map<string, TrueUpdate>();
  if (dialect === 'v3')
    for (const raw of (await ask('/api/v3/windows_updates?limit=1000000')) as readonly Raw[])
      updates.set(String(raw['update_id']), updateOf(raw));
  const rows: TrueRow[] = [];
  const all: TrueHost[] = [];
  for (const host of hosts) {
    const uuid = String(host['uuid']);
    const own = (await ask(`/api/v1/host_data?field=wsusupdates&uuid=${uuid}`)) as readonly Raw[];
    for (const raw of own) {
      const update = updateOf(raw);
      if (!updates.has(update.updateId)) updates.set(update.updateId, update);
      rows.push({ uuid, updateId: update.updateId, state: stateOf(raw) });
    }
    const wua = host['waptwua_status'] as Raw | null;
    const lastScan = text(wua?.['last_scan_date']);
    const packages = (await ask(`/api/v1/host_data?field=installed_packages&uuid=${uuid}`)) as readonly Raw[];
    const reboot = (host['wuauserv_status'] as Raw | null)?.['reboot_needed'];
    all.push({
      uuid,
      name: text(host['computer_fqdn']),
      site: text(host['computer_ad_site']),
      reachable: host['reachable'] === 'OK',
      lastScan,
      isStale: lastScan === null || Date.now() - Date.parse(`${lastScan.slice(0, 23)}Z`) > FOURTEEN_DAYS,
      needsReboot: typeof reboot === 'boolean' ? reboot : null,
      installed: packages.map((raw) => ({
        package: String(raw['package']),
        version: String(raw['version']),
        status: String(raw['install_status']),
      })),
    });
  }
  const tasks = dialect === 'v3' ? ((await ask('/api/v3/wsusscan2_history?limit=0')) as readonly Raw[]) : [];
  return {
    rows,
    updates,
    hosts: all,
    downloads: tasks.map((raw) => ({ status: String(raw['status']), kind: String(raw['kind']) })),
  };
}

/** The states that each number of a screen sums up. */
export const numbers = {
  needed: ['failed', 'held-back', 'forbidden', 'missing', 'pending', 'unknown'],
  pending: ['pending'],
  missing: ['missing'],
  failed: ['failed'],
  heldBack: ['held-back'],
  forbidden: ['forbidden'],
  done: ['done'],
  superseded: ['superseded'],
  reported: ['done', 'superseded', 'failed', 'held-back', 'forbidden', 'missing', 'pending', 'unknown'],
} as const satisfies Readonly<Record<string, readonly TrueState[]>>;

/** The numbers of one update or host. */
export type Numbers = Readonly<Record<keyof typeof numbers, number>>;

/** Counts rows in each number. */
export function countOf(rows: readonly TrueRow[]): Numbers {
  const counts = {
    needed: 0,
    pending: 0,
    missing: 0,
    failed: 0,
    heldBack: 0,
    forbidden: 0,
    done: 0,
    superseded: 0,
    reported: 0,
  };
  for (const row of rows) {
    for (const [name, states] of Object.entries(numbers))
      if ((states as readonly string[]).includes(row.state)) counts[name as keyof typeof counts] += 1;
  }
  return counts;
}

/** GUIDs that another reported update says it replaces. */
export function replacedGuids(updates: Iterable<TrueUpdate>): ReadonlySet<string> {
  const replaced = new Set<string>();
  for (const update of updates) for (const guid of update.replaces) replaced.add(guid);
  return replaced;
}
