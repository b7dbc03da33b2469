import type { ConsoleError } from '../../contract/errors.ts';
import type { PackageHost } from '../../contract/schemas/packages.ts';
import type { HostPackage } from '../../domain/host.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ServerClient } from './client.ts';
import { readRows, text, texts } from './tolerant.ts';

/** Hosts that have one of the packages asked for. */
export interface PackageHostPage {
  readonly hosts: readonly (PackageHost & { readonly package: string })[];
  readonly isCutOff: boolean;
}

const LIMIT = 100_000;

const hostRow = {
  host: text,
  host_computer_fqdn: text,
  host_computer_name: text,
  host_description: text,
  reachable: text,
  package: text,
  version: text,
  install_status: text,
  install_date: text,
} as const;

/** Hosts that have one of these packages in any state (protocol 2.5). */
export async function hostsForPackage(
  client: ServerClient,
  packages: readonly string[],
  options: { readonly limit?: number } = {},
  signal?: AbortSignal,
): Promise<Result<PackageHostPage, ConsoleError>> {
  const route = '/api/v3/hosts_for_package';
  const limit = options.limit ?? LIMIT;
  const answer = await client.ask(
    { method: 'GET', path: route, query: { package: packages.join(','), limit } },
    signal,
  );
  if (!answer.ok) return answer;
  const read = readRows(hostRow, answer.value.result, { route, onOdd: client.onOdd }, (raw) =>
    raw.host === null || raw.package === null
      ? null
      : {
          uuid: raw.host,
          fqdn: raw.host_computer_fqdn ?? raw.host_computer_name ?? raw.host,
          description: raw.host_description,
          reachable: raw.reachable,
          package: raw.package,
          version: raw.version,
          installStatus: raw.install_status,
          installDate: raw.install_date,
        },
  );
  if (!read.ok) return read;
  return ok({ hosts: read.value.rows, isCutOff: read.value.rows.length + read.value.skipped >= limit });
}

const aggregate = { package: text, version: text, section: text, install_status: text, host_uuids: texts } as const;

/**
 * Which hosts have which packages: the server's rows, one for each package, version and state, spread over their hosts (protocol 2.5). The
 * rows carry no date. A package that a host has yet to install has no section in some servers: asking by section leaves it out.
 */
export async function packagesForHosts(
  client: ServerClient,
  options: { readonly uuids?: readonly string[]; readonly sections?: readonly string[]; readonly limit?: number } = {},
  signal?: AbortSignal,
): Promise<Result<{ readonly rows: readonly HostPackage[]; readonly isCutOff: boolean }, ConsoleError>> {
  const route = '/api/v3/packages_for_hosts';
  const limit = options.limit ?? LIMIT;
  const json = {
    limit,
    ...(options.uuids === undefined ? {} : { host_uuids: options.uuids }),
    ...(options.sections === undefined ? {} : { sections: options.sections }),
  };
  const answer = await client.ask({ method: 'POST', path: route, json }, signal);
  if (!answer.ok) return answer;
  const read = readRows(aggregate, answer.value.result, { route, onOdd: client.onOdd }, (raw) =>
    raw.package === null
      ? null
      : raw.host_uuids.map((uuid) => ({
          uuid,
          package: raw.package ?? '',
          version: raw.version,
          section: raw.section,
          installStatus: raw.install_status,
          installDate: null,
        })),
  );
  if (!read.ok) return read;
  return ok({ rows: read.value.rows.flat(), isCutOff: read.value.rows.length + read.value.skipped >= limit });
}
