import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { normaliseRoot, type ServerAddress } from './address.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { count, isRecord, readRecord, record, text } from './tolerant.ts';
import type { Answer, Request, Transport } from './transport.ts';

/** What `/ping` tells (protocol 1.3). */
export interface Pong {
  readonly version: string;
  readonly edition: string | null;
  readonly uuid: string | null;
  readonly applicationRoot: string;
  /** Server's clock minus ours, in whole seconds; null where the answer has no date. */
  readonly clockDifference: number | null;
}

/** What the login tells (protocol 1.4). */
export interface LogIn {
  readonly user: string | null;
  readonly edition: string | null;
  readonly uuid: string | null;
  /** Rights on any perimeter, sorted; null when the server does not say. */
  readonly rights: readonly string[] | null;
  readonly hostCount: number | null;
}

const PING: Request = { method: 'GET', path: '/ping', isAnonymous: true };

const pong = { version: text, edition: text, uuid: text, application_root: text } as const;
const loginResult = {
  auth_result: record,
  user_acls: record,
  server_uuid: text,
  hosts_count: count,
  edition: text,
} as const;
const userInfos = { user: text, user_acls: record } as const;

/** The `Date` header has whole seconds: it is taken for their middle, and the moment of the answer for the middle of asking. `+ 0` undoes -0. */
function clockDifference(answer: Pick<Answer, 'headers' | 'sentAt' | 'receivedAt'>): number | null {
  const server = Date.parse(answer.headers['date'] ?? '');
  return Number.isNaN(server) ? null : Math.round((server + 500 - (answer.sentAt + answer.receivedAt) / 2) / 1_000) + 0;
}

/** Asks whether a WAPT server is there, without credentials. What answers otherwise is `not-wapt`. */
export async function ping(transport: Transport, signal: AbortSignal): Promise<Result<Pong, ConsoleError>> {
  const facts = transport.factsOf(PING);
  // Same bounds as any call; a ping that does not fit is no ping.
  const answer = await transport.api(PING, signal);
  if (!answer.ok) {
    return ['malformed', 'too-large'].includes(answer.error.code)
      ? fail({ ...answer.error, code: 'not-wapt' })
      : answer;
  }
  const envelope = readEnvelope(answer.value, PING, 'work', facts);
  if (!envelope.ok) {
    const isOther = ['malformed', 'absent', 'forbidden', 'signed-out', 'server-said', 'too-large'].includes(
      envelope.error.code,
    );
    return isOther ? fail({ ...envelope.error, code: 'not-wapt' }) : envelope;
  }
  const read = readRecord(pong, envelope.value.result, { route: PING.path, onOdd: () => undefined });
  if (read?.version === undefined || read.version === null || !/^\d+\.\d+/.test(read.version)) {
    return fail({ code: 'not-wapt', facts: { ...facts, status: answer.value.status } });
  }
  return ok({
    version: read.version,
    edition: read.edition,
    uuid: read.uuid,
    applicationRoot: normaliseRoot(read.application_root ?? ''),
    clockDifference: clockDifference(answer.value),
  });
}

/** Whether a dotted version is at least major.minor. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [first = 0, second = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return first > major || (first === major && second >= minor);
}

/**
 * The address to use when the server says that it lives under another root than the one it was found at: only where a ping below that root is
 * answered too. Null to stay.
 */
export async function rootOf(
  transport: Transport,
  { applicationRoot }: Pong,
  open: (address: ServerAddress) => Transport,
  signal: AbortSignal,
): Promise<ServerAddress | null> {
  if (applicationRoot === '' || applicationRoot === transport.address.root) return null;
  const address = { ...transport.address, root: applicationRoot };
  const probe = open(address);
  const answered = await ping(probe, signal);
  probe.close();
  return answered.ok ? address : null;
}

function rightsOf(acls: Readonly<Record<string, unknown>> | null): readonly string[] | null {
  if (acls === null) return null;
  const names = Object.values(acls).flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []));
  return [...new Set(names.filter((name) => typeof name === 'string'))].sort();
}

/** Logs in. A server that does not give the rights with the login is asked for them; old ones never say (protocol 1.4). */
export async function logIn(
  transport: Transport,
  user: string,
  password: string,
  signal: AbortSignal,
): Promise<Result<LogIn, ConsoleError>> {
  const request: Request = { method: 'POST', path: '/api/v3/login', json: { user, password }, isAnonymous: true };
  const envelope = await askAt(transport, request, 'login', signal);
  if (!envelope.ok) return envelope;
  const source = { route: request.path, onOdd: () => undefined };
  const read = readRecord(loginResult, envelope.value.result ?? {}, source);
  if (read === null) return fail({ code: 'malformed', facts: transport.factsOf(request) });
  const given = read.user_acls ?? (isRecord(read.auth_result?.['user_acls']) ? read.auth_result['user_acls'] : null);
  const userName = read.auth_result?.['user'];
  const login = {
    user: typeof userName === 'string' ? userName : null,
    edition: read.edition,
    uuid: read.server_uuid,
    hostCount: read.hosts_count,
  };
  if (given !== null) return ok({ ...login, rights: rightsOf(given) });
  const infos = await askAt(transport, { method: 'GET', path: '/api/v3/user_infos' }, 'work', signal);
  const known = infos.ok ? readRecord(userInfos, infos.value.result, source) : null;
  return ok({ ...login, user: login.user ?? known?.user ?? null, rights: rightsOf(known?.user_acls ?? null) });
}

async function askAt(
  transport: Transport,
  request: Request,
  stage: 'login' | 'work',
  signal: AbortSignal,
): Promise<Result<Envelope, ConsoleError>> {
  const answer = await transport.api(request, signal);
  return answer.ok ? readEnvelope(answer.value, request, stage, transport.factsOf(request)) : answer;
}
