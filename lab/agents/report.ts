import { createHash } from 'node:crypto';
import { isoMicroseconds, isoSeconds } from '../clock.ts';
import type { HostPackage, LocalStatus } from '../server/records.ts';
import { textOf } from '../text.ts';
import type { HostProfile } from './profile.ts';
import type { AgentState } from './state.ts';

// 0x80070070 is Windows' code of a full disk.
const restingStatus = (error: string | null, pending: boolean): string =>
  error === null ? (pending ? 'PENDING_UPDATES' : 'OK') : error.includes('0x80070070') ? 'DISK_SPACE_ERROR' : 'ERROR';

/** Whether there is something left to do for a host with these rows. */
export const isPending = (statuses: readonly LocalStatus[]): boolean =>
  statuses.some((row) => ['PENDING', 'MISSING', 'ERROR'].includes(row.status));

/** The `waptwua_status` that follows from a host's memory and from whether something is left to do; `phase` while a task runs (protocol 2.3). */
export function waptwuaStatus(
  profile: HostProfile,
  state: AgentState,
  isPending: boolean,
  missingFiles: readonly string[],
  phase: string | null,
): Record<string, unknown> | null {
  if (state.lastScan === null && phase === null) return null;
  return {
    status: phase ?? restingStatus(state.lastError, isPending),
    enabled: profile.options.enabled,
    wsusscn2cab_date: state.indexDate === null ? null : isoSeconds(state.indexDate),
    last_scan_date: state.lastScan === null ? null : isoMicroseconds(state.lastScan),
    last_scan_duration: state.lastScanSeconds,
    last_install_batch: state.lastInstallBatch,
    last_install_date: state.lastInstall === null ? null : isoMicroseconds(state.lastInstall),
    last_install_result: state.lastInstallResult,
    last_install_reboot_required: state.rebootRequired,
    missing_downloads: missingFiles,
    rules_packages: state.packages.filter((one) => one.rules !== null).map((one) => `${one.package}(=${one.version})`),
    last_error: state.lastError,
    install_delay: profile.options.install_delay ?? '',
  };
}

/** The `wuauserv_status` of a host: the service sleeps except while Windows installs (protocol 2.3, 9.3). */
export const wuauservStatus = (
  profile: HostProfile,
  state: AgentState,
  installing: boolean,
): Record<string, unknown> => ({
  agent_version: `${profile.osVersion}.${profile.family === 'server-2016' ? '4169' : '4894'}`,
  start_mode: installing ? 'manual' : 'disabled',
  running: installing,
  auto_update: 'disabled',
  use_wuserver: false,
  disable_os_upgrade: true,
  reboot_needed: state.rebootRequired,
});

/** The hash by which an agent knows what it has told already (protocol 4.9). */
export const reportHash = (value: unknown): string =>
  createHash('sha1')
    .update(JSON.stringify(value) ?? 'null')
    .digest('hex');

/** What stands for `reportHash` of a field as the host first reported it: hashing millions of rows would make a large lab start slowly. */
export const firstHash = (field: string, uuid: string): string => reportHash(`first ${field} of ${uuid}`);

