import { X509Certificate } from 'node:crypto';
import {
  checkServerIdentity,
  createSecureContext,
  getCACertificates,
  type PeerCertificate,
  type SecureContext,
} from 'node:tls';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { fingerprintOf } from './certificate-view.ts';
import { codeOf, PinMismatch } from './failures.ts';

/** What decides whether a server is the right one: the system's store, a CA file, or one certificate that a person compared. */
export type TrustMaterial =
  | { readonly kind: 'system' }
  | { readonly kind: 'ca'; readonly pem: string }
  /** `pem` is the leaf that was compared. */
  | { readonly kind: 'pin'; readonly pem: string };

/** A certificate that the console shows to servers which ask for one (protocol 1.6). */
export interface ClientCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly passphrase?: string;
}

/** Trust as the TLS library takes it. */
export interface TlsSide {
  readonly context: SecureContext;
  readonly checkIdentity: (host: string, certificate: PeerCertificate) => Error | undefined;
  /** Fingerprint of the pinned certificate, null without a pin. */
  readonly expected: string | null;
  readonly hasClientCertificate: boolean;
}

/** The system's certificates beside those that Node brings: some systems have an empty store, and private CAs are only in the system's. */
function systemStore(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, or null where there is none or one cannot be read. OpenSSL itself skips what it cannot read. */
function readPems(pem: string): readonly string[] | null {
  const blocks = pem.match(PEM);
  if (blocks === null) return null;
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch {
    return null;
  }
  return blocks;
}

const keyFailures: Readonly<Record<string, ConsoleError['code']>> = {
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: 'key-mismatch',
  ERR_OSSL_BAD_DECRYPT: 'wrong-passphrase',
  ERR_OSSL_EVP_BAD_DECRYPT: 'wrong-passphrase',
  ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED: 'passphrase-needed',
  ERR_MISSING_PASSPHRASE: 'passphrase-needed',
  ERR_OSSL_PEM_BAD_PASSWORD_READ: 'passphrase-needed',
};

/**
 * Makes the TLS side of a profile. `bad-pem` (field `trust` or `clientCertificate`), `key-mismatch`, `wrong-passphrase`, `passphrase-needed`,
 * `key-unsupported`. Nothing here can turn verification off.
 */
export function tlsSide(trust: TrustMaterial, client: ClientCertificate | null): Result<TlsSide, ConsoleError> {
  const anchors = trust.kind === 'system' ? systemStore() : readPems(trust.pem);
  if (anchors === null) return fail({ code: 'bad-pem', field: 'trust' });
  if (client !== null && readPems(client.certificatePem) === null) {
    return fail({ code: 'bad-pem', field: 'clientCertificate' });
  }
  const leaf = trust.kind === 'pin' ? anchors[0] : undefined;
  const expected = leaf === undefined ? null : fingerprintOf(leaf);
  try {
    const context = createSecureContext({
      ca: leaf === undefined ? [...anchors] : [leaf],
      // A pinned leaf, and an intermediate that a person chose as the CA, are ends of the chain though they are not self-signed.
      allowPartialTrustChain: trust.kind !== 'system',
      minVersion: 'TLSv1.2',
      ...(client === null ? {} : { cert: client.certificatePem, key: client.keyPem }),
      ...(client?.passphrase === undefined ? {} : { passphrase: client.passphrase }),
    });
    return ok({
      context,
      expected,
      hasClientCertificate: client !== null,
      checkIdentity: (host, certificate) => {
        if (expected === null) return checkServerIdentity(host, certificate);
        const shown = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
        // The chain may also end at the pinned certificate because it issued another one: only the very certificate is trusted.
        return shown === expected ? undefined : new PinMismatch(shown);
      },
    });
  } catch (error) {
    const reason = codeOf(error);
    return fail({ code: keyFailures[reason] ?? 'key-unsupported', field: 'clientCertificate', facts: { reason } });
  }
}
