import type { ConsoleError } from '../../contract/errors.ts';
import type { Capability, Operation, ServerInfo } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ServerAddress } from './address.ts';
import type { ServerClient } from './client.ts';
import { type ConfiguredDialect, type Dialect, type DialectChoice, probeDialect } from './dialect.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { Limits } from './limits.ts';
import { isAtLeast, type LogIn, logIn, ping, rootOf } from './sign-in.ts';
import { type Odd, oncePerKey } from './tolerant.ts';
import { basic, createTransport, type Request, type Transport } from './transport.ts';
import { type ClientCertificate, type TrustMaterial, tlsSide } from './trust.ts';

export type { ServerClient } from './client.ts';

/** How to reach and recognise a server, and whom to tell what happens. */
export interface ServerOptions {
  readonly address: ServerAddress;
  readonly trust: TrustMaterial;
  readonly clientCertificate: ClientCertificate | null;
  /** `''` for none; no proxy is taken from the environment. */
  readonly proxy: string;
  readonly dialect: DialectChoice;
  readonly configured: ConfiguredDialect | null;
  /** At the first 401 in the middle of work. */
  readonly onExpired?: () => void;
  /** When a use of the server taught that it lacks something, or has it after all. */
  readonly onInfo?: (info: ServerInfo) => void;
  /** A value of a wrong type, once per route and key. */
  readonly onOdd?: (odd: Odd) => void;
  readonly limits?: Partial<Limits>;
}

/** Who signs in. The password is kept in memory as long as the client lives, for Basic on each request (protocol 1.5). */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The oldest server whose actions and packages the console can sign for (protocol 3.5). */
const OLDEST = [1, 7] as const;

type MakeTransport = (address: ServerAddress, authorization: () => string | null) => Transport;

type Failed = { readonly ok: false; readonly error: ConsoleError };

const merge = (signal: AbortSignal | undefined, own: AbortSignal): AbortSignal =>
  signal === undefined ? own : AbortSignal.any([signal, own]);

class Session implements ServerClient {
  readonly #options: ServerOptions;
  readonly #makeTransport: MakeTransport;
  readonly #user: string;
  #transport: Transport;
  #password: string | null;
  #work = new AbortController();
  #state: 'open' | 'expired' | 'closed' = 'open';
  #info: ServerInfo | null = null;
  #dialect: Dialect | null = null;
  readonly onOdd: (odd: Odd) => void;

  constructor(options: ServerOptions, credentials: Credentials, makeTransport: MakeTransport) {
    this.#options = options;
    this.#user = credentials.user;
    this.#password = credentials.password;
    this.onOdd = oncePerKey(options.onOdd ?? (() => undefined));
    this.#makeTransport = makeTransport;
    this.#transport = this.#openTransport(options.address);
  }

