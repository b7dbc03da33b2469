import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ControlFields, controlText, formatControl, parseControl } from './control.ts';
import { buildManifest, wrapBase64 } from './manifest.ts';
import { buildPackage, MEMBERS, type PackageFiles, readPackage } from './package.ts';
import { RULES_PATHS } from './rules-file.ts';
import { readSigner, type Signer } from './signer.ts';
import { type Identity, makeIdentity, makeSigner, VECTOR_TIME, vector, vectorText } from './testing.ts';
import { verifyControl, verifyPackage } from './verify-package.ts';
import { writeZip } from './zip-writer.ts';

const rules = vector('A0-waptwua_rules.json');
const ruleFiles: PackageFiles = { [RULES_PATHS[0]]: rules, [RULES_PATHS[1]]: rules };
const vectorSigner = readSigner({ certificatePem: vectorText('cert.crt'), keyPem: vectorText('key.pem') });

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

describe('the vectors', () => {
  const cases = [
    {
      letter: 'A',
      files: ruleFiles,
      packageUuid: '0f0e0d0c-0b0a-4908-8706-050403020100',
      now: '2024-05-21T10:11:12.345678',
      name: 'tis-vectors-wua_3_PROD.wapt',
    },
    {
      letter: 'B',
      files: {},
      packageUuid: '1f0e0d0c-0b0a-4908-8706-050403020101',
      now: '2024-05-21T10:11:13.000001',
      name: 'tis-vectors-group_1.2.3-4_x64_DEV_fr-en.wapt',
    },
  ] as const;

  it.each(cases)('$letter is built with every member bit for bit', async ({ letter, name, ...input }) => {
    const control = parseControl(vectorText(`${letter}1-control-unsigned.txt`));
    const built = await buildPackage({ control, signer: vectorSigner, ...input });
    expect(built.filename).toBe(name);
    expect(controlText(built.control, 'signature')).toBe(vectorText(`${letter}3-control-signature.b64`).trim());
    const own = (await readPackage(built.bytes)).files;
    const original = (await readPackage(vector(name))).files;
    expect(Array.from(own)).toEqual(Array.from(original));
    expect(text(own.get(MEMBERS.control))).toBe(vectorText(`${letter}4-control-signed.txt`));
    expect(text(own.get(MEMBERS.manifest))).toBe(vectorText(`${letter}5-manifest.sha256`));
    expect(text(own.get(MEMBERS.signature))).toBe(vectorText(`${letter}6-signature.sha256`));
  });

  it.each(cases)('$letter is verified', async ({ name }) => {
    const verified = await verifyPackage(vector(name), { trusted: [vectorText('cert.crt')], now: VECTOR_TIME });
    expect(verified.ok && verified.value.signer.certificate.commonName).toBe('vectors-signer');
    const early = await verifyPackage(vector(name), { trusted: [vectorText('cert.crt')], now: new Date('2024-05-21') });
    expect(early).toEqual({ ok: false, error: { code: 'certificate-not-yet-valid' } });
  });

  it('have the MD5 of their server names', () => {
    const { packages } = JSON.parse(vectorText('values.json')) as {
      packages: readonly { file: string; md5: string }[];
    };
    for (const { file, md5 } of packages) expect(createHash('md5').update(vector(file)).digest('hex')).toBe(md5);
  });
});

