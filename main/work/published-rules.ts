import { X509Certificate } from 'node:crypto';
import type { Verification } from '../../contract/schemas/packages.ts';
import { findRules, readPackage } from '../../wapt/index.ts';
import { fingerprint } from '../server/certificate-view.ts';
import type { PackageRecord, PublishedRules } from '../store/store.ts';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const certificates = (pem: string): readonly X509Certificate[] =>
  (pem.match(PEM) ?? []).flatMap((text) => {
    try {
      return [new X509Certificate(text)];
    } catch {
      return [];
    }
  });

/** Whether `anchor` issued a certificate; keys of a kind that cannot verify it did not. */
function isIssuedBy(certificate: X509Certificate, anchor: X509Certificate): boolean {
  try {
    return certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey);
  } catch {
    return false;
  }
}

/** Fingerprints of the certificates of a package, and of the trusted one that issued the last of them. */
function signersOf(pem: string, trusted: readonly string[]): readonly string[] {
  const own = certificates(pem);
  const issuers = trusted.flatMap(certificates).filter((anchor) => own.some((each) => isIssuedBy(each, anchor)));
  return [...new Set([...own, ...issuers].map(fingerprint))];
}

/** The rule file of a package as the store keeps it; no text of one that hosts refuse, or whose file is damaged (null). */
export async function publishedRules(
  record: PackageRecord,
  bytes: Uint8Array | null,
  verification: Verification,
  trusted: readonly string[],
): Promise<PublishedRules> {
  const { filename, package: name, version } = record;
  const blank: PublishedRules = {
    filename,
    md5: record.md5 ?? '',
    package: name,
    version,
    isLegacy: record.isLegacy,
    text: null,
    signers: [],
  };
  if (bytes === null || verification.kind === 'refused') return blank;
  const { files } = await readPackage(bytes);
  const found = findRules(files);
  const pem = files.get('WAPT/certificate.crt');
  return {
    ...blank,
    isLegacy: record.isLegacy || found?.legacy === true,
    text: found?.text ?? '{}',
    signers: pem === undefined ? [] : signersOf(Buffer.from(pem).toString('utf8'), trusted),
  };
}
