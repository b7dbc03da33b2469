import type { HostRow } from '../../contract/schemas/hosts.ts';
import { type Host, isWindows, lastScan } from '../../domain/host.ts';

/** The fields of the host grid that the host itself tells; the others are counted when the list is asked. */
export type HostFacts = Omit<HostRow, 'isStale' | 'sharesName' | 'updates' | 'rulePackages'>;

/** What the grid does not show. */
export type HostDetails = Pick<
  Host,
  'maturities' | 'language' | 'directoryGroups' | 'wuaStatus' | 'serviceStatus' | 'statusHashes' | 'updatedOn'
>;

/** A host as it is stored. */
export interface StoredHost {
  readonly uuid: string;
  readonly isWindows: number;
  readonly lastScan: string | null;
  readonly facts: string;
  readonly details: string;
  readonly mark: string;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const flag = (...values: readonly unknown[]): boolean | null => {
  for (const value of values) {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'True') return true;
    if (value === 'false' || value === 'False') return false;
  }
  return null;
};

/** The grid's fields of a host (protocol 2.3, 8.1). A host without a name is shown by its uuid. */
function hostFacts(host: Host): HostFacts {
  const { serviceStatus, wuaStatus, ...others } = host;
  const { maturities: _m, language: _l, directoryGroups: _d, statusHashes: _h, updatedOn: _u, ...shown } = others;
  return {
    ...shown,
    fqdn: text(host.fqdn) ?? text(host.name) ?? host.uuid,
    wuaStatus: text(wuaStatus?.['status']),
    wuaEnabled: flag(wuaStatus?.['enabled'], wuaStatus?.['waptwua_enabled']),
    lastScan: lastScan(host),
    rebootRequired: flag(
      wuaStatus?.['last_install_reboot_required'],
      wuaStatus?.['rebootrequired'],
      serviceStatus?.['reboot_needed'],
    ),
    indexDate: text(wuaStatus?.['wsusscn2cab_date']),
  };
}

/** By what one sees that the rows of a host are other than when they were read: scan date, date of change, hashes of what it sent. */
function hostMark(host: Host): string {
  const hashes = Object.entries(host.statusHashes ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([lastScan(host), host.updatedOn, hashes]);
}

/** A host in the form of the table. */
export function toStoredHost(host: Host): StoredHost {
  const { maturities, language, directoryGroups, wuaStatus, serviceStatus, statusHashes, updatedOn } = host;
  const details: HostDetails = {
    maturities,
    language,
    directoryGroups,
    wuaStatus,
    serviceStatus,
    statusHashes,
    updatedOn,
  };
  return {
    uuid: host.uuid,
    isWindows: isWindows(host) ? 1 : 0,
    lastScan: lastScan(host),
    facts: JSON.stringify(hostFacts(host)),
    details: JSON.stringify({ ...details, fqdn: host.fqdn }),
    mark: hostMark(host),
  };
}

/** The host again, as the server described it. */
export function fromStoredHost(stored: Pick<StoredHost, 'facts' | 'details'>): Host {
  const {
    wuaStatus: _status,
    wuaEnabled: _enabled,
    lastScan: _scan,
    rebootRequired: _reboot,
    indexDate: _index,
    ...shown
  } = JSON.parse(stored.facts) as HostFacts;
  const details = JSON.parse(stored.details) as HostDetails & Pick<Host, 'fqdn'>;
  // Hosts that an earlier console stored have none.
  return { ...shown, ...details, directoryGroups: details.directoryGroups ?? null };
}
