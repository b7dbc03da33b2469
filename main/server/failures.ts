import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import type { ConsoleError, ErrorCode, ErrorFact } from '../../contract/errors.ts';
import type { ServerAddress } from './address.ts';
import { alternativeNames, fingerprint } from './certificate-view.ts';

/** A failure of the way to the server, carried through libraries that only know exceptions. */
export class WayError extends Error {
  override readonly name = 'WayError';
  readonly failure: ConsoleError;

  constructor(failure: ConsoleError) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Says that the server showed another certificate than the pinned one. */
export class PinMismatch extends Error {
  override readonly name = 'PinMismatch';
}

type Facts = Readonly<Record<string, ErrorFact>>;

/** The code of a Node error, `''` where it has none. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

const DNS = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EAI_NONAME',
  'EAI_FAIL',
  'ESERVFAIL',
  'ENODATA',
  'ENONAME',
]);

/** After these nobody knows whether the server did what it was asked for: the request may have arrived, and its answer been lost. */
const UNKNOWN_OUTCOME: ReadonlySet<ErrorCode> = new Set([
  'cut-off',
  'timeout',
  'unreachable',
  'cancelled',
  'malformed',
  'not-wapt',
  'too-large',
  'server-broken',
]);

/** Whether a change that failed so may have been made all the same: only looking tells. */
export const mayHaveArrived = (error: ConsoleError): boolean => UNKNOWN_OUTCOME.has(error.code);

/** What a failed TCP connection means. */
export function connectFailure(error: unknown, facts: Facts): WayError {
  const reason = codeOf(error);
  let code: ErrorCode = 'unreachable';
  if (DNS.has(reason)) code = 'dns';
  else if (reason === 'ECONNREFUSED') code = 'refused';
  else if (reason === 'ETIMEDOUT') code = 'timeout';
  return new WayError({ code, facts: { ...facts, reason } });
}

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);

/** Alerts by which a server says that it wants a client certificate, or another one (RFC 8446, 6.2). */
const CLIENT_CERTIFICATE_ALERT =
  /CERTIFICATE_REQUIRED|ALERT_(NO|BAD|UNSUPPORTED|UNKNOWN|EXPIRED|REVOKED)_?CERTIFICATE|CERTIFICATE_(UNKNOWN|EXPIRED|REVOKED)|ALERT_UNKNOWN_CA|UNKNOWN_CA/;

/** Whether an error of an open connection is such an alert: with TLS 1.3 it arrives after the handshake. */
export function wantsClientCertificate(error: unknown): boolean {
  return CLIENT_CERTIFICATE_ALERT.test(codeOf(error));
}

/** The certificates that a server showed, leaf first. */
export function chainOf(certificate: PeerCertificate | null): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  let current: unknown = certificate;
  while (typeof current === 'object' && current !== null && 'raw' in current && current.raw instanceof Uint8Array) {
    const x509 = new X509Certificate(current.raw);
    if (seen.has(x509.fingerprint256)) break;
    seen.add(x509.fingerprint256);
    chain.push(x509);
    current = 'issuerCertificate' in current ? current.issuerCertificate : undefined;
  }
  return chain;
}

/** What a failed handshake means, with the certificate the server showed as far as it came. */
export function tlsFailure(
  error: unknown,
  side: { readonly expected: string | null },
  chain: readonly X509Certificate[],
  address: ServerAddress,
): WayError {
  const reason = codeOf(error);
  const leaf = chain[0];
  const facts: Record<string, ErrorFact> = { host: address.host, port: address.port, reason };
  if (leaf !== undefined) {
    facts['fingerprint'] = fingerprint(leaf);
    facts['notBefore'] = leaf.validFromDate.toISOString();
    facts['notAfter'] = leaf.validToDate.toISOString();
    facts['names'] = alternativeNames(leaf).join(', ');
  }
  if (side.expected !== null) facts['expected'] = side.expected;
  return new WayError({ code: tlsCode(error, reason, side.expected, leaf), facts });
}

function tlsCode(
  error: unknown,
  reason: string,
  expected: string | null,
  leaf: X509Certificate | undefined,
): ErrorCode {
  if (error instanceof PinMismatch) return 'tls-changed';
  if (expected !== null && leaf !== undefined && fingerprint(leaf) !== expected) return 'tls-changed';
  if (reason === 'CERT_HAS_EXPIRED') return 'tls-expired';
  if (reason === 'CERT_NOT_YET_VALID') return 'tls-not-yet-valid';
  if (reason === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'tls-wrong-name';
  if (UNTRUSTED.has(reason)) return 'tls-untrusted';
  if (wantsClientCertificate(error)) return 'client-certificate-needed';
  // TLS 1.2 refuses a missing client certificate by a bare "handshake failure", but only once the server has shown its own certificate.
  if (leaf !== undefined && reason.includes('HANDSHAKE_FAILURE')) return 'client-certificate-needed';
  return 'tls-failed';
}
