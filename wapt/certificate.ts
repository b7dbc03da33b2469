import { constants, verify, X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../domain/result.ts';
import { FormatError } from './errors.ts';
import { type Moment, momentMs } from './moment.ts';
import { pemBlocks } from './pem.ts';

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const MAX_CHAIN = 8;
// A package may bring as many certificates as it likes; each one costs signatures to look at.
const MAX_INTERMEDIATES = 32;

/** What a certificate says of itself. Dates are ISO 8601 in UTC; `sha256` is over DER, in lower-case hexadecimal. */
export interface CertificateInfo {
  /** CN of the subject, or the whole subject when it has none. */
  readonly commonName: string;
  /** CN of the issuer, or the whole issuer when it has none. */
  readonly issuerCommonName: string;
  /** Distinguished names on one line, `CN=…, O=…`. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
  readonly isCa: boolean;
  /** Extended key usage 1.3.6.1.5.5.7.3.3: needed to sign packages that hold `setup.py`. */
  readonly isCodeSigning: boolean;
  /** `rsa`, `ec`, `ed25519`, … */
  readonly keyType: string;
  /** PEM with 64 columns and LF, ended by LF. */
  readonly pem: string;
}

/** Why a certificate is not accepted, in the order in which agents look (protocol 5.10, step 9). */
export type CertificateRefusal = 'certificate-not-yet-valid' | 'certificate-expired' | 'certificate-untrusted';

/** The certificates of a PEM text in their order. Throws `FormatError` `certificate-missing` or `bad-pem`. */
export const parseCertificates = (pem: string): readonly X509Certificate[] => {
  const blocks = pemBlocks(pem).filter(({ label }) => label === 'CERTIFICATE');
  if (blocks.length === 0) throw new FormatError('certificate-missing', 'the text holds no certificate');
  return blocks.map(({ text }) => {
    try {
      return new X509Certificate(text);
    } catch {
      throw new FormatError('bad-pem', 'a certificate cannot be read');
    }
  });
};

/** SHA-256 over DER in lower-case hexadecimal, without separators. */
export const fingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ');

const commonName = (names: { readonly CN?: string | string[] } | undefined, whole: string): string => {
  const name = names?.CN;
  return (Array.isArray(name) ? name[0] : name) ?? whole;
};

/** The CN of a certificate, or its whole subject when it has none. */
export const commonNameOf = (certificate: X509Certificate): string =>
  commonName(certificate.toLegacyObject().subject, oneLine(certificate.subject));

const toIso = (date: string): string => {
  const ms = Date.parse(date);
  if (Number.isNaN(ms)) throw new FormatError('bad-pem', 'a certificate has no readable validity');
  return new Date(ms).toISOString();
};

/** Describes a certificate. Throws `FormatError` `bad-pem` when its dates cannot be read. */
export const describeCertificate = (certificate: X509Certificate): CertificateInfo => {
  const names = certificate.toLegacyObject();
  const subject = oneLine(certificate.subject);
  const issuer = oneLine(certificate.issuer);
  return {
    commonName: commonNameOf(certificate),
    issuerCommonName: commonName(names.issuer, issuer),
    subject,
    issuer,
    notBefore: toIso(certificate.validFrom),
    notAfter: toIso(certificate.validTo),
    sha256: fingerprint(certificate),
    isCa: certificate.ca,
    isCodeSigning: isCodeSigning(certificate),
    keyType: certificate.publicKey.asymmetricKeyType ?? '',
    pem: certificate.toString(),
  };
};

/** Whether the certificate may sign packages that hold code (protocol 5.7). */
export const isCodeSigning = (certificate: X509Certificate): boolean =>
  (certificate.keyUsage as readonly string[] | undefined)?.includes(CODE_SIGNING) ?? false;

/** The certificates of a PEM text, described, in their order. Throws `FormatError` `certificate-missing` or `bad-pem`. */
export const readCertificates = (pem: string): readonly CertificateInfo[] =>
  parseCertificates(pem).map(describeCertificate);

/** The certificates of all texts; a text that cannot be read adds none, since less trust is the safe side. */
export const parseTrusted = (trusted: readonly string[]): readonly X509Certificate[] =>
  trusted.flatMap((pem) => {
    try {
      return parseCertificates(pem);
    } catch {
      return [];
    }
  });

const outOfTime = (certificate: X509Certificate, now: number): CertificateRefusal | undefined => {
  if (!(Date.parse(certificate.validFrom) <= now)) return 'certificate-not-yet-valid';
  if (!(now <= Date.parse(certificate.validTo))) return 'certificate-expired';
  return undefined;
};

const isIssuerOf = (issuer: X509Certificate, issued: X509Certificate): boolean => {
  if (!issuer.ca || !issued.checkIssued(issuer)) return false;
  try {
    return issued.verify(issuer.publicKey);
  } catch {
    return false;
  }
};

/** Whom to trust (PEM texts) and at what moment, now by default. */
export interface TrustOptions {
  readonly trusted: readonly string[];
  readonly now?: Moment | undefined;
}

/** Who signed: the certificate, and the path from it to the trusted certificate at the end (itself when pinned). */
export interface VerifiedSigner {
  readonly certificate: CertificateInfo;
  readonly path: readonly CertificateInfo[];
}

/** A leaf certificate and what stands above it. */
export type Chain = readonly [X509Certificate, ...X509Certificate[]];

/** The chain of a PEM text, leaf first; null when it holds none that can be read. */
export const readChain = (pem: string): Chain | null => {
  try {
    const [leaf, ...others] = parseCertificates(pem);
    return leaf ? [leaf, ...others] : null;
  } catch {
    return null;
  }
};

/** Describes the path that `searchChain` found. */
export const describeSigner = ([leaf, ...above]: Chain): VerifiedSigner => {
  const certificate = describeCertificate(leaf);
  return { certificate, path: [certificate, ...above.map(describeCertificate)] };
};

type Search = Result<Chain, CertificateRefusal>;

/** As `verifyChain`, on parsed certificates: `chain` is the leaf and then what may lead to an anchor. */
export const searchChain = (chain: Chain, anchors: readonly X509Certificate[], now: number): Search => {
  const [leaf, ...intermediates] = chain;
  const pinned = new Set(anchors.map(fingerprint));
  const issuers = [...anchors, ...intermediates.slice(0, MAX_INTERMEDIATES)];
  const seen = new Set<string>();
  const climb = (certificate: X509Certificate, depth: number): Search => {
    const late = outOfTime(certificate, now);
    if (late) return fail(late);
    if (pinned.has(fingerprint(certificate))) return ok([certificate]);
    let refusal: CertificateRefusal = 'certificate-untrusted';
    if (depth >= MAX_CHAIN) return fail(refusal);
    seen.add(fingerprint(certificate));
    for (const issuer of issuers) {
      if (seen.has(fingerprint(issuer)) || !isIssuerOf(issuer, certificate)) continue;
      const above = climb(issuer, depth + 1);
      if (above.ok) return ok([certificate, ...above.value]);
      if (refusal === 'certificate-untrusted') refusal = above.error;
    }
    return fail(refusal);
  };
  return climb(leaf, 1);
};

/**
 * Whether agents that trust `trusted` (PEM texts) accept the leaf of `chain` (a PEM text, leaf first): in its time, and
 * either pinned or issued by a trusted authority, over intermediates of `chain` (protocol 5.7). Revocation is not
 * looked at. Answers the path from the leaf to the anchor. Throws `FormatError` when `chain` cannot be read.
 */
export const verifyChain = (
  chain: string,
  options: TrustOptions,
): Result<readonly CertificateInfo[], { readonly code: CertificateRefusal }> => {
  const [leaf, ...others] = parseCertificates(chain);
  if (!leaf) throw new FormatError('certificate-missing', 'the text holds no certificate');
  const path = searchChain([leaf, ...others], parseTrusted(options.trusted), momentMs(options.now ?? new Date()));
  return path.ok ? ok(path.value.map(describeCertificate)) : fail({ code: path.error });
};

/** Whether `signature` (base64, wrapped or not) is RSASSA-PKCS1-v1_5 with SHA-256 over `bytes` by the certificate's key. */
export const verifySignature = (certificate: X509Certificate, bytes: Uint8Array, signature: string): boolean => {
  const { publicKey } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') return false;
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PADDING };
  return verify('sha256', bytes, key, Buffer.from(signature, 'base64'));
};
