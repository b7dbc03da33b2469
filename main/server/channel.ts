import type { X509Certificate } from 'node:crypto';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ServerAddress } from './address.ts';
import { chainOf, codeOf, connectFailure, tlsFailure, WayError } from './failures.ts';
import type { TlsSide } from './trust.ts';

/** The way to one server: where it is, how it is recognised, and the proxy before it (`''` for none). */
export interface Way {
  readonly address: ServerAddress;
  readonly side: TlsSide;
  readonly proxy: string;
  /** Milliseconds that each step may take: TCP, the proxy's answer, the handshake. */
  readonly connectMs: number;
}

/** What a handshake gave. `error` is null when the server is the right one; else the socket is already closed. */
export interface Handshake {
  readonly socket: TLSSocket;
  readonly chain: readonly X509Certificate[];
  readonly error: WayError | null;
}

function openTcp(way: Way): Promise<Socket> {
  const { host, port } = way.address;
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port });
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error('connect'), { code: 'ETIMEDOUT' })),
      way.connectMs,
    );
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.setNoDelay(true);
      resolve(socket);
    });
    // Stays for the life of the socket: what happens later is told by the TLS socket above it.
    socket.on('error', (error) => {
      clearTimeout(timer);
      reject(connectFailure(error, { host, port }));
    });
  });
}

/**
 * Asks a proxy for a tunnel. The answer is read here and nowhere else, so that what a proxy says is never taken for the server's word; it
 * gets no credentials and no certificate of ours, and where it is reached by https it is checked against Node's own store.
 */
function openTunnel(way: Way): Promise<Duplex> {
  const proxy = URL.parse(way.proxy);
  if (proxy === null) {
    const wrong = { host: way.address.host, proxy: way.proxy, reason: 'ERR_INVALID_URL' };
    return Promise.reject(new WayError({ code: 'proxy', facts: wrong }));
  }
  const target = `${isIP(way.address.host) === 6 ? `[${way.address.host}]` : way.address.host}:${way.address.port}`;
  const facts = { host: way.address.host, proxy: proxy.host };
  return new Promise((resolve, reject) => {
    const options = {
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? undefined : Number(proxy.port),
      path: target,
      headers: { host: target },
      agent: false as const,
    };
    const request: ClientRequest = proxy.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
    const timer = setTimeout(() => {
      request.destroy(Object.assign(new Error('proxy'), { code: 'ETIMEDOUT' }));
    }, way.connectMs);
    request.once('connect', (response, socket) => {
      clearTimeout(timer);
      if (response.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new WayError({ code: 'proxy', facts: { ...facts, status: response.statusCode ?? 0 } }));
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(new WayError({ code: 'proxy', facts: { ...facts, reason: codeOf(error) } }));
    });
    request.end();
  });
}

/** Opens the connection below TLS. Rejects with a `WayError`. */
function openRaw(way: Way): Promise<Duplex> {
  return way.proxy === '' ? openTcp(way) : openTunnel(way);
}

/**
 * Opens a connection and shakes hands, with no HTTP byte. Verification is always on: a server that is not the right one gives `error`, and
 * the chain it showed. Node closes such a connection before it says `error`, so the chain is read at `secure`, which TLSSocket emits
 * between the end of the handshake and the verdict. Rejects with a `WayError` only where no handshake began.
 */
export async function shakeHands(way: Way): Promise<Handshake> {
  const raw = await openRaw(way);
  const { host } = way.address;
  return new Promise((resolve) => {
    let chain: readonly X509Certificate[] = [];
    const socket = connectTls({
      socket: raw,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      secureContext: way.side.context,
      checkServerIdentity: way.side.checkIdentity,
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
    });
    const readChain = (): void => {
      if (chain.length === 0) chain = chainOf(socket.getPeerCertificate(true));
    };
    const timer = setTimeout(
      () => socket.destroy(new WayError({ code: 'timeout', facts: { host, phase: 'tls' } })),
      way.connectMs,
    );
    const end = (error: WayError | null): void => {
      clearTimeout(timer);
      resolve({ socket, chain, error });
    };
    socket.prependOnceListener('secure', readChain);
    socket.once('secureConnect', () => end(null));
    // Stays for the life of the socket, so that an error between two owners is no exception.
    socket.on('error', (error: Error) => {
      readChain();
      end(error instanceof WayError ? error : handshakeFailure(error, way, chain));
    });
  });
}

function handshakeFailure(error: Error, way: Way, chain: readonly X509Certificate[]): WayError {
  const reason = codeOf(error);
  if (chain.length === 0 && (reason === 'ECONNRESET' || reason === 'EPIPE')) {
    return connectFailure(error, { host: way.address.host, port: way.address.port });
  }
  return tlsFailure(error, way.side, chain, way.address);
}

/** A connection to the right server, or a `WayError`. */
async function openChannel(way: Way): Promise<TLSSocket> {
  const { socket, error } = await shakeHands(way);
  if (error !== null) throw error;
  return socket;
}

/** Keeps connections to one server, each verified on its own: no TLS session is resumed. */
export class ServerAgent extends Agent {
  readonly #way: Way;
  #isClosed = false;

  constructor(way: Way, options: { readonly keepAlive: boolean; readonly maxSockets: number }) {
    // Idle connections are dropped before nginx drops them (75 s by default), so that few requests meet a closing one.
    super({ ...options, timeout: 20_000 });
    this.#way = way;
  }

  override createConnection(_options: unknown, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    // Node's agent reads only the error when there is one.
    const refuse = (error: unknown): void => (callback as ((error: unknown) => void) | undefined)?.(error);
    openChannel(this.#way).then((socket) => {
      if (!this.#isClosed) {
        callback?.(null, socket);
        return;
      }
      socket.destroy();
      refuse(new WayError({ code: 'cancelled', facts: { host: this.#way.address.host } }));
    }, refuse);
  }

  override destroy(): void {
    this.#isClosed = true;
    super.destroy();
  }
}
