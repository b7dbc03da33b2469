import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificates, verifyChain } from './certificate.ts';
import { type Identity, makeIdentity, VECTOR_TIME, vectorText } from './testing.ts';

const DAY = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * DAY);

describe('readCertificates', () => {
  it('reads the certificate of the vectors', () => {
    const values = JSON.parse(vectorText('values.json')) as { cn: string; fingerprint_sha256: string };
    const [certificate, ...others] = readCertificates(vectorText('cert.crt'));
    expect(others).toEqual([]);
    expect(certificate).toEqual({
      commonName: values.cn,
      issuerCommonName: values.cn,
      subject: 'CN=vectors-signer, O=Test, C=FR',
      issuer: 'CN=vectors-signer, O=Test, C=FR',
      notBefore: '2026-11-21T17:03:19.000Z',
      notAfter: '2126-10-28T17:03:19.000Z',
      sha256: values.fingerprint_sha256,
      isCa: true,
      isCodeSigning: true,
      keyType: 'rsa',
      pem: vectorText('cert.crt'),
    });
  });

  it('finds certificates among other text and other blocks, with CRLF', () => {
    const text = `Bag Attributes\n${vectorText('key.pem')}\n${vectorText('cert.crt')}`.replaceAll('\n', '\r\n');
    expect(readCertificates(text).map(({ pem }) => pem)).toEqual([vectorText('cert.crt')]);
  });

  it.each([
    ['no certificate', '', 'certificate-missing'],
    ['a key alone', vectorText('key.pem'), 'certificate-missing'],
    ['a block without end', '-----BEGIN CERTIFICATE-----\nMIID', 'bad-pem'],
    ['a block with other bytes', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'bad-pem'],
  ])('refuses %s', (_what, text, code) => {
    expect(() => readCertificates(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe('verifyChain', () => {
  let root: Identity;
  let intermediate: Identity;
  let leaf: Identity;
  let stranger: Identity;

  beforeAll(async () => {
    root = await makeIdentity({ name: 'root' });
    intermediate = await makeIdentity({ name: 'intermediate', issuer: root, isCa: true });
    leaf = await makeIdentity({ name: 'leaf', issuer: intermediate });
    stranger = await makeIdentity({ name: 'root' });
  });

  const chainOf = (...identities: readonly Identity[]): string =>
    identities.map(({ certificatePem }) => certificatePem).join('\n');

  const judge = (chain: string, trusted: readonly string[], now?: Date): unknown => {
    const result = verifyChain(chain, { trusted, now });
    return result.ok ? result.value.map(({ commonName }) => commonName) : result.error.code;
  };

  it('accepts a pinned leaf, even without its issuer', () => {
    expect(judge(chainOf(leaf), [leaf.certificatePem])).toEqual(['leaf']);
    expect(judge(vectorText('cert.crt'), [vectorText('cert.crt')], VECTOR_TIME)).toEqual(['vectors-signer']);
  });

  it('climbs over the intermediates of the package', () => {
    expect(judge(chainOf(leaf, intermediate), [root.certificatePem])).toEqual(['leaf', 'intermediate', 'root']);
    expect(judge(chainOf(leaf), [chainOf(root, intermediate)])).toEqual(['leaf', 'intermediate']);
  });

  it('does not trust what the package brings', () => {
    expect(judge(chainOf(leaf, intermediate, root), [])).toBe('certificate-untrusted');
    expect(judge(chainOf(leaf, intermediate, root), [stranger.certificatePem])).toBe('certificate-untrusted');
    expect(judge(chainOf(leaf), [root.certificatePem])).toBe('certificate-untrusted');
  });

  it('trusts nobody through a text that it cannot read', () => {
    expect(judge(chainOf(leaf), ['', 'garbage', '-----BEGIN CERTIFICATE-----'])).toBe('certificate-untrusted');
    expect(judge(chainOf(leaf), ['garbage', leaf.certificatePem])).toEqual(['leaf']);
  });

  it('does not take the same name for the same key', async () => {
    const forged = await makeIdentity({ name: 'leaf', issuer: stranger, keysOf: leaf });
    expect(judge(chainOf(forged), [root.certificatePem])).toBe('certificate-untrusted');
  });

  it('does not let a certificate issue that is no authority', async () => {
    const person = await makeIdentity({ name: 'person', isCa: false });
    const child = await makeIdentity({ name: 'child', issuer: person, keysOf: leaf });
    expect(judge(chainOf(child), [person.certificatePem])).toBe('certificate-untrusted');
  });

  it('tells a certificate of yesterday and one of tomorrow apart, trusted or not', async () => {
    const expired = await makeIdentity({ name: 'x', notBefore: ago(3), notAfter: ago(1), keysOf: leaf });
    const early = await makeIdentity({ name: 'y', notBefore: ago(-1), notAfter: ago(-3), keysOf: leaf });
    expect(judge(chainOf(expired), [expired.certificatePem])).toBe('certificate-expired');
    expect(judge(chainOf(expired), [])).toBe('certificate-expired');
    expect(judge(chainOf(expired), [expired.certificatePem], ago(2))).toEqual(['x']);
    expect(judge(chainOf(early), [early.certificatePem])).toBe('certificate-not-yet-valid');
  });

  it('refuses the path over an expired authority, and finds the one beside it', async () => {
    const dates = { notBefore: ago(3), notAfter: ago(1) };
    const old = await makeIdentity({ name: 'intermediate', issuer: root, isCa: true, keysOf: intermediate, ...dates });
    expect(judge(chainOf(leaf, old), [root.certificatePem])).toBe('certificate-expired');
    expect(judge(chainOf(leaf, old, intermediate), [root.certificatePem])).toEqual(['leaf', 'intermediate', 'root']);
  });

  it('ends on certificates that issue each other', async () => {
    const a = await makeIdentity({ name: 'a', keysOf: root });
    const b = await makeIdentity({ name: 'b', issuer: a, isCa: true, keysOf: intermediate });
    const again = await makeIdentity({ name: 'a', issuer: b, isCa: true, keysOf: root });
    expect(judge(chainOf(again, b, a), [stranger.certificatePem])).toBe('certificate-untrusted');
  });
});
