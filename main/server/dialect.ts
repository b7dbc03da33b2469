import type { ConsoleError } from '../../contract/errors.ts';
import type { ActionKind } from '../../contract/schemas/actions.ts';
import { type Capability, OPERATIONS, type Operation } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ServerClient } from './client.ts';
import {
  type ConfiguredDialect,
  configuredDialect,
  DERIVED,
  type Dialect,
  type OperationRoute,
  type Parameter,
  V2,
  V3,
} from './dialect-routes.ts';
import type { Envelope } from './envelope.ts';
import { isRecord } from './tolerant.ts';
import type { Request } from './transport.ts';

export { type ConfiguredDialect, type Dialect, parseConfiguredDialect } from './dialect-routes.ts';

/** Which dialect a profile wants; `auto` probes. */
export type DialectChoice = 'auto' | Dialect['name'];

/** What was found out about the Windows Update routes of a server. */
export interface Probe {
  readonly dialect: Dialect;
  readonly capabilities: Readonly<Record<Operation, Capability>>;
}

type Ask = (request: Request) => Promise<Result<Envelope, ConsoleError>>;

const AVAILABLE: Capability = { available: true };
const ABSENT: Capability = { available: false, reason: 'absent' };
const FORBIDDEN: Capability = { available: false, reason: 'forbidden' };

/** What a failure of an operation says of the server for good; null where it says nothing. */
const lesson = (error: ConsoleError): Capability | null =>
  error.code === 'absent' ? ABSENT : error.code === 'forbidden' ? FORBIDDEN : null;

const table = (of: (operation: Operation) => Capability): Readonly<Record<Operation, Capability>> =>
  Object.fromEntries(OPERATIONS.map((operation) => [operation, of(operation)])) as Record<Operation, Capability>;

/** Puts parameters where the method has them: the query of GET and DELETE (lists as csv), the JSON body of POST and PUT. */
export function operationRequest(
  route: OperationRoute,
  values: Readonly<Partial<Record<Parameter, number | boolean | readonly (string | number)[]>>>,
): Request {
  const inQuery = route.method === 'GET' || route.method === 'DELETE';
  const named: Record<string, unknown> = { ...route.fixed };
  for (const [parameter, name] of Object.entries(route.parameters)) {
    const value = values[parameter as Parameter];
    if (value !== undefined) named[name] = value;
  }
  if (!inQuery) return { method: route.method, path: route.path, json: named };
  const query: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(named)) {
    query[name] = typeof value === 'boolean' ? Number(value) : Array.isArray(value) ? value.join(',') : String(value);
  }
  return { method: route.method, path: route.path, query };
}

/** The harmless reads by which a dialect is recognised (protocol 4.8): nothing that starts or deletes is ever asked to see whether it exists. */
const PROBES: readonly { readonly operation: Operation; readonly values: Parameters<typeof operationRequest>[1] }[] = [
  { operation: 'list-updates', values: { limit: 1, updateIds: ['00000000-0000-0000-0000-000000000000'] } },
  { operation: 'list-downloads', values: { limit: 1 } },
  { operation: 'index-state', values: {} },
];

/** Whether an answer has the shape of the operation; a status may be refused by `success: false` where the server has no index yet. */
function capabilityOf(operation: Operation, answer: Result<Envelope, ConsoleError>): Capability {
  if (!answer.ok) {
    if (answer.error.code === 'forbidden') return FORBIDDEN;
    return operation === 'index-state' && answer.error.code === 'server-said' ? AVAILABLE : ABSENT;
  }
  const { result } = answer.value;
  const fits = operation === 'index-state' ? isRecord(result) : Array.isArray(result);
  return fits ? AVAILABLE : ABSENT;
}

/** Failures of the way, which say nothing about the routes. */
const isOfTheWay = (error: ConsoleError): boolean =>
  !['absent', 'forbidden', 'malformed', 'not-wapt', 'server-said', 'server-broken', 'not-found', 'too-large'].includes(
    error.code,
  );

