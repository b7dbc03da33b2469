import { X509Certificate } from 'node:crypto';
import type { CertificateView } from '../../contract/schemas/common.ts';
import { commonNameOf } from '../../wapt/index.ts';

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';

/** SHA-256 over DER, lower-case hex without separators, as WAPT writes fingerprints. */
export function fingerprint(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

/** The same for the first certificate of a PEM text. Throws where there is none. */
export function fingerprintOf(pem: string): string {
  return fingerprint(new X509Certificate(pem));
}

const nameOf = (distinguished: string): string => distinguished.split('\n').reverse().join(', ');

/** Alternative names as one reads them: `srvwapt.example`, `192.0.2.1`. Node escapes a name with a comma as a JSON string. */
export function alternativeNames(certificate: X509Certificate): readonly string[] {
  const text = certificate.subjectAltName;
  if (text === undefined) return [];
  return [...text.matchAll(/(?:^|, )[A-Za-z ]+:("(?:[^"\\]|\\.)*"|[^,]*)/g)].map((match) => {
    const name = match[1] ?? '';
    return name.startsWith('"') ? String(JSON.parse(name)) : name;
  });
}

/** What the window may see of a certificate: names, dates (ISO, UTC) and fingerprint. */
export function certificateView(certificate: X509Certificate): CertificateView {
  return {
    commonName: commonNameOf(certificate),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: alternativeNames(certificate),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    fingerprint: fingerprint(certificate),
    isCa: certificate.ca,
    // Node declares `keyUsage` as a list but gives undefined where the extension is missing.
    isCodeSigning: ((certificate.keyUsage as readonly string[] | undefined) ?? []).includes(CODE_SIGNING),
    isSelfSigned: certificate.subject === certificate.issuer && certificate.checkIssued(certificate),
  };
}
