import type { ConsoleError } from '../../contract/errors.ts';
import type { ServerContact } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ServerAddress } from './address.ts';
import { certificateView } from './certificate-view.ts';
import { shakeHands } from './channel.ts';
import { WayError } from './failures.ts';
import { LIMITS } from './limits.ts';
import { type ClientCertificate, type TrustMaterial, tlsSide } from './trust.ts';

/** What first contact gave: what to show, and the certificates as PEM, leaf first, of which the first is kept when it is pinned. */
export interface Inspection {
  readonly contact: ServerContact;
  readonly pems: readonly string[];
}

const VERDICTS = ['tls-untrusted', 'tls-expired', 'tls-not-yet-valid', 'tls-wrong-name', 'tls-changed'] as const;

const isVerdict = (code: string): code is (typeof VERDICTS)[number] => VERDICTS.some((verdict) => verdict === code);

/**
 * First contact with a server: one TLS handshake with verification on and no HTTP byte (design, security). A certificate that is refused is an
 * answer, not a failure; fails where no certificate was seen, and with `client-certificate-needed` where the server ended the handshake for one.
 */
export async function inspect(
  address: ServerAddress,
  options: {
    /** Null asks the system's store. */
    readonly trust: TrustMaterial | null;
    readonly proxy: string;
    readonly clientCertificate: ClientCertificate | null;
  },
  signal?: AbortSignal,
): Promise<Result<Inspection, ConsoleError>> {
  const side = tlsSide(options.trust ?? { kind: 'system' }, options.clientCertificate);
  if (!side.ok) return side;
  const way = { address, side: side.value, proxy: options.proxy, connectMs: LIMITS.connectMs };
  try {
    const { socket, chain, error } = await shakeHands(way);
    // A clean end, so that the server's log shows a contact and no broken handshake.
    socket.end(() => socket.destroy());
    // Each step of connecting ends by itself within seconds: nothing has to be torn down before.
    if (signal?.aborted === true) return fail({ code: 'cancelled', facts: { host: address.host } });
    if (error !== null && (!isVerdict(error.failure.code) || chain.length === 0)) return fail(error.failure);
    const verdict = error === null || !isVerdict(error.failure.code) ? 'trusted' : error.failure.code;
    return ok({
      contact: {
        host: address.host,
        port: address.port,
        chain: chain.map(certificateView),
        verdict,
        expected: verdict === 'tls-changed' ? side.value.expected : null,
      },
      pems: chain.map((certificate) => certificate.toString()),
    });
  } catch (error) {
    if (error instanceof WayError) return fail(error.failure);
    throw error;
  }
}
