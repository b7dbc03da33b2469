import { textOf } from '../text.ts';
import type { Answer } from './envelope.ts';
import { exception, pythonQuoted } from './envelope.ts';
import { type HostPackage, type HostRecord, hostColumns } from './records.ts';
import { csv } from './routing.ts';
import type { Store } from './store.ts';

const alwaysReturned = [
  'uuid',
  'host_status',
  'last_seen_on',
  'last_update_status',
  'computer_fqdn',
  'computer_name',
  'description',
  'dnsdomain',
  'server_uuid',
  'listening_protocol',
  'listening_address',
  'listening_port',
  'listening_timestamp',
  'connected_users',
  'registration_auth_user',
  'wapt_version',
  'host_capabilities',
];
const defaultExtra = [
  'reachable',
  'manufacturer',
  'productname',
  'serialnr',
  'mac_addresses',
  'connected_ips',
  'computer_type',
  'os_name',
  'os_version',
  'platform',
  'repositories',
  'depends',
];
const known = new Set<string>([...hostColumns, 'depends']);

/** The value of `root/sub/sub2` as text, as PostgreSQL's `#>>` gives it. */
const subField = (host: HostRecord, path: string, separator: string): string | null => {
  let value: unknown = host;
  for (const part of path.split(separator)) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const searchedText = (host: HostRecord, packages: readonly HostPackage[], field: string): string | null => {
  if (field === 'installed_packages') return packages.map((one) => one.package).join('\n');
  if (field === 'installed_softwares') return '';
  if (field.includes('.')) return known.has(field.split('.')[0] ?? '') ? subField(host, field, '.') : null;
  if (!known.has(field)) return null;
  const value = host[field];
  return value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
};

type Test = (host: HostRecord) => boolean;

const regexTest = (
  store: Store,
  filter: string,
): { readonly ok: true; readonly test: Test } | { readonly ok: false; readonly answer: Answer } => {
  const colon = filter.indexOf(':');
  const fields = filter.slice(0, Math.max(colon, 0)).split(',').filter(Boolean);
  let pattern = filter.slice(colon + 1);
  if (colon < 0 || fields.length === 0 || pattern === '') {
    return {
      ok: false,
      answer: exception("Exception('Invalid filter provided in query. Should be f1,f2,f3:regexp ',)"),
    };
  }
  const negated = /^(not |!)/.test(pattern);
  if (negated) pattern = pattern.replace(/^(not |!)/, '');
  const structured = fields.some(
    (field) =>
      field.includes('.') || ['connected_ips', 'mac_addresses', 'host_capabilities', 'waptwua_status'].includes(field),
  );
  if (structured && pattern.includes("'")) {
    return {
      ok: false,
      answer: exception(`ProgrammingError('syntax error at or near ${pythonQuoted(pattern).slice(1, -1)}\\n',)`),
    };
  }
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'i');
  } catch {
    return { ok: false, answer: exception("DataError('invalid regular expression: brackets [] not balanced\\n',)") };
  }
  return {
    ok: true,
    test: (host) => {
      const packages = store.hostPackages.get(host.uuid) ?? [];
      const found = fields.some((field) => {
        const searched = searchedText(host, packages, field);
        return searched !== null && expression.test(searched);
      });
      return found !== negated;
    },
  };
};

const listed = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',').filter(Boolean) : [];

const unitTest =
  (units: readonly string[], children: boolean): Test =>
  (host) => {
    const dn = textOf(host['computer_ad_ou']).toLowerCase();
    return units.some((unit) => dn === unit.toLowerCase() || (children && dn.endsWith(`,${unit.toLowerCase()}`)));
  };

const everyTest = (
  store: Store,
  query: URLSearchParams,
): { readonly ok: true; readonly tests: Test[] } | { readonly ok: false; readonly answer: Answer } => {
  const tests: Test[] = [];
  const negate = query.get('not_filter') === '1';
  const negatable = (test: Test): void => {
    tests.push(negate ? (host) => !test(host) : test);
  };
  const uuids = csv(query.get('uuid'));
  const filter = query.get('filter');
  if (uuids !== null) tests.push((host) => uuids.includes(host.uuid));
  else if (filter !== null && filter !== '') {
    const regex = regexTest(store, filter);
    if (!regex.ok) return regex;
    negatable(regex.test);
  }
  const groups = csv(query.get('groups'));
  if (groups !== null) negatable((host) => listed(host['depends']).some((group) => groups.includes(group)));
  const trusted = csv(query.get('trusted_certs_sha256'));
  if (trusted !== null) {
    negatable((host) => listed(host['authorized_certificates_sha256']).some((print) => trusted.includes(print)));
  }
  const site = query.get('ad_site');
  if (site) negatable((host) => host['computer_ad_site'] === site);
  const adGroups = (query.get('ad_groups') ?? '').split('||').filter(Boolean);
  if (adGroups.length > 0)
    negatable((host) => listed(host['computer_ad_groups']).some((one) => adGroups.includes(one)));
  const units = (query.get('organizational_unit') ?? '').split('||').filter(Boolean);
  if (units.length > 0) tests.push(unitTest(units, query.get('include_childs_ou') !== '0'));
  if (query.get('has_errors')) tests.push((host) => host['host_status'] === 'ERROR');
  if (query.get('need_upgrade')) tests.push((host) => ['ERROR', 'TO-UPGRADE'].includes(String(host['host_status'])));
  if (query.get('reachable') === '1') tests.push((host) => host['reachable'] === 'OK');
  return { ok: true, tests };
};

const lastSeen = (host: HostRecord): string => (typeof host['last_seen_on'] === 'string' ? host['last_seen_on'] : '');

/** The hosts that a query of `/api/v3/hosts` asks for, with the columns it asks for (protocol 2.1). */
export function queryHosts(
  store: Store,
  query: URLSearchParams,
): { readonly ok: true; readonly rows: Record<string, unknown>[] } | { readonly ok: false; readonly answer: Answer } {
  const chosen = everyTest(store, query);
  if (!chosen.ok) return chosen;
  const asked = csv(query.get('columns')) ?? defaultExtra;
  const limit = Number.parseInt(query.get('limit') ?? '1000', 10);
  const rows = store.hosts
    .values()
    .filter((host) => chosen.tests.every((test) => test(host)))
    .sort((a, b) => (lastSeen(a) < lastSeen(b) ? 1 : lastSeen(a) > lastSeen(b) ? -1 : 0))
    .slice(0, Number.isNaN(limit) ? 1000 : limit)
    .map((host) => {
      const row: Record<string, unknown> = {};
      for (const column of alwaysReturned) row[column] = host[column] ?? null;
      for (const column of asked) {
        if (known.has(column)) row[column] = host[column] ?? null;
        else if (column.includes('/') && known.has(column.split('/')[0] ?? ''))
          row[column] = subField(host, column, '/');
      }
      return row;
    });
  return { ok: true, rows };
}
