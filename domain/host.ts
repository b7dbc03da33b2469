/** A host as its server describes it (protocol 2.2). Dates ISO as given; what was left out is null or an empty list. */
export interface Host {
  readonly uuid: string;
  readonly fqdn: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** `OK` when the server holds its websocket. */
  readonly reachable: string | null;
  readonly hostStatus: string | null;
  readonly auditStatus: string | null;
  /** Empty or null counts as Windows (old agents). */
  readonly platform: string | null;
  readonly osName: string | null;
  readonly osVersion: string | null;
  readonly ipAddresses: readonly string[];
  readonly macAddresses: readonly string[];
  readonly lastSeenOn: string | null;
  readonly users: readonly string[];
  readonly lastUser: string | null;
  readonly waptVersion: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly organizationalUnit: string | null;
  readonly site: string | null;
  /** Packages its host package depends on. */
  readonly groups: readonly string[];
  /** Directory groups of the computer and the profiles its agent names; null when neither was ever reported. */
  readonly directoryGroups: readonly string[] | null;
  readonly repositories: string | null;
  /** sha256 of the signers it trusts; null when it does not say. */
  readonly trustedSigners: readonly string[] | null;
  readonly maturities: readonly string[] | null;
  readonly language: string | null;
  /** `waptwua_status`, every key kept. */
  readonly wuaStatus: Readonly<Record<string, unknown>> | null;
  /** `wuauserv_status`, every key kept. */
  readonly serviceStatus: Readonly<Record<string, unknown>> | null;
  /** `{field: hash}` by which the agent sends only changes; null when the server does not give it. */
  readonly statusHashes: Readonly<Record<string, string>> | null;
  readonly updatedOn: string | null;
}

/** A package on a host (protocol 2.5). */
export interface HostPackage {
  readonly uuid: string;
  readonly package: string;
  readonly version: string | null;
  readonly section: string | null;
  readonly installStatus: string | null;
  readonly installDate: string | null;
}

/** Whether Windows Update concerns the host: Windows, or an old agent that does not name its platform. */
export function isWindows(host: Pick<Host, 'platform'>): boolean {
  return host.platform === null || host.platform === '' || host.platform.toLowerCase() === 'windows';
}

/** When the host last scanned, as it reports it; null when it never did. */
export function lastScan(host: Pick<Host, 'wuaStatus'>): string | null {
  const date = host.wuaStatus?.['last_scan_date'];
  return typeof date === 'string' && date !== '' ? date : null;
}
