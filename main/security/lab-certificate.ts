import { X509Certificate } from 'node:crypto';
import { readCertificates } from '../../wapt/index.ts';

/** The organisation that the built-in lab writes into each certificate it makes. */
const LAB_ORGANISATION = 'WAPT lab';

function isOfLab(certificate: X509Certificate): boolean {
  const lines = `${certificate.subject}\n${certificate.issuer}`.split('\n');
  return lines.includes(`O=${LAB_ORGANISATION}`);
}

/**
 * Whether any certificate of a PEM text belongs to the built-in lab, by the organisation of its subject or issuer. Such a text is
 * refused on every profile that is not the lab's, so that nobody trusts a demonstration key by accident.
 */
export function holdsLabCertificate(pem: string): boolean {
  return readCertificates(pem).some((certificate) => isOfLab(new X509Certificate(certificate.pem)));
}
