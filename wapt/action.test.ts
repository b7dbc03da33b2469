import { beforeAll, describe, expect, it } from 'vitest';
import { type ActionFields, type SignedAction, signAction, verifyAction } from './action.ts';
import { canonicalJson } from './canonical-json.ts';
import { readSigner, type Signer } from './signer.ts';
import { type Identity, makeIdentity, makeSigner, VECTOR_TIME, vectorText } from './testing.ts';

const HOST = '4C4C4544-004E-3510-8051-C7C04F325131';
const posted = JSON.parse(vectorText('C3-post-body.json')) as readonly SignedAction[];
const vectorCertificate = vectorText('cert.crt');

describe('vectors C', () => {
  const signer = readSigner({ certificatePem: vectorCertificate, keyPem: vectorText('key.pem') });
  const base = { uuid: HOST, notify_server: true, force: false };
  const actions: readonly ActionFields[] = [
    { action: 'trigger_waptwua_scan', ...base },
    { action: 'trigger_install_packages', ...base, packages: ['tis-vectors-wua (=3)', 'tis-é'] },
  ];
  const signed = actions.map((action) => signAction(action, { signer, now: '2024-05-21T08:11:12.345678' }));

  it.each([0, 1])('reproduces the signed bytes of C%#', (at) => {
    const { signature: _signature, ...claim } = signed[at] ?? {};
    expect(canonicalJson(claim)).toBe(vectorText(`C${at + 1}-action-signed-bytes.json`));
  });

  it('reproduces the body of C3, the order of attributes and the signatures included', () => {
    expect(JSON.stringify(signed)).toBe(JSON.stringify(posted));
  });

  it('is refused: at its date the certificate is not valid yet, and later the date is old', () => {
    const trusted = [vectorCertificate];
    const then = verifyAction(posted[0], { trusted, now: new Date('2024-05-21T08:12:00Z') });
    expect(then).toEqual({ ok: false, error: { code: 'certificate-not-yet-valid' } });
    expect(verifyAction(posted[0], { trusted, now: VECTOR_TIME })).toEqual({ ok: false, error: { code: 'too-old' } });
  });
});

