import { constants, sign } from 'node:crypto';
import { type CertificateInfo, describeCertificate, parseCertificates } from './certificate.ts';
import { FormatError } from './errors.ts';
import { openPrivateKey } from './private-key.ts';

/** A certificate with the power to sign. The key stays inside the closure of `sign`; nothing else reaches it. */
export interface Signer {
  readonly certificate: CertificateInfo;
  /** The signer's certificate, then the others of its file. */
  readonly chain: readonly CertificateInfo[];
  /** The PEM of `chain` as packages and actions carry it: each ended by LF, joined by one LF (protocol 3.4). */
  readonly certificatePem: string;
  /** RSASSA-PKCS1-v1_5 with SHA-256; the bare signature. */
  readonly sign: (bytes: Uint8Array) => Buffer;
}

/**
 * Opens a signer (protocol 5.7). The certificate file may hold a chain; the certificate of the key comes first in what is
 * signed. Throws `FormatError`: `certificate-missing`, `bad-pem`, `key-missing`, `not-rsa`, `passphrase-needed`,
 * `unsupported-key-encryption`, `wrong-passphrase`, `key-mismatch`.
 */
export const readSigner = (input: {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly passphrase?: string | Buffer | undefined;
}): Signer => {
  const certificates = parseCertificates(input.certificatePem);
  const key = openPrivateKey(input.keyPem, input.passphrase);
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (!own) throw new FormatError('key-mismatch', 'the key belongs to another certificate');
  const chain = [own, ...certificates.filter((certificate) => certificate !== own)].map(describeCertificate);
  return Object.freeze({
    certificate: describeCertificate(own),
    chain,
    // Written anew from the certificates: a key that lies in the same file must not travel with a package.
    certificatePem: chain.map(({ pem }) => pem).join('\n'),
    sign: (bytes: Uint8Array) => sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PADDING }),
  });
};
