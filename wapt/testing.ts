import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { readSigner, type Signer } from './signer.ts';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const DAY = 86_400_000;

/** A throw-away identity for tests: its certificate, its key in PKCS#8, and what is needed to issue others with it. */
export interface Identity {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** What a throw-away certificate says; by default a self-signed authority with code signing, valid from yesterday for 30 days. */
export interface IdentityOptions {
  readonly name: string;
  readonly issuer?: Identity;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly isCa?: boolean;
  readonly codeSigning?: boolean;
  /** Takes the key of another identity, since making one is slow. */
  readonly keysOf?: Identity;
}

let serial = 1;

/** Makes a throw-away identity. */
export const makeIdentity = async (options: IdentityOptions): Promise<Identity> => {
  const { name, issuer, isCa = !issuer, codeSigning = true } = options;
  const keys = options.keysOf?.keys ?? (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']));
  const usage = KeyUsageFlags.digitalSignature | (isCa ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : 0);
  const extensions: Extension[] = [
    new BasicConstraintsExtension(isCa, undefined, true),
    new KeyUsagesExtension(usage, true),
  ];
  if (codeSigning) extensions.push(new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.3'], true));
  serial += 1;
  const certificate: X509Certificate = await X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(4, '0'),
    subject: `CN=${name}`,
    issuer: `CN=${issuer?.name ?? name}`,
    notBefore: options.notBefore ?? new Date(Date.now() - DAY),
    notAfter: options.notAfter ?? new Date(Date.now() + 30 * DAY),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions,
  });
  const key = KeyObject.from(keys.privateKey);
  return {
    name,
    keys,
    certificatePem: `${certificate.toString('pem')}\n`,
    keyPem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
};

/** A signer from an identity; `chain` are PEM texts that follow its certificate. */
export const makeSigner = (identity: Identity, ...chain: readonly string[]): Signer =>
  readSigner({ certificatePem: [identity.certificatePem, ...chain].join('\n'), keyPem: identity.keyPem });

/** The bytes of a file of `vectors/`. */
export const vector = (name: string): Buffer => readFileSync(new URL(`vectors/${name}`, import.meta.url));

/** The text of a file of `vectors/`. */
export const vectorText = (name: string): string => vector(name).toString('utf8');

/** A moment at which the certificate of the vectors is valid. */
export const VECTOR_TIME = new Date('2027-06-01T12:00:00Z');
