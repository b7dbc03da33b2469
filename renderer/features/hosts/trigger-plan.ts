/** What an order to a selection of hosts will meet, known before it is signed. */
import type { ActionKind } from '../../../contract/schemas/actions.ts';
import type { HostRow } from '../../../contract/schemas/hosts.ts';
import type { SignerState } from '../../../contract/schemas/signer.ts';
import { isReachable } from './host-filter.ts';

/** The hosts of an order, by what one can expect of each. */
export interface TriggerPlan {
  readonly hosts: readonly HostRow[];
  readonly reachable: readonly HostRow[];
  readonly unreachable: readonly HostRow[];
  /** Hosts that list the certificates they trust, the open signer not among them. */
  readonly untrusting: readonly HostRow[];
  /** Hosts that are not Windows: they know no Windows Update. */
  readonly notWindows: readonly HostRow[];
  /** Of the reachable: hosts that wait for a reboot, where an install may do nothing. */
  readonly rebootFirst: readonly HostRow[];
}

/** Plans an order. Without an open signer nothing is said of trust. */
export function planTrigger(hosts: readonly HostRow[], signer: SignerState | null): TriggerPlan {
  const fingerprint = signer?.kind === 'open' ? signer.certificate.fingerprint : null;
  return {
    hosts,
    reachable: hosts.filter(isReachable),
    unreachable: hosts.filter((host) => !isReachable(host)),
    untrusting:
      fingerprint === null
        ? []
        : hosts.filter((host) => host.trustedSigners !== null && !host.trustedSigners.includes(fingerprint)),
    notWindows: hosts.filter((host) => !isWindowsRow(host)),
    rebootFirst: hosts.filter((host) => isReachable(host) && host.rebootRequired === true),
  };
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