async function probeOne(dialect: Dialect, ask: Ask): Promise<Result<Probe, ConsoleError>> {
  const answers = await Promise.all(
    PROBES.map(async ({ operation, values }) => {
      const route = dialect.routes[operation];
      if (route === undefined) return { operation, answer: fail<ConsoleError>({ code: 'absent' }) };
      return { operation, answer: await ask(operationRequest(route, values)) };
    }),
  );
  for (const { answer } of answers) if (!answer.ok && isOfTheWay(answer.error)) return answer;
  const read = new Map(answers.map(({ operation, answer }) => [operation, capabilityOf(operation, answer)]));
  const isThere = [...read.values()].some((capability) => capability.available);
  return ok({
    dialect,
    capabilities: table((operation) => {
      // The state of the index can be seen where nginx serves it.
      if (operation === 'index-state') return AVAILABLE;
      // The same in every edition, and no route of Windows Update: it says nothing of the others, nor they of it.
      if (operation === 'wake-hosts') return dialect.routes[operation] === undefined ? ABSENT : AVAILABLE;
      // Changing routes are known by their company, and learned to be absent when they are used.
      return read.get(operation) ?? (isThere && dialect.routes[operation] !== undefined ? AVAILABLE : ABSENT);
    }),
  });
}

/** Whether a probe found the dialect: its list of updates or of downloads is there, if only for users with more rights. */
const isFound = ({ capabilities }: Probe): boolean =>
  (['list-updates', 'list-downloads'] as const).some((operation) => {
    const capability = capabilities[operation];
    return capability.available || capability.reason === 'forbidden';
  });

const derivedProbe = (): Probe => ({
  dialect: DERIVED,
  capabilities: table((operation) => (operation === 'index-state' || operation === 'wake-hosts' ? AVAILABLE : ABSENT)),
});

function configuredProbe(configured: ConfiguredDialect | null): Result<Probe, ConsoleError> {
  if (configured === null) return fail({ code: 'bad-request', field: 'dialect', facts: { reason: 'not-configured' } });
  const dialect = configuredDialect(configured);
  return ok({
    dialect,
    capabilities: table((operation) =>
      dialect.routes[operation] !== undefined || operation === 'index-state'
        ? AVAILABLE
        : { available: false, reason: 'not-configured' },
    ),
  });
}

/** Finds the dialect of a server: configured, v3, v2, derived, in this order (protocol 4.8). Fails only where the way or the session does. */
export async function probeDialect(
  choice: DialectChoice,
  configured: ConfiguredDialect | null,
  ask: Ask,
): Promise<Result<Probe, ConsoleError>> {
  if (choice === 'configured' || (choice === 'auto' && configured !== null)) return configuredProbe(configured);
  if (choice === 'derived') return ok(derivedProbe());
  if (choice === 'v3' || choice === 'v2') return await probeOne(choice === 'v3' ? V3 : V2, ask);
  for (const dialect of [V3, V2]) {
    const probe = await probeOne(dialect, ask);
    if (!probe.ok || isFound(probe.value)) return probe;
  }
  return ok(derivedProbe());
}

/** Asks an operation by the dialect; `absent` where it has none, and what the answer teaches is kept. */
export async function operate(
  client: ServerClient,
  operation: Operation,
  values: Parameters<typeof operationRequest>[1],
  signal?: AbortSignal,
): Promise<Result<Envelope, ConsoleError>> {
  const route = client.dialect.routes[operation];
  const facts = { host: client.transport.address.host, operation, dialect: client.dialect.name };
  if (route === undefined) return fail({ code: 'absent', facts });
  const answer = await client.ask(operationRequest(route, values), signal);
  if (answer.ok) {
    client.learn(operation, AVAILABLE);
    return answer;
  }
  const learned = lesson(answer.error);
  if (learned !== null) client.learn(operation, learned);
  return fail({ ...answer.error, facts: { ...answer.error.facts, ...facts } });
}

/** The action that orders something of a host on this server (protocol 3.7, 3.8). */
export function actionName(client: ServerClient, kind: ActionKind): string {
  return client.dialect.actions[kind];
}

/** The attribute of an action that carries chosen updates, or null while it is not configured. */
export function selectionAttribute(client: ServerClient): string | null {
  return client.dialect.selectionAttribute;
}
