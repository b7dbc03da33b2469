import { createHash, type X509Certificate } from 'node:crypto';
import type { CertificateView } from '../../contract/schemas/common.ts';

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';

/** SHA-256 over DER in lower-case hex, as WAPT writes fingerprints (protocol 5.7). */
export const fingerprintOf = (certificate: X509Certificate): string =>
  createHash('sha256').update(certificate.raw).digest('hex');

const oneLine = (name: string): string => name.split('\n').join(', ');

const namesOf = (certificate: X509Certificate): readonly string[] =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((entry) => /^(DNS|IP Address):/.test(entry))
    .map((entry) => entry.slice(entry.indexOf(':') + 1));

/** What the window may see of a certificate. */
export function certificateView(certificate: X509Certificate): CertificateView {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    fingerprint: fingerprintOf(certificate),
    isCa: certificate.ca,
    isCodeSigning: certificate.keyUsage?.includes(CODE_SIGNING) ?? false,
    isSelfSigned: certificate.checkIssued(certificate),
  };
}
