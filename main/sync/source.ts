import type { ConsoleError } from '../../contract/errors.ts';
import type { Host, HostPackage } from '../../domain/host.ts';
import type { Result } from '../../domain/result.ts';
import type { HostUpdate, Update } from '../../domain/update.ts';

/** What the sync reads; made of a server that one is signed in to. Every answer may be `signed-out`. */
export interface SyncSource {
  /** False where the server has no list of updates: they are then made from what hosts reported. */
  readonly listsUpdates: boolean;
  /** All hosts one may see. */
  hosts(
    signal: AbortSignal,
  ): Promise<Result<{ readonly hosts: readonly Host[]; readonly isCutOff: boolean }, ConsoleError>>;
  /** One host as the list gives it; null when the server does not know it. */
  host(uuid: string, signal: AbortSignal): Promise<Result<Host | null, ConsoleError>>;
  /** A page of the server's own list of updates. */
  updates(
    page: { readonly offset: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Result<{ readonly updates: readonly Update[]; readonly isLast: boolean }, ConsoleError>>;
  /** All rows of one host, and the updates they speak of. */
  hostUpdates(
    uuid: string,
    signal: AbortSignal,
  ): Promise<Result<{ readonly updates: readonly Update[]; readonly rows: readonly HostUpdate[] }, ConsoleError>>;
  /** Rule packages on these hosts, or (null) on all. */
  hostPackages(
    uuids: readonly string[] | null,
    signal: AbortSignal,
  ): Promise<Result<{ readonly packages: readonly HostPackage[]; readonly isCutOff: boolean }, ConsoleError>>;
}
