import { createCipheriv, createPrivateKey, generateKeyPairSync, pbkdf2Sync, scryptSync, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { FormatError } from './errors.ts';
import { isKeyEncrypted } from './private-key.ts';
import { readSigner } from './signer.ts';
import { type Identity, makeIdentity, vector, vectorText } from './testing.ts';

const certificatePem = vectorText('cert.crt');
const plainKey = vectorText('key.pem');
const PASSPHRASE = 'vectors';

const codeOf = (keyPem: string, passphrase?: string | Buffer, certificate = certificatePem): string => {
  try {
    readSigner({ certificatePem: certificate, keyPem, passphrase });
    return 'opened';
  } catch (error) {
    if (error instanceof FormatError) return error.code;
    throw error;
  }
};

describe('the keys of the vectors', () => {
  it.each([
    ['key.pem', undefined],
    ['key-encrypted-traditional.pem', PASSPHRASE],
    ['key-encrypted-pkcs8.pem', PASSPHRASE],
    ['key-encrypted-pkcs8.pem', Buffer.from(PASSPHRASE)],
  ])('%s signs vector A3 bit for bit', (name, passphrase) => {
    const signer = readSigner({ certificatePem, keyPem: vectorText(name), passphrase });
    const signature = signer.sign(vector('A2-control-signed-bytes.json'));
    expect(signature.toString('base64')).toBe(vectorText('A3-control-signature.b64').trim());
  });

  it('tells which keys ask for a passphrase', () => {
    expect(isKeyEncrypted(plainKey)).toBe(false);
    expect(isKeyEncrypted(vectorText('key-encrypted-traditional.pem'))).toBe(true);
    expect(isKeyEncrypted(vectorText('key-encrypted-pkcs8.pem'))).toBe(true);
  });

  it('does not mind CRLF', () => {
    expect(codeOf(vectorText('key-encrypted-traditional.pem').replaceAll('\n', '\r\n'), PASSPHRASE)).toBe('opened');
  });
});

describe('what is refused', () => {
  it.each(['key-encrypted-traditional.pem', 'key-encrypted-pkcs8.pem'])(
    '%s without or with a wrong passphrase',
    (name) => {
      const key = vectorText(name);
      expect(codeOf(key)).toBe('passphrase-needed');
      expect(codeOf(key, '')).toBe('passphrase-needed');
      // One wrong passphrase in 256 decrypts to a valid padding: forty of them must all read as wrong.
      for (let i = 0; i < 40; i++) expect(codeOf(key, `wrong ${i}`)).toBe('wrong-passphrase');
      expect(codeOf(key, 'x'.repeat(5000))).toBe('wrong-passphrase');
    },
  );

  it('a certificate without a key, and a key that is cut', () => {
    expect(codeOf(certificatePem)).toBe('key-missing');
    expect(codeOf('')).toBe('key-missing');
    expect(codeOf(plainKey.slice(0, 600))).toBe('bad-pem');
    expect(codeOf('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toBe('bad-pem');
    expect(codeOf('-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n-----END ENCRYPTED PRIVATE KEY-----', 'x')).toBe(
      'bad-pem',
    );
  });

  it('a key without a certificate', () => {
    expect(codeOf(plainKey, undefined, plainKey)).toBe('certificate-missing');
  });

  it('a key of another kind', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(codeOf(ec.export({ format: 'pem', type: 'pkcs8' }).toString())).toBe('not-rsa');
    expect(codeOf(ec.export({ format: 'pem', type: 'sec1' }).toString())).toBe('not-rsa');
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
    expect(codeOf(pss.export({ format: 'pem', type: 'pkcs8' }).toString())).toBe('not-rsa');
  });
});

/** A DER element. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
};
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const integer = (value: number): Buffer => {
  const hex = value.toString(16);
  const even = hex.padStart(hex.length + (hex.length % 2), '0');
  return der(0x02, Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex'));
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const NULL = der(0x05);

const PBES2 = oid('2a864886f70d01050d');
const SALT = Buffer.from('0123456789abcdef');
const IV = Buffer.alloc(16, 7);
const AES256 = sequence(oid('6086480165030401' + '2a'), der(0x04, IV));

const pemOf = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

const encryptedKey = (derivation: Buffer, key: Buffer): string => {
  const clear = createPrivateKey(plainKey).export({ format: 'der', type: 'pkcs8' });
  const cipher = createCipheriv('aes-256-cbc', key, IV);
  const data = Buffer.concat([cipher.update(clear), cipher.final()]);
  return pemOf('ENCRYPTED PRIVATE KEY', sequence(sequence(PBES2, sequence(derivation, AES256)), der(0x04, data)));
};

const pbkdf2Key = (prf: string, digest: string, iterations = 2048): string => {
  const parameters = sequence(der(0x04, SALT), integer(iterations), sequence(oid(prf), NULL));
  const key = pbkdf2Sync(PASSPHRASE, SALT, Math.min(iterations, 2048), 32, digest);
  return encryptedKey(sequence(oid('2a864886f70d01050c'), parameters), key);
};

const scryptKey = (): string => {
  const parameters = sequence(der(0x04, SALT), integer(16_384), integer(8), integer(1));
  return encryptedKey(sequence(oid('2b06010401da47040b'), parameters), scryptSync(PASSPHRASE, SALT, 32));
};

describe('the encryptions of PKCS#8', () => {
  const HMAC_SHA1 = '2a864886f70d0207';
  const HMAC_SHA256 = '2a864886f70d0209';
  const HMAC_SHA512 = '2a864886f70d020b';

  it('opens what both OpenSSL and BoringSSL open', () => {
    expect(codeOf(pbkdf2Key(HMAC_SHA1, 'sha1'), PASSPHRASE)).toBe('opened');
    expect(codeOf(pbkdf2Key(HMAC_SHA256, 'sha256'), PASSPHRASE)).toBe('opened');
    for (const cipher of ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc']) {
      const key = createPrivateKey(plainKey).export({ format: 'pem', type: 'pkcs8', cipher, passphrase: 'é€' });
      expect(codeOf(key.toString(), 'é€')).toBe('opened');
    }
  });

  it.each([
    ['HMAC-SHA512', pbkdf2Key(HMAC_SHA512, 'sha512')],
    ['scrypt', scryptKey()],
  ])('refuses %s by its parameters, although this runtime opens it', (_what, key) => {
    expect(createPrivateKey({ key, passphrase: PASSPHRASE }).asymmetricKeyType).toBe('rsa');
    expect(codeOf(key, PASSPHRASE)).toBe('unsupported-key-encryption');
    expect(codeOf(key)).toBe('unsupported-key-encryption');
  });

  it('refuses PBE-MD5-DES, and a derivation that would take hours', () => {
    const scheme = sequence(oid('2a864886f70d010503'), sequence(der(0x04, SALT.subarray(0, 8)), integer(2048)));
    const key = pemOf('ENCRYPTED PRIVATE KEY', sequence(scheme, der(0x04, Buffer.alloc(64))));
    expect(codeOf(key, PASSPHRASE)).toBe('unsupported-key-encryption');
    expect(codeOf(pbkdf2Key(HMAC_SHA256, 'sha256', 2_000_000_000), PASSPHRASE)).toBe('unsupported-key-encryption');
  });
});

describe('the encryptions of traditional PEM', () => {
  it.each(['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc'])('opens %s', (cipher) => {
    const key = createPrivateKey(plainKey).export({ format: 'pem', type: 'pkcs1', cipher, passphrase: PASSPHRASE });
    expect(codeOf(key.toString(), PASSPHRASE)).toBe('opened');
  });

  it('refuses a cipher that is not in every runtime', () => {
    const key = vectorText('key-encrypted-traditional.pem').replace('AES-256-CBC', 'CAMELLIA-256-CBC');
    expect(codeOf(key, PASSPHRASE)).toBe('unsupported-key-encryption');
  });
});

describe('the signer', () => {
  let other: Identity;
  beforeAll(async () => {
    other = await makeIdentity({ name: 'other' });
  });

  it('refuses a key that does not match', () => {
    expect(codeOf(other.keyPem)).toBe('key-mismatch');
  });

  it('puts the certificate of the key first and takes nothing but certificates along', () => {
    const certificates = [other.certificatePem, plainKey, certificatePem].join('\n');
    const signer = readSigner({ certificatePem: certificates, keyPem: plainKey });
    expect(signer.certificate.commonName).toBe('vectors-signer');
    expect(signer.chain.map(({ commonName }) => commonName)).toEqual(['vectors-signer', 'other']);
    expect(signer.certificatePem).toBe(`${certificatePem}\n${other.certificatePem}`);
    expect(signer.certificatePem).not.toContain('PRIVATE');
  });

  it('signs what its certificate verifies', () => {
    const signer = readSigner({ certificatePem: other.certificatePem, keyPem: other.keyPem });
    const bytes = Buffer.from('bytes');
    expect(verify('sha256', bytes, other.certificatePem, signer.sign(bytes))).toBe(true);
  });

  it('shows no key to whoever prints, copies or serialises it', () => {
    const signer = readSigner({ certificatePem: other.certificatePem, keyPem: other.keyPem });
    const shown = `${inspect(signer, { depth: 9, showHidden: true })}${JSON.stringify(signer)}`;
    expect(shown).not.toMatch(/PRIVATE|KeyObject/);
    expect(Object.keys(signer)).toEqual(['certificate', 'chain', 'certificatePem', 'sign']);
    expect(Object.isFrozen(signer)).toBe(true);
  });
});
