import type { ConsoleError } from '../../contract/errors.ts';
import type { Host } from '../../domain/host.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ServerClient } from './client.ts';
import { type Read, readRecord, readRows, record, type Source, text, texts, textsOrNull } from './tolerant.ts';

export { eachUpdateOnce, hostUpdates } from './host-updates.ts';

/** Hosts of one answer. */
export interface HostPage {
  readonly hosts: readonly Host[];
  /** The answer had exactly as many rows as were asked for: there may be more. */
  readonly isCutOff: boolean;
  /** Rows that were no hosts. */
  readonly skipped: number;
}

/** Asked for by name: with `columns` given, the server leaves out what is not named (protocol 2.1). */
const COLUMNS = [
  'uuid',
  'computer_fqdn',
  'computer_name',
  'description',
  'reachable',
  'host_status',
  'audit_status',
  'platform',
  'os_name',
  'os_version',
  'connected_ips',
  'mac_addresses',
  'last_seen_on',
  'connected_users',
  'last_logged_on_user',
  'wapt_version',
  'manufacturer',
  'productname',
  'serialnr',
  'computer_ad_ou',
  'computer_ad_site',
  'computer_ad_groups',
  'depends',
  'repositories',
  'authorized_certificates_sha256',
  'host_capabilities',
  'waptwua_status',
  'wuauserv_status',
  'status_hashes',
  'updated_on',
].join(',');

const hostShape = {
  uuid: text,
  computer_fqdn: text,
  computer_name: text,
  description: text,
  reachable: text,
  host_status: text,
  audit_status: text,
  platform: text,
  os_name: text,
  os_version: text,
  connected_ips: texts,
  mac_addresses: texts,
  last_seen_on: text,
  connected_users: texts,
  last_logged_on_user: text,
  wapt_version: text,
  manufacturer: text,
  productname: text,
  serialnr: text,
  computer_ad_ou: text,
  computer_ad_site: text,
  computer_ad_groups: textsOrNull,
  depends: texts,
  repositories: text,
  authorized_certificates_sha256: textsOrNull,
  host_capabilities: record,
  waptwua_status: record,
  wuauserv_status: record,
  status_hashes: record,
  updated_on: text,
} as const;

const capabilities = {
  language: text,
  packages_trusted_ca_fingerprints: textsOrNull,
  packages_maturities: textsOrNull,
  host_profiles: textsOrNull,
} as const;

const hashes = (raw: Readonly<Record<string, unknown>> | null): Host['statusHashes'] =>
  raw === null
    ? null
    : Object.fromEntries(
        Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );

/** The names by which profile packages reach a host: its directory groups, and the profiles that its own agent was given. */
const directoryGroups = (
  groups: readonly string[] | null,
  profiles: readonly string[] | null,
): readonly string[] | null => (groups === null && profiles === null ? null : [...(groups ?? []), ...(profiles ?? [])]);

const toHost =
  (source: Source) =>
  (raw: Read<typeof hostShape>): Host | null => {
    if (raw.uuid === null || raw.uuid === '') return null;
    const known = readRecord(capabilities, raw.host_capabilities ?? {}, source);
    return {
      uuid: raw.uuid,
      fqdn: raw.computer_fqdn,
      name: raw.computer_name,
      description: raw.description,
      reachable: raw.reachable,
      hostStatus: raw.host_status,
      auditStatus: raw.audit_status,
      platform: raw.platform,
      osName: raw.os_name,
      osVersion: raw.os_version,
      ipAddresses: raw.connected_ips,
      macAddresses: raw.mac_addresses,
      lastSeenOn: raw.last_seen_on,
      users: raw.connected_users,
      lastUser: raw.last_logged_on_user,
      waptVersion: raw.wapt_version,
      manufacturer: raw.manufacturer,
      model: raw.productname,
      serialNumber: raw.serialnr,
      organizationalUnit: raw.computer_ad_ou,
      site: raw.computer_ad_site,
      groups: raw.depends,
      directoryGroups: directoryGroups(raw.computer_ad_groups, known?.host_profiles ?? null),
      repositories: raw.repositories,
      trustedSigners: known?.packages_trusted_ca_fingerprints ?? raw.authorized_certificates_sha256,
      maturities: known?.packages_maturities ?? null,
      language: known?.language ?? null,
      wuaStatus: raw.waptwua_status,
      serviceStatus: raw.wuauserv_status,
      statusHashes: hashes(raw.status_hashes),
      updatedOn: raw.updated_on,
    };
  };

/** Hosts with what the console shows of them, those seen last first (protocol 2.1). The limit is always sent: the server's own cuts silently. */
export async function listHosts(
  client: ServerClient,
  options: { readonly limit?: number; readonly uuids?: readonly string[] } = {},
  signal?: AbortSignal,
): Promise<Result<HostPage, ConsoleError>> {
  const route = '/api/v3/hosts';
  const limit = options.limit ?? 20_000;
  const query = { columns: COLUMNS, limit, ...(options.uuids === undefined ? {} : { uuid: options.uuids.join(',') }) };
  const answer = await client.ask({ method: 'GET', path: route, query }, signal);
  if (!answer.ok) return answer;
  const source = { route, onOdd: client.onOdd };
  const read = readRows(hostShape, answer.value.result, source, toHost(source));
  if (!read.ok) return read;
  const { rows, skipped } = read.value;
  return ok({ hosts: rows, skipped, isCutOff: rows.length + skipped >= limit });
}

/** One field of a host as it came (protocol 2.4); null where the server has nothing. `not-found` for an unknown host. */
export async function hostData(
  client: ServerClient,
  uuid: string,
  field: string,
  signal?: AbortSignal,
): Promise<Result<unknown, ConsoleError>> {
  const answer = await client.ask({ method: 'GET', path: '/api/v1/host_data', query: { uuid, field } }, signal);
  return answer.ok ? ok(answer.value.result) : answer;
}
