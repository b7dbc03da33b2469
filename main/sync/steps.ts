/** The single steps from a server to the store; each stores what it read. `cancelled` after the signal. */
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Store } from '../store/store.ts';
import type { SyncSource } from './source.ts';

/** What a step works with. */
export interface Steps {
  readonly store: Store;
  readonly source: SyncSource;
  /** Updates asked for in one page. */
  readonly pageSize: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Reads the hosts list; answers how many hosts changed, and whether the list was cut off. */
export async function readHosts(
  { store, source }: Steps,
  signal: AbortSignal,
): Promise<Result<{ readonly changed: number; readonly isCutOff: boolean }, ConsoleError>> {
  const read = await source.hosts(signal);
  if (signal.aborted) return fail({ code: 'cancelled' });
  if (!read.ok) return read;
  await store.noteAttempt({ offline: false });
  const { hosts, isCutOff } = read.value;
  const applied = await store.applyHosts({ hosts, isComplete: !isCutOff });
  return applied.ok ? ok({ changed: applied.value.changed, isCutOff }) : applied;
}

/** Reads the server's own list of updates, page by page, where it has one. */
export async function readUpdates(
  { store, source, pageSize, now }: Steps,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Result<{ readonly isCutOff: boolean }, ConsoleError>> {
  if (!source.listsUpdates) return ok({ isCutOff: false });
  const run = now();
  const seen = new Set<string>();
  for (let offset = 0, isLast = false; !isLast; offset += pageSize) {
    const page = await source.updates({ offset, limit: pageSize }, signal);
    if (signal.aborted) return fail({ code: 'cancelled' });
    if (!page.ok) return page;
    const before = seen.size;
    for (const update of page.value.updates) seen.add(update.updateId);
    isLast = page.value.isLast;
    // A server that knows no offset gives the same page for ever.
    if (!isLast && seen.size === before) return ok({ isCutOff: true });
    const applied = await store.applyUpdates({ updates: page.value.updates, run });
    if (!applied.ok) return applied;
    onProgress(seen.size);
  }
  const finished = await store.finishUpdates(run);
  return finished.ok ? ok({ isCutOff: false }) : finished;
}

/** Reads the rule packages on all hosts; null after a success. */
export async function readPackages({ store, source }: Steps, signal: AbortSignal): Promise<ConsoleError | null> {
  const read = await source.hostPackages(null, signal);
  if (signal.aborted) return { code: 'cancelled' };
  if (!read.ok) return read.error;
  const applied = await store.applyHostPackages({ uuids: null, packages: read.value.packages });
  return applied.ok ? null : applied.error;
}

/** Reads one host: itself, its rows, its packages; `not-found` when the server does not know it. */
export async function readHost({ store, source, now }: Steps, uuid: string): Promise<Result<null, ConsoleError>> {
  const { signal } = new AbortController();
  const host = await source.host(uuid, signal);
  if (!host.ok) return host;
  if (host.value === null) return fail({ code: 'not-found' });
  const [listed, rows, packages] = await Promise.all([
    store.applyHosts({ hosts: [host.value], isComplete: false }),
    source.hostUpdates(uuid, signal),
    source.hostPackages([uuid], signal),
  ]);
  if (!listed.ok) return listed;
  if (!rows.ok) return rows;
  const stored = await store.applyHostRows({
    uuid,
    mark: null,
    updates: rows.value.updates,
    rows: rows.value.rows,
    readAt: new Date(now()).toISOString(),
  });
  if (!stored.ok) return stored;
  if (!packages.ok) return packages;
  const kept = await store.applyHostPackages({ uuids: [uuid], packages: packages.value.packages });
  return kept.ok ? ok(null) : kept;
}
