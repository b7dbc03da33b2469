import { gzipSync } from 'node:zlib';
import { textOf } from '../text.ts';
import { type Answer, exception, refusal, success } from './envelope.ts';
import { queryHosts } from './hosts-query.ts';
import { byChange, type HostPackage, hostColumns, type LocalStatusRow, type UpdateRecord } from './records.ts';
import { type Call, csv, jsonBody, type Route, type RouteAnswer } from './routing.ts';
import type { Store } from './store.ts';

const readers = ['view'];

const gzipped = (call: Call, answer: Answer): Answer => {
  const accepted = String(call.headers['accept-encoding'] ?? '');
  if (!/\bgzip\b/i.test(accepted) || !Buffer.isBuffer(answer.body) || answer.body.length < 500) return answer;
  const headers = { ...answer.headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding, Cookie' };
  return { ...answer, headers, body: gzipSync(answer.body, { level: 6 }) };
};

const statusRow = (row: LocalStatusRow, update: UpdateRecord): Record<string, unknown> => {
  const { support_url: _support, uninstallation_notes: _notes, created_by: _by, updated_by: _upBy, ...rest } = update;
  return {
    ...rest,
    local_status_id: row.id,
    local_status_status: row.status,
    local_status_allowed: row.allowed,
    local_status_installed: row.installed,
    local_status_install_date: row.install_date,
    local_status_present: row.present,
    local_status_hidden: row.hidden,
    local_status_downloaded: row.downloaded,
    local_status_delayed: row.delayed,
    local_status_history: row.history,
  };
};

/** What the server knows of an update that nobody has described. */
const unknownUpdate = (id: string): UpdateRecord => ({
  update_id: id,
  title: null,
  update_type: null,
  kbids: null,
  severity: null,
  changetime: null,
  product: null,
  classification: null,
  download_urls: null,
  min_download_size: null,
  max_download_size: null,
  superseded_update_ids: null,
  security_bulletin_ids: null,
  is_mandatory: null,
  reboot_behaviour: null,
  can_request_user_input: null,
  requires_network_connectivity: null,
  is_beta: null,
  is_uninstallable: null,
  installation_impact: null,
  uninstallation_impact: null,
  support_url: null,
  release_notes: null,
  uninstallation_notes: null,
  languages: null,
  downloaded_on: null,
  created_on: null,
  updated_on: null,
  created_by: null,
  updated_by: null,
});

/** Rows of `host_data?field=wsusupdates`, oldest change first (protocol 2.4). */
function wsusUpdatesOf(store: Store, uuid: string): Record<string, unknown>[] {
  return (store.statuses.get(uuid) ?? [])
    .map((row) => ({ row, update: store.updates.get(row.update_id) ?? unknownUpdate(row.update_id) }))
    .sort((a, b) => byChange(a.update, b.update))
    .map(({ row, update }) => statusRow(row, update));
}

const listOf = (value: unknown): string[] | null =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? csv(value) : null;

const limitOf = (value: unknown): number => {
  const limit = Number.parseInt(textOf(value), 10);
  return Number.isNaN(limit) ? 1000 : limit;
};

/** Reading hosts and what is on them (protocol 2). */
export function hostRoutes(store: Store): Route[] {
  const hosts = (call: Call): RouteAnswer => {
    const found = queryHosts(store, call.query);
    if (!found.ok) return found.answer;
    const uuid = call.query.get('uuid');
    const filter = call.query.get('filter');
    const msg =
      uuid !== null && found.rows.length === 0
        ? `No data found for uuid ${uuid}`
        : `${found.rows.length} hosts returned${filter !== null && uuid === null ? ` for filter ${filter}` : ''}`;
    return gzipped(call, success(msg, found.rows, call.elapsed()));
  };

  const hostData = (call: Call): RouteAnswer => {
    const uuid = call.query.get('uuid');
    const field = call.query.get('field');
    if (uuid === null) return exception("EWaptMissingParameter('Parameter uuid is missing',)");
    if (field === null) return exception("EWaptMissingParameter('Parameter field is missing',)");
    const msg = `${field} data for host ${uuid}`;
    if (field === 'wsusupdates') return gzipped(call, success(msg, wsusUpdatesOf(store, uuid), call.elapsed()));
    if (field === 'installed_packages') return success(msg, store.hostPackages.get(uuid) ?? [], call.elapsed());
    if (field === 'installed_softwares') return success(msg, [], call.elapsed());
    if (!(hostColumns as readonly string[]).includes(field)) {
      return exception(`EWaptMissingParameter(u'Parameter field ${field} is unknown',)`);
    }
    const host = store.hosts.get(uuid);
    if (host === undefined) return exception(`EWaptUnknownHost('Host ${uuid} not found in database',)`);
    const value = host[field] ?? null;
    if (value === null) return refusal(`No ${field} data for host ${uuid}`, 'empty_data', call.elapsed());
    return success(msg, value, call.elapsed());
  };

  const withHost = (row: HostPackage): Record<string, unknown> => {
    const host = store.hosts.get(row.host);
    return {
      ...row,
      host_computer_name: host?.['computer_name'] ?? null,
      host_computer_fqdn: host?.['computer_fqdn'] ?? null,
      host_description: host?.['description'] ?? null,
      host_connected_ips: host?.['connected_ips'] ?? null,
      host_connected_users: host?.['connected_users'] ?? null,
      reachable: host?.['reachable'] ?? null,
    };
  };

  const parametersOf = async (
    call: Call,
  ): Promise<
    | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
    | { readonly ok: false; readonly answer: Answer }
  > => {
    if (call.method === 'GET') return { ok: true, value: Object.fromEntries(call.query) };
    const body = await jsonBody(call);
    return body.ok ? { ok: true, value: (body.value ?? {}) as Readonly<Record<string, unknown>> } : body;
  };

  const hostsForPackage = async (call: Call): Promise<RouteAnswer> => {
    const given = await parametersOf(call);
    if (!given.ok) return given.answer;
    const names = listOf(given.value['package']);
    if (names === null) return exception("EWaptMissingParameter('Parameter package is missing',)");
    const limit = limitOf(given.value['limit']);
    const rows = store.hostPackages
      .values()
      .flat()
      .filter((row) => names.includes(row.package))
      .slice(0, limit)
      .map(withHost);
    return success(`Hosts for packages [${names.map((name) => `u'${name}'`).join(', ')}], limit ${limit}`, rows);
  };

  const packagesForHosts = async (call: Call): Promise<RouteAnswer> => {
    const given = await parametersOf(call);
    if (!given.ok) return given.answer;
    const uuids = listOf(given.value['host_uuids']);
    const sections = listOf(given.value['sections']);
    const states = listOf(given.value['install_status']);
    const reachable = given.value['reachable'];
    const limit = limitOf(given.value['limit']);
    const groups = new Map<string, Record<string, unknown> & { host_uuids: string[]; count: number }>();
    for (const row of (uuids ?? store.hosts.values().map((host) => host.uuid)).flatMap(
      (uuid) => store.hostPackages.get(uuid) ?? [],
    )) {
      const reach = store.hosts.get(row.host)?.['reachable'] ?? null;
      if (sections !== null && !sections.includes(row.section ?? '')) continue;
      if (states !== null && !states.includes(row.install_status)) continue;
      if (String(reachable) === '1' && reach !== 'OK') continue;
      const { package: name, version, section, priority, install_status } = row;
      const key = JSON.stringify([
        name,
        version,
        section,
        priority,
        install_status,
        reachable === undefined ? reach : null,
      ]);
      const group = groups.get(key) ?? {
        package: name,
        version,
        section,
        priority,
        install_status,
        ...(reachable === undefined ? { reachable: reach } : {}),
        host_uuids: [],
        count: 0,
      };
      group.host_uuids.push(row.host);
      group.count += 1;
      groups.set(key, group);
    }
    return success(
      `Packages status for ${uuids?.length ?? store.hosts.size()} hosts, limit ${limit}`,
      [...groups.values()].slice(0, limit),
    );
  };

  const distinct = (column: string): string[] =>
    [...new Set(store.hosts.values().flatMap((host) => host[column] ?? []))].map(String).sort();

  return [
    { methods: ['GET'], paths: ['/api/v3/hosts', '/api/v1/hosts'], rights: readers, answer: hosts },
    { methods: ['GET'], paths: ['/api/v1/host_data', '/api/v3/host_data'], rights: readers, answer: hostData },
    { methods: ['GET', 'POST'], paths: ['/api/v3/hosts_for_package'], rights: readers, answer: hostsForPackage },
    { methods: ['GET', 'POST'], paths: ['/api/v3/packages_for_hosts'], rights: 'any', answer: packagesForHosts },
    {
      methods: ['GET', 'POST'],
      paths: ['/api/v3/reset_hosts_sid'],
      rights: readers,
      answer: () => success('Hosts connection reset launched for all hosts', null),
    },
    {
      methods: ['GET'],
      paths: ['/api/v3/get_ad_ou', '/api/v3/get_ad_ou_split'],
      rights: readers,
      answer: () => success('AD organizational units', distinct('computer_ad_ou')),
    },
    {
      methods: ['GET'],
      paths: ['/api/v3/get_ad_sites'],
      rights: readers,
      answer: () => success('AD sites', distinct('computer_ad_site')),
    },
    {
      methods: ['GET'],
      paths: ['/api/v3/get_ad_groups'],
      rights: 'any',
      answer: () => success('AD groups', distinct('computer_ad_groups')),
    },
  ];
}
