import { createPrivateKey, type KeyObject } from 'node:crypto';
import { DER_INTEGER, DER_OCTET_STRING, derElements, derOid, derSequence } from './der.ts';
import { FormatError } from './errors.ts';
import { type PemBlock, pemBlocks, pemBody } from './pem.ts';

// What both OpenSSL (Node) and BoringSSL (Electron) open. The rest is refused here, by name, in both: a key that works
// in browser mode must not fail on the desktop.
const PBES2 = '2a864886f70d01050d';
const PBKDF2 = '2a864886f70d01050c';
const PBE_SHA1_3DES = '2a864886f70d010c0103';
const HMAC_SHA1 = '2a864886f70d0207';
const HMAC_SHA256 = '2a864886f70d0209';
const PKCS8_CIPHERS: ReadonlySet<string> = new Set([
  '2a864886f70d0307', // DES-EDE3-CBC
  '60864801650304' + '0102', // AES-128-CBC
  '60864801650304' + '0116', // AES-192-CBC
  '60864801650304' + '012a', // AES-256-CBC
]);
const TRADITIONAL_CIPHERS: ReadonlySet<string> = new Set([
  'AES-128-CBC',
  'AES-192-CBC',
  'AES-256-CBC',
  'DES-EDE3-CBC',
  'DES-CBC',
]);
// A key file that asks for hours of key derivation would stop the process that opens it.
const MAX_ITERATIONS = 10_000_000;

const unsupported = (what: string): FormatError =>
  new FormatError(
    'unsupported-key-encryption',
    `${what}; save the key again as PKCS#8 with AES-256-CBC and HMAC-SHA256`,
  );

const toInteger = (content: Uint8Array): number => content.reduce((sum, byte) => sum * 256 + byte, 0);

const checkPkcs8Encryption = (block: PemBlock): void => {
  const der = Buffer.from(pemBody(block).join(''), 'base64');
  const [algorithm, data] = derSequence(derElements(der)[0]);
  const [scheme, parameters] = derSequence(algorithm);
  if (data?.tag !== DER_OCTET_STRING) throw new FormatError('bad-pem', 'not an encrypted PKCS#8 key');
  if (derOid(scheme) === PBE_SHA1_3DES) return;
  if (derOid(scheme) !== PBES2) throw unsupported('the key is encrypted by an old password scheme');
  const [derivation, cipher] = derSequence(parameters).map(derSequence);
  if (derOid(derivation?.[0]) !== PBKDF2) throw unsupported('the key uses a derivation other than PBKDF2');
  const [, iterations, ...options] = derSequence(derivation?.[1]);
  const prf = options.find((option) => option.tag !== DER_INTEGER);
  const prfOid = prf === undefined ? HMAC_SHA1 : derOid(derSequence(prf)[0]);
  if (prfOid !== HMAC_SHA1 && prfOid !== HMAC_SHA256)
    throw unsupported('the key uses an HMAC other than SHA-1 and SHA-256');
  if (!PKCS8_CIPHERS.has(derOid(cipher?.[0]))) throw unsupported('the key uses another cipher');
  if (toInteger(iterations?.content ?? new Uint8Array()) > MAX_ITERATIONS)
    throw unsupported('the key asks for too many rounds');
};

const traditionalCipher = (block: PemBlock): string | undefined => {
  const header = pemBody(block).find((line) => line.startsWith('DEK-Info:'));
  return header?.slice('DEK-Info:'.length).split(',', 1)[0]?.trim().toUpperCase();
};

const findKey = (pem: string): PemBlock => {
  const block = pemBlocks(pem).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!block) throw new FormatError('key-missing', 'the file holds no private key');
  return block;
};

const isEncrypted = (block: PemBlock): boolean =>
  block.label === 'ENCRYPTED PRIVATE KEY' || pemBody(block).some((line) => /^Proc-Type:.*ENCRYPTED/.test(line));

/** Whether the first private key of a PEM text asks for a passphrase. Throws `FormatError` `bad-pem` or `key-missing`. */
export const isKeyEncrypted = (keyPem: string): boolean => isEncrypted(findKey(keyPem));

const open = (block: PemBlock, passphrase: Buffer | undefined): KeyObject => {
  try {
    return createPrivateKey({ key: block.text, format: 'pem', ...(passphrase ? { passphrase } : {}) });
  } catch (error) {
    const reason = error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : '';
    // BoringSSL's words. OpenSSL's bare "unsupported" says only that nothing could be read: after a wrong passphrase, one
    // time in 256 the padding is valid by chance and the failure comes later, in the structure.
    if (/UNSUPPORTED_(PRF|KEY_DERIVATION|CIPHER|ENCRYPTION)|UNKNOWN_ALGORITHM/.test(reason)) {
      throw unsupported('this runtime does not open the key');
    }
    throw passphrase
      ? new FormatError('wrong-passphrase', 'the passphrase does not open the key')
      : new FormatError('bad-pem', 'the private key cannot be read');
  }
};

/**
 * Opens the first private key of a PEM text, RSA only, traditional or PKCS#8 (protocol 5.7). A text passphrase counts as
 * UTF-8; the byte copy made of it is overwritten, a `Buffer` stays the caller's to overwrite.
 * Throws `FormatError`: `key-missing`, `bad-pem`, `not-rsa`, `passphrase-needed`, `unsupported-key-encryption`, `wrong-passphrase`.
 */
export const openPrivateKey = (keyPem: string, passphrase?: string | Buffer): KeyObject => {
  const block = findKey(keyPem);
  if (!['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'].includes(block.label)) {
    throw new FormatError('not-rsa', `${block.label} is no RSA key in PEM`);
  }
  const encrypted = isEncrypted(block);
  if (block.label === 'ENCRYPTED PRIVATE KEY') {
    checkPkcs8Encryption(block);
  } else if (encrypted && !TRADITIONAL_CIPHERS.has(traditionalCipher(block) ?? '')) {
    throw unsupported('the key uses another cipher');
  }
  if (encrypted && (passphrase === undefined || passphrase.length === 0)) {
    throw new FormatError('passphrase-needed', 'the key is encrypted');
  }
  const own = typeof passphrase === 'string' ? Buffer.from(passphrase, 'utf8') : undefined;
  try {
    const key = open(block, encrypted ? (own ?? (passphrase as Buffer | undefined)) : undefined);
    if (key.asymmetricKeyType !== 'rsa') throw new FormatError('not-rsa', 'the key is not an RSA key');
    return key;
  } finally {
    own?.fill(0);
  }
};
