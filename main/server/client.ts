import type { ConsoleError } from '../../contract/errors.ts';
import type { Capability, Operation, ServerInfo } from '../../contract/schemas/session.ts';
import type { Result } from '../../domain/result.ts';
import type { Dialect } from './dialect-routes.ts';
import type { Envelope } from './envelope.ts';
import type { Odd } from './tolerant.ts';
import type { OpenAnswer, Request, Transport } from './transport.ts';

/** A server that somebody is signed in to; every operation of this folder takes one. */
export interface ServerClient {
  /** What the server is; capabilities change when one is learned to be missing. */
  readonly info: ServerInfo;
  /** After a 401 in the middle of work every call answers `signed-out` until `reSignIn`. */
  readonly isExpired: boolean;
  readonly dialect: Dialect;
  /** Signs the same user in again; the client goes on as it was. */
  readonly reSignIn: (password: string, signal?: AbortSignal) => Promise<Result<ServerInfo, ConsoleError>>;
  /** Tells the server, forgets cookie and password, closes. */
  readonly signOut: (signal?: AbortSignal) => Promise<void>;
  /** The same without telling the server: pending calls answer `cancelled`. */
  readonly close: () => void;

  /** Asks an API route. */
  readonly ask: (request: Request, signal?: AbortSignal) => Promise<Result<Envelope, ConsoleError>>;
  /** Asks for a file below `/wapt` or `/waptwua`; the body is still to be read, with `signal` of the answer. */
  readonly file: (
    request: Request,
    signal?: AbortSignal,
  ) => Promise<Result<OpenAnswer & { readonly signal: AbortSignal }, ConsoleError>>;
  readonly transport: Pick<Transport, 'limits' | 'factsOf' | 'address'>;
  readonly onOdd: (odd: Odd) => void;
  /** Keeps what an answer taught of an operation. */
  readonly learn: (operation: Operation, capability: Capability) => void;
}
