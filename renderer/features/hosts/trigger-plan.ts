/** What an order to a selection of hosts will meet, known before it is signed. */
import type { ActionKind } from '../../../contract/schemas/actions.ts';
import type { HostRow } from '../../../contract/schemas/hosts.ts';
import type { ServerInfo } from '../../../contract/schemas/session.ts';
import type { SignerState } from '../../../contract/schemas/signer.ts';
import { isReachable } from './host-filter.ts';

/** The hosts of an order, by what one can expect of each. */
export interface TriggerPlan {
  readonly hosts: readonly HostRow[];
  readonly reachable: readonly HostRow[];
  readonly unreachable: readonly HostRow[];
  /** Hosts that list the certificates they trust, none of the open signer's chain among them. */
  readonly untrusting: readonly HostRow[];
  /** Hosts that are not Windows: they know no Windows Update. */
  readonly notWindows: readonly HostRow[];
  /** Of the reachable: hosts that wait for a reboot, where an install may do nothing. */
  readonly rebootFirst: readonly HostRow[];
}

/** Plans an order. Without an open signer nothing is said of trust. */
export function planTrigger(hosts: readonly HostRow[], signer: SignerState | null): TriggerPlan {
  const chain = signer?.kind === 'open' ? signer.chain : null;
  return {
    hosts,
    reachable: hosts.filter(isReachable),
    unreachable: hosts.filter((host) => !isReachable(host)),
    untrusting: chain === null ? [] : hosts.filter((host) => trusts(host, chain) === false),
    notWindows: hosts.filter((host) => !isWindowsRow(host)),
    rebootFirst: hosts.filter((host) => isReachable(host) && host.rebootRequired === true),
  };
}

/** Whether a host trusts one of the certificates (fingerprints) of a chain; null where it does not say. */
export function trusts(host: Pick<HostRow, 'trustedSigners'>, chain: readonly string[]): boolean | null {
  const { trustedSigners } = host;
  return trustedSigners === null ? null : chain.some((fingerprint) => trustedSigners.includes(fingerprint));
}

/** Whether Windows Update concerns the host; an empty platform is an old agent on Windows (protocol 8.0). */
export const isWindowsRow = (host: Pick<HostRow, 'platform'>): boolean =>
  host.platform === null || host.platform === '' || host.platform.toLowerCase() === 'windows';

/** The command that does the same on the host itself (protocol 3.8). */
export const COMMANDS: Readonly<Record<ActionKind, string>> = {
  scan: 'wapt-get waptwua-scan',
  download: 'wapt-get waptwua-download',
  install: 'wapt-get waptwua-install',
  refresh: 'wapt-get update',
};

/** Whether the server says that it is the edition whose agents know no Windows Update action (protocol 1.8). */
export const isCommunity = (server: Pick<ServerInfo, 'edition'> | null): boolean =>
  server !== null && /^community$/i.test(server.edition.trim());