describe('buildPackage', () => {
  const control = {
    package: 'tis-rules',
    version: '1',
    section: 'wsus',
    description: ' two \n\n lines ',
    x_new: 'kept',
  };

  it('gives the same bytes for the same input', async () => {
    const input = { control, files: ruleFiles, signer: vectorSigner, packageUuid: 'u', now: '2026-11-21T10:00:00.5' };
    const [first, second] = [await buildPackage(input), await buildPackage(input)];
    expect(first.bytes.equals(second.bytes)).toBe(true);
    expect((await buildPackage({ ...input, packageUuid: 'v' })).bytes.equals(first.bytes)).toBe(false);
  });

  it('takes the local clock and a new UUID, and signs every attribute, unknown ones too', async () => {
    const before = Date.now();
    const { control: signed } = await buildPackage({ control, files: ruleFiles, signer: vectorSigner });
    const date = controlText(signed, 'signature_date');
    expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    expect(Math.abs(new Date(date.slice(0, 23)).getTime() - before)).toBeLessThan(5000);
    expect(controlText(signed, 'package_uuid')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
    expect(controlText(signed, 'signed_attributes').split(',').toSorted()).toEqual(
      Object.keys(signed)
        .filter((name) => name !== 'signature')
        .toSorted(),
    );
    expect(signed).toMatchObject({
      description: 'two\nlines',
      x_new: 'kept',
      architecture: 'all',
      priority: 'optional',
    });
  });

  it('publishes a record of the index again without what only the index has', async () => {
    const record = { ...control, filename: 'old.wapt', size: 12, md5sum: 'abc', signer: 'somebody', signature: 'old' };
    const built = await buildPackage({ control: record, files: ruleFiles, signer: vectorSigner });
    expect(Object.keys(built.control)).not.toEqual(expect.arrayContaining(['filename']));
    expect(built.control).not.toHaveProperty('size');
    expect(built.control).not.toHaveProperty('md5sum');
    expect(built.control.signer).toBe('vectors-signer');
    expect((await verifyPackage(built.bytes, { trusted: [vectorSigner.certificatePem], now: VECTOR_TIME })).ok).toBe(
      true,
    );
  });

  it.each<[string, ControlFields, string]>([
    ['no name', { version: '1' }, 'bad-control'],
    ['a name that servers refuse', { package: '~é', version: '1' }, 'bad-control'],
    ['no version', { package: 'a', version: '' }, 'bad-version'],
    ['an attribute that breaks the list of names', { package: 'a', version: '1', 'a,b': 'x' }, 'bad-control'],
  ])('refuses %s', async (_what, bad, code) => {
    await expect(buildPackage({ control: bad, files: {}, signer: vectorSigner })).rejects.toMatchObject({ code });
  });

  it.each(['WAPT/control', 'WAPT/manifest.sha256', '../x', 'a\\b', '/a', 'é', 'a/'])(
    'refuses the member %s',
    async (path) => {
      const files = { [path]: Buffer.from('x') };
      await expect(buildPackage({ control, files, signer: vectorSigner })).rejects.toMatchObject({ code: 'bad-path' });
    },
  );

  it('refuses two members that are one on Windows', async () => {
    const files = new Map([
      ['a', Buffer.from('x')],
      ['A', Buffer.from('x')],
    ]);
    await expect(buildPackage({ control, files, signer: vectorSigner })).rejects.toMatchObject({ code: 'bad-path' });
  });
});

describe('verifyPackage', () => {
  let admin: Identity;
  let signer: Signer;
  let members: ReadonlyMap<string, Buffer>;
  const control = { package: 'tis-rules', version: '1', section: 'wsus', maturity: 'PROD' };

  beforeAll(async () => {
    admin = await makeIdentity({ name: 'admin' });
    signer = makeSigner(admin);
    members = (await readPackage((await buildPackage({ control, files: ruleFiles, signer })).bytes)).files;
  });

  type Change = (files: Map<string, Buffer>) => void;

  const judge = async (
    changes: readonly Change[],
    trusted: readonly string[] = [admin.certificatePem],
  ): Promise<string> => {
    const files = new Map(members);
    for (const change of changes) change(files);
    const result = await verifyPackage(await writeZip(files), { trusted });
    if (result.ok) return 'accepted';
    const { code, path, line } = result.error;
    return [code, path, line].filter((part) => part !== undefined).join(' ');
  };

  const set =
    (path: string, content: string): Change =>
    (files) =>
      files.set(path, Buffer.from(content));
  const drop =
    (path: string): Change =>
    (files) =>
      files.delete(path);
  const edit =
    (path: string, from: string | RegExp, to: string): Change =>
    (files) =>
      files.set(path, Buffer.from(text(files.get(path)).replace(from, to)));
  /** Makes manifest and its signature fit again, as one who has the key would. */
  const resign: Change = (files) => {
    const listed = Array.from(files).filter(([path]) => path !== MEMBERS.manifest && path !== MEMBERS.signature);
    const manifest = buildManifest(listed);
    files.set(MEMBERS.manifest, manifest);
    files.set(MEMBERS.signature, Buffer.from(wrapBase64(signer.sign(manifest))));
  };

  it('accepts what was built', async () => {
    expect(await judge([])).toBe('accepted');
    expect(await judge([resign])).toBe('accepted');
  });

  it('accepts a signer of a trusted authority over an intermediate in the package', async () => {
    const middle = await makeIdentity({ name: 'middle', issuer: admin, isCa: true });
    const leaf = await makeIdentity({ name: 'leaf', issuer: middle });
    const { bytes } = await buildPackage({
      control,
      files: ruleFiles,
      signer: makeSigner(leaf, middle.certificatePem),
    });
    const result = await verifyPackage(bytes, { trusted: [admin.certificatePem] });
    expect(result.ok && result.value.signer.path.map(({ commonName }) => commonName)).toEqual([
      'leaf',
      'middle',
      'admin',
    ]);
  });

  it('refuses every change', async () => {
    const [path] = RULES_PATHS;
    const otherSignature = [...signer.sign(Buffer.from('other'))];
    const wrong = Buffer.from(otherSignature).toString('base64');
    expect(await judge([drop(MEMBERS.control)])).toBe('not-a-package');
    expect(await judge([set(MEMBERS.control, 'nonsense')])).toBe('bad-control 1');
    expect(await judge([set(MEMBERS.control, 'version: 1')])).toBe('bad-control');
    expect(await judge([set(MEMBERS.control, '\ufeffpackage: a')])).toBe('bad-control');
    expect(await judge([(files) => files.set(MEMBERS.control, Buffer.from([0x70, 0xff, 0x3a]))])).toBe('bad-control');
    expect(await judge([edit(MEMBERS.control, /^signature +:.*$/m, 'signature: ')])).toBe('not-signed');
    expect(await judge([edit(MEMBERS.control, /^signed_attributes +:.*$/m, 'signed_attributes:')])).toBe('not-signed');
    expect(await judge([drop(MEMBERS.certificate)])).toBe('certificate-missing');
    expect(await judge([set(MEMBERS.certificate, 'garbage')])).toBe('certificate-missing');
    expect(await judge([], [])).toBe('certificate-untrusted');
    expect(await judge([edit(MEMBERS.control, 'PROD', 'DEV')])).toBe('control-signature');
    expect(await judge([edit(MEMBERS.control, /^signature +:.*$/m, `signature: ${wrong}`)])).toBe('control-signature');
    expect(await judge([drop(MEMBERS.manifest)])).toBe('manifest-missing');
    expect(await judge([drop(MEMBERS.signature)])).toBe('manifest-signature');
    expect(await judge([set(MEMBERS.signature, wrong)])).toBe('manifest-signature');
    expect(await judge([edit(MEMBERS.manifest, '[[', '[ [')])).toBe('manifest-signature');
    expect(await judge([set(path, '{}')])).toBe(`file-changed ${path}`);
    expect(await judge([edit(MEMBERS.control, /$/, '\n')])).toBe(`file-changed ${MEMBERS.control}`);
    expect(await judge([drop(path)])).toBe(`file-missing ${path}`);
    expect(await judge([set('extra', 'x')])).toBe('file-unlisted extra');
    expect(await judge([set('setup.py', 'x')])).toBe('file-unlisted setup.py');
  });

  it('takes the legacy twins as signatures, not as files', async () => {
    expect(await judge([set('WAPT/signature', 'x'), set('WAPT/manifest.sha1', '[]')])).toBe('accepted');
  });

  it("answers the first refusal in the agent's order when everything is wrong", async () => {
    const steps: readonly (readonly [string, Change])[] = [
      ['file-unlisted extra', set('extra', 'x')],
      [`file-missing ${RULES_PATHS[0]}`, drop(RULES_PATHS[0])],
      [`file-changed ${RULES_PATHS[1]}`, set(RULES_PATHS[1], '{}')],
      ['manifest-signature', set(MEMBERS.signature, 'AAAA')],
      ['manifest-missing', drop(MEMBERS.manifest)],
      ['control-signature', edit(MEMBERS.control, 'PROD', 'DEV')],
      ['certificate-missing', drop(MEMBERS.certificate)],
      ['not-signed', edit(MEMBERS.control, /^signature +:.*$/m, 'signature: ')],
      ['bad-control 1', set(MEMBERS.control, 'nonsense')],
      ['not-a-package', drop(MEMBERS.control)],
    ];
    for (let count = 1; count <= steps.length; count++) {
      const changes = steps.slice(0, count).map(([, change]) => change);
      expect(await judge(changes)).toBe(steps[count - 1]?.[0]);
    }
    expect(await judge([edit(MEMBERS.control, 'PROD', 'DEV')], [])).toBe('certificate-untrusted');
  });

  it('asks for code signing where there is code, and only there', async () => {
    const clerk = await makeIdentity({ name: 'clerk', codeSigning: false, keysOf: admin });
    const clerkSigner = makeSigner(clerk);
    const trusted = [clerk.certificatePem];
    const plain = await buildPackage({ control, files: ruleFiles, signer: clerkSigner });
    expect((await verifyPackage(plain.bytes, { trusted })).ok).toBe(true);
    const withCode = { ...ruleFiles, 'setup.py': Buffer.from('pass') };
    await expect(buildPackage({ control, files: withCode, signer: clerkSigner })).rejects.toMatchObject({
      code: 'needs-code-signing',
    });
    expect(
      (
        await verifyPackage((await buildPackage({ control, files: withCode, signer })).bytes, {
          trusted: [admin.certificatePem],
        })
      ).ok,
    ).toBe(true);
    // Both identities have one key, so that the clerk's package can be made to fit by hand.
    const files = new Map((await readPackage(plain.bytes)).files);
    files.set('setup.py', Buffer.from('pass'));
    resign(files);
    files.set(RULES_PATHS[0], Buffer.from('changed as well'));
    expect(await verifyPackage(await writeZip(files), { trusted })).toEqual({
      ok: false,
      error: { code: 'needs-code-signing' },
    });
  });

  it('refuses a signed manifest that is none', async () => {
    const manifest = Buffer.from('{"not":"a list"}');
    const signed: Change = (files) => {
      files.set(MEMBERS.manifest, manifest);
      files.set(MEMBERS.signature, Buffer.from(wrapBase64(signer.sign(manifest))));
    };
    expect(await judge([signed])).toBe('manifest-missing');
  });

  it('tells expired and early signers', async () => {
    const day = 86_400_000;
    const { bytes } = await buildPackage({ control, files: ruleFiles, signer });
    const at = async (days: number): Promise<unknown> => {
      const result = await verifyPackage(bytes, { trusted: [], now: new Date(Date.now() + days * day) });
      return result.ok || result.error.code;
    };
    expect(await at(40)).toBe('certificate-expired');
    expect(await at(-5)).toBe('certificate-not-yet-valid');
    expect(await at(0)).toBe('certificate-untrusted');
  });

  it('judges a record of the index by its control alone', async () => {
    const built = await buildPackage({ control, files: ruleFiles, signer });
    const record = { ...built.control, filename: 'x.wapt', size: 3, md5sum: 'y' };
    const judgeRecord = (fields: ControlFields, certificatePem?: string): unknown => {
      const result = verifyControl(fields, { certificatePem, trusted: [admin.certificatePem] });
      return result.ok ? result.value.certificate.commonName : result.error.code;
    };
    expect(judgeRecord(parseControl(formatControl(record)), admin.certificatePem)).toBe('admin');
    expect(judgeRecord({ ...record, version: '2' }, admin.certificatePem)).toBe('control-signature');
    expect(judgeRecord(record)).toBe('certificate-missing');
    expect(judgeRecord({ ...record, signature: '' }, admin.certificatePem)).toBe('not-signed');
    expect(judgeRecord(record, vectorText('cert.crt'))).not.toBe('admin');
  });
});
