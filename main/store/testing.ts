import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../domain/host.ts';
import { blankUpdate, type HostUpdate, type Update } from '../../domain/update.ts';
import type { JsonText } from '../json-text.ts';
import { newContext } from './context.ts';
import { openDatabase } from './database.ts';
import { type Operations, operationsOf } from './operations.ts';

/** A folder of its own for one test, and how to be rid of it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'console-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The operations on a database in `folder`, in this thread: what the worker serves, without the worker. */
export function openHere(folder: string): { readonly store: Operations; readonly close: () => void } {
  const opened = openDatabase(join(folder, 'store.db'), false);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return { store: operationsOf(newContext(opened.value.db, opened.value.isReadOnly)), close: opened.value.close };
}

/** The guid with this number. */
export const guid = (n: number): string => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

/** An update with a title and KB of its own. */
export const update = (n: number, more: Partial<Update> = {}): Update => ({
  ...blankUpdate(`${guid(n)}_200`),
  title: `Update ${n}`,
  kbids: [String(5_000_000 + n)],
  product: 'Windows 11',
  classification: 'Security Updates',
  severity: 'Critical',
  ...more,
});

/** A reported row. */
export const row = (uuid: string, n: number, more: Partial<HostUpdate> = {}): HostUpdate => ({
  uuid,
  updateId: `${guid(n)}_200`,
  status: 'PENDING',
  allowed: true,
  installed: false,
  present: true,
  hidden: false,
  delayed: null,
  downloaded: false,
  installDate: null,
  history: [],
  ...more,
});

/** A Windows host that scanned on 20 November 2026. */
export const host = (uuid: string, more: Partial<Host> = {}): Host => ({
  uuid,
  fqdn: `${uuid}.example`,
  name: uuid,
  description: null,
  reachable: 'OK',
  hostStatus: 'OK',
  auditStatus: null,
  platform: 'Windows',
  osName: 'Windows 11 Pro',
  osVersion: '10.0.22631',
  ipAddresses: ['192.0.2.1'],
  macAddresses: [],
  lastSeenOn: '2026-11-20T12:00:00',
  users: [],
  lastUser: null,
  waptVersion: '2.5.5',
  manufacturer: null,
  model: null,
  serialNumber: null,
  organizationalUnit: null,
  site: null,
  groups: [],
  directoryGroups: null,
  repositories: null,
  trustedSigners: null,
  maturities: null,
  language: 'en',
  wuaStatus: { status: 'PENDING_UPDATES', enabled: true, last_scan_date: '2026-11-20T11:00:00' },
  serviceStatus: { agent_version: '7.6' },
  statusHashes: null,
  updatedOn: '2026-11-20T11:05:00',
  ...more,
});

/** The moment at which tests look at hosts: 21 November 2026. */
export const NOW = Date.parse('2026-11-21T12:00:00Z');

/** The value of a success; a failure fails the test. */
export function value<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(`failed: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** A large answer, parsed as the store does. */
export function parsed<T>(result: Parameters<typeof value<JsonText<T>>>[0]): T {
  return value(result).parse();
}