  #openTransport(address: ServerAddress): Transport {
    return this.#makeTransport(address, () => (this.#password === null ? null : basic(this.#user, this.#password)));
  }

  get info(): ServerInfo {
    if (this.#info === null) throw new Error('not signed in');
    return this.#info;
  }

  get dialect(): Dialect {
    if (this.#dialect === null) throw new Error('not signed in');
    return this.#dialect;
  }

  get isExpired(): boolean {
    return this.#state === 'expired';
  }

  get transport(): Transport {
    return this.#transport;
  }

  /** Ping, login, rights, dialect, in this order; the password leaves only after the ping said that this is a WAPT server. */
  async open(signal?: AbortSignal): Promise<Result<ServerInfo, ConsoleError>> {
    const merged = merge(signal, this.#work.signal);
    const pong = await ping(this.#transport, merged);
    if (!pong.ok) return pong;
    if (!isAtLeast(pong.value.version, OLDEST)) {
      const facts = { host: this.#options.address.host, version: pong.value.version, limit: OLDEST.join('.') };
      return fail({ code: 'too-old', facts });
    }
    const root = await rootOf(
      this.#transport,
      pong.value,
      (address) => this.#makeTransport(address, () => null),
      merged,
    );
    if (root !== null) {
      this.#transport.close();
      this.#transport = this.#openTransport(root);
    }
    const login = await logIn(this.#transport, this.#user, this.#password ?? '', merged);
    if (!login.ok) return login;
    const probe = await probeDialect(this.#options.dialect, this.#options.configured, (request) =>
      this.ask(request, signal),
    );
    if (!probe.ok) return probe;
    this.#dialect = probe.value.dialect;
    return ok(this.#setInfo(login.value, pong.value.clockDifference, probe.value.capabilities, pong.value));
  }

  #setInfo(
    login: LogIn,
    clockDifference: number | null,
    capabilities: ServerInfo['capabilities'],
    pong: { readonly version: string; readonly edition: string | null; readonly uuid: string | null },
  ): ServerInfo {
    this.#info = {
      version: pong.version,
      edition: login.edition ?? pong.edition ?? '',
      uuid: pong.uuid ?? login.uuid,
      dialect: this.dialect.name,
      user: login.user ?? this.#user,
      rights: login.rights,
      clockDifference,
      capabilities,
      hostCount: login.hostCount,
    };
    return this.#info;
  }

  async reSignIn(password: string, signal?: AbortSignal): Promise<Result<ServerInfo, ConsoleError>> {
    if (this.#state === 'closed') return this.#refusal();
    // A client of its own, so that a wrong password leaves this one as it was.
    const attempt = new Session(this.#options, { user: this.#user, password }, this.#makeTransport);
    const opened = await attempt.open(signal);
    // Whoever closed this client meanwhile does not want it back.
    if (!opened.ok || this.#isClosed()) {
      attempt.close();
      return opened.ok ? this.#refusal() : opened;
    }
    this.#transport.close();
    this.#transport = this.#openTransport(attempt.#transport.address);
    attempt.close();
    this.#password = password;
    this.#dialect = attempt.dialect;
    this.#info = opened.value;
    this.#state = 'open';
    this.#work = new AbortController();
    return opened;
  }

  async ask(request: Request, signal?: AbortSignal): Promise<Result<Envelope, ConsoleError>> {
    if (this.#state !== 'open') return this.#refusal();
    const work = this.#work;
    const transport = this.#transport;
    const answer = await transport.api(request, merge(signal, work.signal));
    if (!answer.ok) return this.#explain(answer, work);
    const envelope = readEnvelope(answer.value, request, 'work', transport.factsOf(request));
    // A late refusal of the session before this one says nothing of this one.
    if (!envelope.ok && envelope.error.code === 'signed-out' && work === this.#work) this.#expire();
    return envelope;
  }

  async file(request: Request, signal?: AbortSignal): ReturnType<ServerClient['file']> {
    if (this.#state === 'closed') return this.#refusal();
    const work = this.#work;
    const merged = merge(signal, work.signal);
    const answer = await this.#transport.file(request, merged);
    return answer.ok ? ok({ ...answer.value, signal: merged }) : this.#explain(answer, work);
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** What an aborted call answers: the person cancelled it, or its session ended. */
  #explain(failed: Failed, work: AbortController): Failed {
    const reason: unknown = work.signal.reason;
    return failed.error.code === 'cancelled' && work.signal.aborted && reason === 'signed-out'
      ? fail({ ...failed.error, code: 'signed-out' })
      : failed;
  }

  #refusal(): Failed {
    return fail({
      code: this.#state === 'expired' ? 'signed-out' : 'cancelled',
      facts: { host: this.#options.address.host },
    });
  }

  #expire(): void {
    if (this.#state !== 'open' || this.#info === null) return;
    this.#state = 'expired';
    this.#password = null;
    this.#transport.forget();
    this.#work.abort('signed-out');
    this.#options.onExpired?.();
  }

  learn(operation: Operation, capability: Capability): void {
    const { capabilities } = this.info;
    const known = capabilities[operation];
    const isSame = known.available ? capability.available : !capability.available && known.reason === capability.reason;
    if (isSame) return;
    this.#info = { ...this.info, capabilities: { ...capabilities, [operation]: capability } };
    this.#options.onInfo?.(this.#info);
  }

  async signOut(signal?: AbortSignal): Promise<void> {
    if (this.#state === 'open') await this.ask({ method: 'GET', path: '/api/v3/logout', waitMs: 5_000 }, signal);
    this.close();
  }

  close(): void {
    this.#state = 'closed';
    this.#password = null;
    this.#work.abort('closed');
    this.#transport.close();
  }
}

/**
 * Signs in: ping, login, rights, dialect (protocol 1.3, 1.4, 4.8). Fails with the way's codes, `not-wapt`, `too-old`, `password-refused`,
 * `client-certificate-needed`, `forbidden`, `server-said`, `server-broken`.
 */
export async function signIn(
  options: ServerOptions,
  credentials: Credentials,
  signal?: AbortSignal,
): Promise<Result<ServerClient, ConsoleError>> {
  const side = tlsSide(options.trust, options.clientCertificate);
  if (!side.ok) return side;
  const session = new Session(options, credentials, (address, authorization) =>
    createTransport({
      address,
      authorization,
      side: side.value,
      proxy: options.proxy,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    }),
  );
  const opened = await session.open(signal);
  if (opened.ok) return ok(session);
  session.close();
  return opened;
}
