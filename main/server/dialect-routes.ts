import { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import type { ActionKind } from '../../contract/schemas/actions.ts';
import { OPERATIONS, type Operation } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { mayCarryCredentials } from './transport.ts';

/** The parameters that operations have, by our names. */
export type Parameter = 'limit' | 'offset' | 'ids' | 'updateIds' | 'force' | 'missing' | 'uuids';

/** How one operation is asked on a server: parameters go into the query of GET and DELETE, into the JSON body of POST and PUT. */
export interface OperationRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** The server's names; a parameter without one is not sent. */
  readonly parameters: Readonly<Partial<Record<Parameter, string>>>;
  /** Sent always. */
  readonly fixed?: Readonly<Record<string, string>>;
}

/** Names of the signed actions (protocol 3.8). */
export type ActionNames = Readonly<Record<ActionKind, string>>;

/** The Windows Update routes that a server has. */
export interface Dialect {
  readonly name: 'v3' | 'v2' | 'configured' | 'derived';
  readonly routes: Readonly<Partial<Record<Operation, OperationRoute>>>;
  readonly actions: ActionNames;
  /** Attribute of an action that carries chosen updates; null while nobody has told its name (protocol 11, question 5). */
  readonly selectionAttribute: string | null;
}

const ACTIONS: ActionNames = {
  scan: 'trigger_waptwua_scan',
  download: 'trigger_waptwua_download',
  install: 'trigger_waptwua_install',
  refresh: 'trigger_host_update',
};

const get = (path: string, parameters: OperationRoute['parameters'] = {}): OperationRoute => ({
  method: 'GET',
  path,
  parameters,
});
const post = (path: string, parameters: OperationRoute['parameters']): OperationRoute => ({
  method: 'POST',
  path,
  parameters,
});

/** Magic packets, sent by the server (protocol 2.5); servers have it in every edition since 1.7. */
const WAKE = post('/api/v3/trigger_wakeonlan', { uuids: 'uuids' });

/** The routes assumed of 1.7 and later (protocol 4.8). */
export const V3: Dialect = {
  name: 'v3',
  actions: ACTIONS,
  selectionAttribute: null,
  routes: {
    'list-updates': get('/api/v3/windows_updates', { limit: 'limit', offset: 'offset', updateIds: 'update_ids' }),
    'index-state': get('/api/v3/wsusscan2_status'),
    'list-downloads': get('/api/v3/wsusscan2_history', { limit: 'limit' }),
    'forget-downloads': { method: 'DELETE', path: '/api/v3/wsusscan2_history', parameters: { ids: 'id' } },
    'download-index': post('/api/v3/download_wsusscan', { force: 'force' }),
    'download-missing': post('/api/v3/download_wsusscan', { force: 'force', missing: 'missing' }),
    'download-updates': post('/api/v3/download_windows_updates', { updateIds: 'update_ids' }),
    'delete-files': post('/api/v3/delete_windows_updates', { updateIds: 'update_ids' }),
    'wake-hosts': WAKE,
  },
};

/** The routes of 2015 to 2018 (protocol 4.6): one job for the index, and files fetched one url at a time, which is not offered. */
export const V2: Dialect = {
  name: 'v2',
  actions: ACTIONS,
  selectionAttribute: null,
  routes: {
    // The route refuses a question without a filter that it knows.
    'list-updates': { ...get('/api/v2/windows_updates', { updateIds: 'update_ids' }), fixed: { has_kb: '1' } },
    'index-state': get('/api/v2/wsusscan2_status'),
    'list-downloads': get('/api/v2/wsusscan2_history', { limit: 'limit' }),
    'forget-downloads': { method: 'DELETE', path: '/api/v2/wsusscan2_history', parameters: { ids: 'uuid' } },
    'download-index': get('/api/v2/download_wsusscan', { force: 'force' }),
  },
};

/** No route of Windows Update: the list is made from what hosts report, files are looked at where nginx serves them (protocol 4.8). */
export const DERIVED: Dialect = {
  name: 'derived',
  actions: ACTIONS,
  selectionAttribute: null,
  routes: { 'wake-hosts': WAKE },
};

const serverName = z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/);

const routeSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  path: z
    .string()
    .max(300)
    .refine(
      (path) =>
        !/[?#\s]/.test(path) &&
        mayCarryCredentials({ origin: 'https://s.invalid', host: 's.invalid', port: 443, root: '' }, { path }),
      { message: 'an absolute path of an API route without query' },
    ),
  parameters: z
    .strictObject({
      limit: serverName.optional(),
      offset: serverName.optional(),
      ids: serverName.optional(),
      updateIds: serverName.optional(),
      force: serverName.optional(),
      missing: serverName.optional(),
      uuids: serverName.optional(),
    })
    .default({}),
  fixed: z.record(serverName, z.string().max(1_000)).default({}),
});

const configuredSchema = z.strictObject({
  operations: z.partialRecord(z.enum(OPERATIONS), routeSchema),
  actions: z
    .strictObject({ scan: serverName, download: serverName, install: serverName, refresh: serverName })
    .partial()
    .default({}),
  selectionAttribute: serverName.nullable().default(null),
});

/** What an administrator wrote about the routes of a server. */
export type ConfiguredDialect = z.output<typeof configuredSchema>;

/**
 * Reads the JSON file of a configured dialect: for each operation method, path and parameter names; action names; selection attribute.
 * `bad-request` with the first thing that is wrong as `reason`. Paths stay on the profile's server, outside its folders without password.
 */
export function parseConfiguredDialect(json: string): Result<ConfiguredDialect, ConsoleError> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return fail({ code: 'bad-request', field: 'dialect', facts: { reason: 'json' } });
  }
  const parsed = configuredSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail({
    code: 'bad-request',
    field: 'dialect',
    facts: { reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` },
  });
}

/** The dialect that a configuration describes. */
export function configuredDialect(configured: ConfiguredDialect): Dialect {
  const routes: Partial<Record<Operation, OperationRoute>> = {};
  for (const [operation, route] of Object.entries(configured.operations)) {
    const parameters: Partial<Record<Parameter, string>> = {};
    for (const [name, value] of Object.entries(route.parameters))
      if (value !== undefined) parameters[name as Parameter] = value;
    routes[operation as Operation] = { method: route.method, path: route.path, parameters, fixed: route.fixed };
  }
  return {
    name: 'configured',
    routes,
    actions: {
      scan: configured.actions.scan ?? ACTIONS.scan,
      download: configured.actions.download ?? ACTIONS.download,
      install: configured.actions.install ?? ACTIONS.install,
      refresh: configured.actions.refresh ?? ACTIONS.refresh,
    },
    selectionAttribute: configured.selectionAttribute,
  };
}
