import type { X509Certificate } from 'node:crypto';

/** The organisation that the built-in lab writes into each certificate it makes. */
const LAB_ORGANISATION = 'WAPT lab';

/**
 * Whether a certificate belongs to the built-in lab, by the organisation of its subject or issuer. Such a certificate is
 * refused on every profile that is not the lab's, so that nobody trusts a demonstration key by accident.
 */
export function isLabCertificate(certificate: X509Certificate): boolean {
  const lines = `${certificate.subject}\n${certificate.issuer}`.split('\n');
  return lines.includes(`O=${LAB_ORGANISATION}`);
}