/** The columns of a host that never change while the lab runs, and those of its first report. */
export function inventory(
  profile: HostProfile,
  trusted: readonly string[],
  seen: number | null,
): Record<string, unknown> {
  const { behaviour } = profile;
  const version = behaviour === 'old-agent' ? '1.5.1.26' : '2.5.5.15635';
  const print = createHash('sha256').update(profile.uuid).digest('hex');
  return {
    computer_fqdn: profile.fqdn === '' ? null : profile.fqdn,
    computer_name: profile.name === '' ? null : profile.name.toLowerCase(),
    description: profile.description,
    dnsdomain: 'example.lan',
    computer_type: profile.traits.includes('laptop')
      ? 'Laptop'
      : profile.unit.includes('Servers')
        ? 'Server'
        : 'Desktop',
    computer_architecture: 'x64',
    manufacturer: profile.maker,
    productname: profile.model,
    serialnr: profile.serial,
    os_name: profile.osName,
    os_version: profile.osVersion,
    os_architecture: 'x64',
    platform: 'Windows',
    connected_users: behaviour === 'ordinary' ? [`EXAMPLE\\${profile.user}`] : [],
    connected_ips: [profile.ip],
    mac_addresses: [profile.mac],
    gateways: [profile.ip.replace(/\d+$/, '1')],
    networks: [profile.ip.replace(/\d+$/, '0/24')],
    last_logged_on_user: profile.user,
    computer_ad_site: profile.site,
    computer_ad_ou: profile.unit,
    computer_ad_groups: profile.groups.map((group) => `WAPT_${group}`),
    host_certificate: null,
    registration_auth_user: `Kerb:${profile.name.toLowerCase()}$`,
    authorized_certificates_sha256: trusted,
    repositories: profile.repository.url,
    depends: profile.groups.join(','),
    wapt_version: version,
    wapt_status: { 'wapt-exe-version': version, 'waptservice-version': version, repositories: [] },
    host_info: {
      computer_fqdn: profile.fqdn,
      domain_name: 'EXAMPLE',
      domain_controller: 'dc01.example.lan',
      domain_controller_address: '192.0.2.10',
      windows_product_infos: { windows_version: profile.osVersion },
    },
    host_capabilities: {
      uuid: profile.uuid,
      dn: `CN=${profile.name},${profile.unit}`,
      fqdn: profile.fqdn,
      site: profile.site,
      language: profile.language,
      os: 'windows',
      os_version: profile.osVersion,
      architecture: 'x64',
      wapt_version: version,
      wapt_edition: 'enterprise',
      packages_trusted_ca_fingerprints: trusted,
      packages_blacklist: null,
      packages_whitelist: null,
      packages_locales: [profile.language],
      packages_maturities: profile.maturities,
      use_host_packages: true,
      host_packages_names: [profile.uuid],
      host_profiles: null,
      host_certificate_fingerprint: print,
      host_certificate_authority_key_identifier: print.slice(0, 40),
    },
    host_metrics: null,
    dmi: null,
    wmi: null,
    waptwua_rules: null,
    audit_status: 'OK',
    host_status: 'OK',
    last_seen_on: seen === null ? null : isoMicroseconds(seen),
  };
}

/** The rows of HostPackagesStatus that a host's memory amounts to; `first` numbers them. */
export function packageRows(
  profile: HostProfile,
  state: AgentState,
  missing: readonly string[],
  first: number,
  stamp: string,
): HostPackage[] {
  const text = (value: unknown): string | null => (value === undefined || value === null ? null : textOf(value));
  const list = (value: unknown): string[] => (text(value) ?? '').split(',').filter((part) => part !== '');
  const installed = state.packages.map(
    (one, index): HostPackage => ({
      id: first + index,
      host: profile.uuid,
      package_uuid: one.packageUuid,
      name: text(one.control['name']),
      package: one.package,
      version: one.version,
      architecture: text(one.control['architecture']),
      locale: text(one.control['locale']),
      maturity: text(one.control['maturity']),
      section: one.section,
      priority: text(one.control['priority']),
      signer: text(one.control['signer']),
      signer_fingerprint: text(one.control['signer_fingerprint']),
      signature_date: one.signatureDate,
      description: text(one.control['description']),
      impacted_process: list(one.control['impacted_process']),
      install_status: one.status,
      install_date: one.installDate,
      install_output: one.output,
      install_params: null,
      uninstall_key: [],
      explicit_by: one.explicitBy,
      repo_url: 'https://srvwapt.example.lan/wapt',
      depends: list(one.control['depends']),
      conflicts: [],
      last_audit_status: null,
      last_audit_on: null,
      last_audit_output: null,
      next_audit_on: null,
      created_on: stamp,
      updated_on: stamp,
      created_by: null,
      updated_by: null,
    }),
  );
  const absent = missing.map(
    (name, index): HostPackage => ({
      id: first + installed.length + index,
      host: profile.uuid,
      package_uuid: null,
      name: null,
      package: name,
      version: '',
      architecture: null,
      locale: null,
      maturity: null,
      section: null,
      priority: null,
      signer: null,
      signer_fingerprint: null,
      signature_date: null,
      description: null,
      impacted_process: null,
      install_status: 'MISSING',
      install_date: null,
      install_output: null,
      install_params: null,
      uninstall_key: null,
      explicit_by: null,
      repo_url: null,
      depends: null,
      conflicts: null,
      last_audit_status: null,
      last_audit_on: null,
      last_audit_output: null,
      next_audit_on: null,
      created_on: stamp,
      updated_on: stamp,
      created_by: null,
      updated_by: null,
    }),
  );
  return [...installed, ...absent];
}
