import 'reflect-metadata';
import { createPrivateKey, X509Certificate as NodeCertificate, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { day } from '../clock.ts';

const elliptic = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const;

type Algorithm = typeof elliptic | typeof rsa;
type Pair = { readonly publicKey: webcrypto.CryptoKey; readonly privateKey: webcrypto.CryptoKey };

/** A certificate with its key, both PEM. */
export type Identity = { readonly certificatePem: string; readonly keyPem: string };

const makePair = (algorithm: Algorithm): Promise<Pair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const pemOf = (certificate: x509.X509Certificate): string => `${certificate.toString('pem').trimEnd()}\n`;

const keyPemOf = async (key: webcrypto.CryptoKey): Promise<string> => {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
};

const importKey = async (keyPem: string, algorithm: Algorithm): Promise<webcrypto.CryptoKey> => {
  const der = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
};

/** Makes a self-signed authority that is valid from yesterday for ten years. */
async function makeAuthority(name: string, algorithm: Algorithm): Promise<Identity> {
  const keys = await makePair(algorithm);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 3650 * day),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: pemOf(certificate), keyPem: await keyPemOf(keys.privateKey) };
}

type LeafOptions = {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly x509.Extension[];
};

async function issue(authority: Identity, options: LeafOptions): Promise<Identity> {
  const keys = await makePair(options.algorithm);
  const issuer = new x509.X509Certificate(authority.certificatePem);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: options.name,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.keyPem, options.algorithm),
    notBefore: options.notBefore,
    notAfter: options.notAfter,
    signingAlgorithm: options.algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...options.extensions,
    ],
  });
  return { certificatePem: pemOf(certificate), keyPem: await keyPemOf(keys.privateKey) };
}

/** How a server certificate may be wrong, for trying out what a console says of it. */
export type LeafKind = 'good' | 'expired' | 'wrong-name';

/** Issues a certificate for HTTPS on localhost and 127.0.0.1; `expired` ended this morning, `wrong-name` is another host's. */
export function issueServerCertificate(authority: Identity, kind: LeafKind): Promise<Identity> {
  const now = Date.now();
  const names =
    kind === 'wrong-name'
      ? ([{ type: 'dns', value: 'other.example.lan' }] as const)
      : ([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ] as const);
  return issue(authority, {
    name: kind === 'wrong-name' ? 'CN=other.example.lan' : 'CN=localhost',
    algorithm: elliptic,
    notBefore: new Date(now - (kind === 'expired' ? 366 : 1) * day),
    notAfter:
      kind === 'expired'
        ? new Date(Math.min(now - 1000, new Date(now).setHours(6, 0, 0, 0)))
        : new Date(now + 730 * day),
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([...names]),
    ],
  });
}

/** A fresh authority for HTTPS. */
export const makeTlsAuthority = (): Promise<Identity> => makeAuthority('CN=WAPT lab CA, O=WAPT lab', elliptic);

const storeIdentity = (directory: string, name: string, identity: Identity): void => {
  writeFileSync(join(directory, `${name}.crt`), identity.certificatePem, { mode: 0o644 });
  writeFileSync(join(directory, `${name}.key`), identity.keyPem, { mode: 0o600 });
};

const loadIdentity = (directory: string, name: string): Identity | null => {
  const [certificate, key] = [join(directory, `${name}.crt`), join(directory, `${name}.key`)];
  if (!existsSync(certificate) || !existsSync(key)) return null;
  return { certificatePem: readFileSync(certificate, 'utf8'), keyPem: readFileSync(key, 'utf8') };
};

/** The HTTPS side of a lab: its authority, the certificate it shows, and where the authority's file is. */
export type Tls = { readonly authority: Identity; readonly leaf: Identity; readonly caFile: string };

/** Reads the lab's HTTPS certificates, and makes what is absent or about to expire. */
export async function openTls(directory: string): Promise<Tls> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let authority = loadIdentity(directory, 'ca');
  let leaf = loadIdentity(directory, 'server');
  if (authority === null) {
    authority = await makeTlsAuthority();
    leaf = null;
    storeIdentity(directory, 'ca', authority);
  }
  if (leaf === null || new NodeCertificate(leaf.certificatePem).validToDate.getTime() < Date.now() + 30 * day) {
    leaf = await issueServerCertificate(authority, 'good');
    storeIdentity(directory, 'server', leaf);
  }
  return { authority, leaf, caFile: join(directory, 'ca.crt') };
}

/** The demonstration's signer as files, with the passphrase of its key; and the authority that the lab's hosts trust. */
export type DemonstrationSigner = {
  readonly directory: string;
  /** The signer's certificate, then its authority. */
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly passphrase: string;
  readonly authorityPem: string;
};

const passphrase = 'lab-demonstration';

/** Reads the demonstration's signer, or makes it: an RSA authority, and a code-signing certificate with an encrypted key. */
export async function openSigner(directory: string): Promise<DemonstrationSigner> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const certificateFile = join(directory, 'lab-signer.crt');
  const keyFile = join(directory, 'lab-signer.pem');
  const authorityFile = join(directory, 'authority', 'lab-packages-ca.crt');
  if (!existsSync(certificateFile) || !existsSync(keyFile) || !existsSync(authorityFile)) {
    const authority = await makeAuthority('CN=WAPT lab packages CA, O=WAPT lab', rsa);
    const signer = await issue(authority, {
      name: 'CN=lab.signer, O=WAPT lab',
      algorithm: rsa,
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + 3650 * day),
      extensions: [
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation | x509.KeyUsageFlags.dataEncipherment,
          true,
        ),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.codeSigning], true),
      ],
    });
    const encrypted = createPrivateKey(signer.keyPem).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase,
    });
    mkdirSync(join(directory, 'authority'), { recursive: true, mode: 0o700 });
    writeFileSync(authorityFile, authority.certificatePem);
    writeFileSync(keyFile, encrypted, { mode: 0o600 });
    writeFileSync(certificateFile, `${signer.certificatePem}\n${authority.certificatePem}`);
  }
  return { directory, certificateFile, keyFile, passphrase, authorityPem: readFileSync(authorityFile, 'utf8') };
}

/** An authority that belongs to somebody else: what hosts that refuse our signer trust instead. */
export async function openOtherAuthority(directory: string): Promise<string> {
  const file = join(directory, 'authority', 'other-administrator-ca.crt');
  if (!existsSync(file)) {
    mkdirSync(join(directory, 'authority'), { recursive: true, mode: 0o700 });
    writeFileSync(file, (await makeAuthority('CN=Other administrator CA, O=Example', rsa)).certificatePem);
  }
  return readFileSync(file, 'utf8');
}

/** SHA-256 over DER, lower-case hex. */
export const fingerprintOf = (pem: string): string =>
  new NodeCertificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