describe('a fresh action', () => {
  let signer: Signer;
  let identity: Identity;
  let leaf: Identity;
  const now = new Date();
  const scan = { action: 'trigger_waptwua_scan', uuid: HOST, notify_server: true, force: false };

  beforeAll(async () => {
    identity = await makeIdentity({ name: 'admin', codeSigning: false });
    leaf = await makeIdentity({ name: 'technician', issuer: identity, codeSigning: false });
    signer = makeSigner(identity);
  });

  const judge = (
    action: unknown,
    options: { now?: Date; trusted?: readonly string[]; skewSeconds?: number } = {},
  ): string => {
    const result = verifyAction(action, { trusted: [identity.certificatePem], now, ...options });
    if (result.ok) return 'ok';
    return result.error.attribute === undefined ? result.error.code : `${result.error.code} ${result.error.attribute}`;
  };

  it('is accepted without code signing, and survives transport as JSON', () => {
    const action: unknown = JSON.parse(
      JSON.stringify(signAction({ ...scan, packages: ['é', 1, null, { b: 1, a: '\u007f' }] }, { signer, now })),
    );
    expect(judge(action)).toBe('ok');
  });

  it('is accepted from a chain and answers who signed', () => {
    const action = signAction(scan, { signer: makeSigner(leaf, identity.certificatePem), now });
    const result = verifyAction(action, { trusted: [identity.certificatePem], now });
    expect(result.ok && result.value.signer.path.map(({ commonName }) => commonName)).toEqual(['technician', 'admin']);
    expect(judge(action, { trusted: [] })).toBe('certificate-untrusted');
  });

  it('gives back the signed attributes alone', () => {
    const result = verifyAction(
      { ...signAction(scan, { signer, now }), notify_user: true },
      { trusted: [identity.certificatePem], now },
    );
    expect(result.ok && result.value.attributes).toMatchObject(scan);
    expect(result.ok && Object.hasOwn(result.value.attributes, 'notify_user')).toBe(false);
  });

  it('replaces a signature that is already there', () => {
    const twice = signAction(signAction(scan, { signer, now: new Date(0) }), { signer, now });
    expect(twice).toEqual(signAction(scan, { signer, now }));
  });

  it('may leave out the certificate when the agent holds it', () => {
    const { signer_certificate: _pem, ...full } = signAction(scan, { signer, now });
    const claim = {
      ...full,
      signed_attributes: full.signed_attributes.filter((name) => name !== 'signer_certificate'),
    };
    const { signature: _old, ...unsigned } = claim;
    const light = { ...unsigned, signature: signer.sign(Buffer.from(canonicalJson(unsigned))).toString('base64') };
    expect(judge(light)).toBe('ok');
    expect(judge(light, { trusted: [leaf.certificatePem] })).toBe('certificate-missing');
  });

  it.each([
    ['no object', 'x', 'not-an-action'],
    ['null', null, 'not-an-action'],
    ['a list', [], 'not-an-action'],
    ['no action', { uuid: HOST }, 'not-an-action'],
    ['no signature', scan, 'not-signed'],
  ])('is refused as %s', (_what, action, code) => {
    expect(judge(action)).toBe(code);
  });

  it("is refused in the agent's order", () => {
    const good = signAction(scan, { signer, now });
    expect(judge({ ...good, signature: '' })).toBe('not-signed');
    expect(judge({ ...good, signer_certificate: 'garbage' })).toBe('certificate-missing');
    expect(judge(good, { trusted: [] })).toBe('certificate-untrusted');
    expect(judge({ ...good, signed_attributes: ['action'] })).toBe('missing-attribute uuid');
    expect(judge({ ...good, signed_attributes: 'uuid,action' })).toBe('missing-attribute uuid');
    expect(judge({ ...good, signature_date: 'yesterday' })).toBe('bad-date');
    expect(judge({ ...good, uuid: 'another' })).toBe('signature');
    expect(judge({ ...good, force: 1 })).toBe('signature');
    expect(judge({ ...good, signature: `AAAA${good.signature.slice(4)}` })).toBe('signature');
  });

  it('must sign what its kind needs', () => {
    expect(judge(signAction({ ...scan, action: 'trigger_install_packages' }, { signer, now }))).toBe(
      'missing-attribute packages',
    );
    expect(judge(signAction({ ...scan, action: 'trigger_change_description' }, { signer, now }))).toBe(
      'missing-attribute computer_description',
    );
    expect(judge(signAction({ action: 'trigger_waptwua_scan' }, { signer, now }))).toBe('missing-attribute uuid');
    const result = verifyAction(signAction(scan, { signer, now }), {
      trusted: [identity.certificatePem],
      now,
      required: ['updates'],
    });
    expect(result).toEqual({ ok: false, error: { code: 'missing-attribute', attribute: 'updates' } });
  });

  it('is kept for six hours on both sides, or as long as the agent says', () => {
    const at = (seconds: number): SignedAction =>
      signAction(scan, { signer, now: new Date(now.getTime() + seconds * 1000) });
    expect(judge(at(-21_500))).toBe('ok');
    expect(judge(at(21_500))).toBe('ok');
    expect(judge(at(-21_700))).toBe('too-old');
    expect(judge(at(21_700))).toBe('in-the-future');
    expect(judge(at(-120), { skewSeconds: 60 })).toBe('too-old');
  });

  it.each([
    ['2026-02-30T00:00:00.000000', 'bad-date'],
    ['2026-11-21T00:00:00Z', 'bad-date'],
    ['2026-11-21 00:00:00', 'bad-date'],
    [12, 'bad-date'],
    [`${now.toISOString().slice(0, 19)}.123456Z`, 'signature'],
  ])('reads the date %s as agents do: %s', (signature_date, code) => {
    expect(judge({ ...signAction(scan, { signer, now }), signature_date })).toBe(code);
  });

  it('does not end the process with what has no JSON form or is too deep', () => {
    const good = signAction(scan, { signer, now });
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(judge({ ...good, force: deep })).toBe('signature');
    expect(judge({ ...good, force: undefined })).toBe('signature');
  });

  it('is not signed without a name or with what has no JSON form', () => {
    expect(() => signAction({ uuid: HOST }, { signer })).toThrow(expect.objectContaining({ code: 'bad-action' }));
    expect(() => signAction({ ...scan, force: undefined }, { signer })).toThrow(
      expect.objectContaining({ code: 'not-json' }),
    );
    expect(() => signAction(scan, { signer, now: 'soon' })).toThrow(expect.objectContaining({ code: 'bad-date' }));
  });

  it('carries a date of six digits in UTC', () => {
    const { signature_date } = signAction(scan, { signer, now: new Date('2026-11-21T10:00:00+02:00') });
    expect(signature_date).toBe('2026-11-21T08:00:00.000000');
  });
});
