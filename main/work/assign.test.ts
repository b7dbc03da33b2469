import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AssignmentResult } from '../../contract/schemas/assignment.ts';
import { buildPackage, type ControlFields, type PackageFiles, readPackage } from '../../wapt/index.ts';
import { type Identity, makeIdentity, makeSigner } from '../../wapt/testing.ts';
import { createEventHub } from '../ipc/events.ts';
import { createFileRegistry } from '../platform/files.ts';
import { temporaryFolder, testPlatform } from '../platform/testing.ts';
import { setStage } from '../server/testing.ts';
import { createSigner, type SignerService } from '../signer/signer.ts';
import { openStore, type Store } from '../store/store.ts';
import { host, value } from '../store/testing.ts';
import { assign } from './assign.ts';
import { type AssignmentParts, previewAssignment, readAssignment } from './assignment.ts';
import { RulePackages } from './rule-packages.ts';
import { type TestRepository, testRepository } from './testing-repository.ts';

const stage = setStage();
const INDEX = 'GET /wapt/Packages';
let people: Record<'admin' | 'colleague' | 'stranger' | 'clerk', Identity>;
let folder: ReturnType<typeof temporaryFolder>;
let repository: TestRepository;
let store: Store;
let parts: AssignmentParts;

beforeAll(async () => {
  const admin = await makeIdentity({ name: 'admin' });
  people = {
    admin,
    colleague: await makeIdentity({ name: 'colleague', keysOf: admin }),
    stranger: await makeIdentity({ name: 'stranger', keysOf: admin }),
    clerk: await makeIdentity({ name: 'clerk', keysOf: admin, codeSigning: false }),
  };
});

const openSigner = async (name: string): Promise<SignerService> => {
  const files = createFileRegistry({ platform: testPlatform(folder.path) });
  const signer = createSigner({ files, events: createEventHub() });
  const found = (await files.list('certificate')).find((file) => file.name === `${name}.crt`);
  value(await signer.open({ certificateId: found?.id ?? '', keyId: null, passphrase: '' }));
  return signer;
};

beforeEach(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'keys'));
  for (const name of ['admin', 'clerk'] as const) {
    writeFileSync(join(folder.path, 'keys', `${name}.crt`), people[name].certificatePem);
    writeFileSync(join(folder.path, 'keys', `${name}.pem`), people[name].keyPem);
  }
  repository = testRepository();
  stage.reply = (asked, response, request) => repository.reply(asked, response, request);
  store = value(await openStore({ file: join(folder.path, 'profile', 'store.db') }));
  const client = await stage.client();
  const trusted = () => [people.admin.certificatePem, people.colleague.certificatePem, people.clerk.certificatePem];
  const packages = new RulePackages({ store, client, trusted });
  parts = { store, client, packages, signer: await openSigner('admin'), staleDays: 14 };
});

afterEach(async () => {
  parts.signer.stop();
  await store.close();
  folder.remove();
});

/** A group as somebody publishes it. */
const group = async (
  version: string,
  depends: string,
  by: keyof typeof people = 'colleague',
  more: ControlFields = {},
  files: PackageFiles = {},
): Promise<Uint8Array> => {
  const control = { package: 'pilot', section: 'group', version, depends, maturity: 'PROD', ...more };
  return (await buildPackage({ control, files, signer: makeSigner(people[by]) })).bytes;
};

const hostPackage = (uuid: string, version: string, depends: string): Promise<Uint8Array> =>
  group(version, depends, 'colleague', { package: uuid, section: 'host', maturity: '' });

const newest = (name = 'pilot'): ControlFields | undefined =>
  repository
    .published()
    .filter(({ control }) => control['package'] === name)
    .at(-1)?.control;

const apply = async (
  change: Partial<Parameters<typeof assign>[1]['changes'][number]> = {},
): Promise<AssignmentResult | undefined> => {
  const changes = [
    { section: 'group', name: 'pilot', action: 'add', version: '5', acceptSigner: false, ...change } as const,
  ];
  const answer = await assign(parts, { package: 'rules', changes, reason: 'because' }, 'me');
  return value(answer).results[0];
};

describe('a group', () => {
  it('gets the package: one version more, and everything else as it was', async () => {
    const files = { 'WAPT/persistent/kept.json': Buffer.from('{"kept":true}') };
    const more = { description: 'Pilot hosts', keywords: 'a,b', 'x-own': 'kept too' };
    await repository.publish(await group('1.2-9', 'base(>=1.0),other', 'colleague', more, files));
    expect(await apply({ version: '1.2-9' })).toEqual({
      section: 'group',
      name: 'pilot',
      action: 'add',
      label: 'pilot',
      outcome: 'done',
      version: '1.2-10',
      by: null,
      error: null,
    });
    const now = repository.published().at(-1);
    const read = await readPackage(now?.bytes ?? Buffer.alloc(0));
    expect(read.control).toMatchObject({ ...more, depends: 'base(>=1.0),other,rules', signer: 'admin' });
    expect(String(read.files.get('WAPT/persistent/kept.json'))).toBe('{"kept":true}');
    const [line] = value(await store.journalList(1));
    expect(line).toMatchObject({ kind: 'package.assign', user: 'me', reason: 'because' });
    expect(value(await store.journalSeals())).toHaveLength(1);
  });

  it('loses it, and nothing is written where it is so already', async () => {
    await repository.publish(await group('5', 'rules(=3),other'));
    expect(await apply({ action: 'remove' })).toMatchObject({ outcome: 'done', version: '6' });
    expect(newest()).toMatchObject({ depends: 'other' });
    const before = repository.published().length;
    expect(await apply({ action: 'remove', version: '6' })).toMatchObject({ outcome: 'unchanged', version: '6' });
    expect(repository.published()).toHaveLength(before);
    expect(value(await store.journalList(10))).toHaveLength(1);
  });

  it('is merged when somebody published between what was on screen and the change', async () => {
    await repository.publish(await group('5', 'other'));
    await repository.publish(await group('6', 'other,theirs'));
    expect(await apply()).toMatchObject({ outcome: 'merged', version: '7', by: 'colleague' });
    expect(newest()).toMatchObject({ depends: 'other,theirs,rules' });
  });

  it('is merged when somebody published between our reading and our upload', async () => {
    await repository.publish(await group('5', 'other'));
    const theirs = await group('6', 'other,theirs');
    repository.before = async (path, times) => {
      if (path === INDEX && times === 2) await repository.publish(theirs);
    };
    expect(await apply()).toMatchObject({ outcome: 'merged', version: '7', by: 'colleague' });
    expect(newest()).toMatchObject({ depends: 'other,theirs,rules' });
  });

  it('is merged when both gave the same version and ours is the one that counts', async () => {
    await repository.publish(await group('5', 'other'));
    const theirs = await group('6', 'other,theirs');
    repository.before = async (path, times) => {
      if (path === 'POST /api/v3/upload_packages' && times === 1) await repository.publish(theirs);
    };
    expect(await apply()).toMatchObject({ outcome: 'merged', version: '7', by: 'colleague' });
    expect(newest()).toMatchObject({ depends: 'other,theirs,rules' });
  });

  it('tells when ours was replaced, and makes it again when asked', async () => {
    await repository.publish(await group('5', 'other'));
    const theirs = await group('7', 'other,theirs');
    repository.before = async (path, times) => {
      if (path === INDEX && times === 3) await repository.publish(theirs);
    };
    expect(await apply()).toMatchObject({ outcome: 'overwritten', version: '7', by: 'colleague' });
    expect(await apply({ version: '7' })).toMatchObject({ outcome: 'done', version: '8' });
    expect(newest()).toMatchObject({ depends: 'other,theirs,rules' });
  });

  it('is content with a replacement that has the change too', async () => {
    await repository.publish(await group('5', 'other'));
    const theirs = await group('7', 'other,rules,theirs');
    repository.before = async (path, times) => {
      if (path === INDEX && times === 3) await repository.publish(theirs);
    };
    expect(await apply()).toMatchObject({ outcome: 'merged', version: '7', by: 'colleague' });
  });

  it('is made where there is none, and not made again where it was deleted meanwhile', async () => {
    expect(await apply({ version: null })).toMatchObject({ outcome: 'done', version: '1' });
    expect(newest()).toMatchObject({ section: 'group', depends: 'rules', maturity: 'PROD' });
    repository.remove('pilot');
    expect(await apply({ version: '1' })).toMatchObject({ outcome: 'failed', error: { code: 'not-in-index' } });
    expect(await apply({ version: null, name: 'Été' })).toMatchObject({ error: { code: 'name-invalid' } });
  });

  it('may be that of a directory group: its profile is made under the name that the directory has', async () => {
    const profile = { section: 'profile', version: null } as const;
    expect(await apply({ ...profile, name: 'GG Postes Été' })).toMatchObject({ outcome: 'done', version: '1' });
    expect(newest('GG Postes Été')).toMatchObject({ section: 'profile', depends: 'rules', architecture: 'all' });
    expect(newest('GG Postes Été')?.['filename']).toMatch(/^[0-9a-f]{32}_1_PROD/);
    expect(await apply({ ...profile, name: 'gg postes été' })).toMatchObject({
      outcome: 'failed',
      error: { code: 'name-invalid', facts: { reason: 'spelling', name: 'GG Postes Été' } },
    });
    for (const name of [' blank', 'blank ', 'two\nlines', ',x'])
      expect(await apply({ ...profile, name })).toMatchObject({ error: { code: 'name-invalid' } });
  });

  it('does not take the name of something else', async () => {
    await repository.publish(await group('1', '', 'colleague', { section: 'base' }));
    expect(await apply({ version: null })).toMatchObject({
      outcome: 'failed',
      error: { code: 'name-invalid', facts: { reason: 'taken' } },
    });
  });
});

describe('what may not be signed anew', () => {
  it('a package of a signer whom the profile does not know, unless one accepts', async () => {
    await repository.publish(await group('5', 'other', 'stranger'));
    const preview = await previewAssignment(parts, {
      package: 'rules',
      changes: [{ section: 'group', name: 'pilot', action: 'add' }],
    });
    expect(value(preview).steps[0]).toMatchObject({ trust: 'intact', signer: 'stranger', error: null });
    expect(await apply()).toMatchObject({
      outcome: 'failed',
      error: { code: 'package-refused', facts: { reason: 'certificate-untrusted' } },
    });
    expect(await apply({ acceptSigner: true })).toMatchObject({ outcome: 'done', version: '6' });
  });

  it('a package that was changed after it was signed', async () => {
    const bytes = Buffer.from(await group('5', 'other', 'colleague', {}, { 'a.txt': Buffer.from('original text') }));
    // Stored files lie in the archive as they are: the list of hashes no longer fits.
    const at = bytes.lastIndexOf(Buffer.from('a.txt'));
    bytes.write('b.txt', at);
    bytes.write('b.txt', bytes.indexOf(Buffer.from('a.txt')));
    await repository.publish(bytes);
    expect(await apply({ acceptSigner: true })).toMatchObject({
      outcome: 'failed',
      error: { code: 'package-refused', facts: { reason: expect.stringMatching(/^file-/) as string } },
    });
    expect(repository.published()).toHaveLength(1);
  });

  it('a program of a signer whom the profile does not trust, whatever one accepts; one of a trusted signer may', async () => {
    const program = { 'Setup.PY': Buffer.from('pass') };
    await repository.publish(await group('5', 'other', 'stranger', {}, program));
    const refused = { code: 'package-refused', facts: { reason: 'program-untrusted' } };
    const preview = await previewAssignment(parts, {
      package: 'rules',
      changes: [{ section: 'group', name: 'pilot', action: 'add' }],
    });
    expect(value(preview).steps[0]).toMatchObject({ trust: 'intact', error: refused });
    const before = repository.published().length;
    expect(await apply({ acceptSigner: true })).toMatchObject({ outcome: 'failed', error: refused });
    expect(repository.published()).toHaveLength(before);
    await repository.publish(await group('6', 'other', 'colleague', {}, program));
    expect(await apply({ version: '6' })).toMatchObject({ outcome: 'done', version: '7' });
  });

  it('a program, by a certificate that may not sign code', async () => {
    await repository.publish(await group('5', 'other', 'colleague', {}, { 'setup.py': Buffer.from('pass') }));
    parts = { ...parts, signer: await openSigner('clerk') };
    const preview = await previewAssignment(parts, {
      package: 'rules',
      changes: [{ section: 'group', name: 'pilot', action: 'add' }],
    });
    const refused = { code: 'package-refused', facts: { reason: 'needs-code-signing' } };
    expect(value(preview).steps[0]).toMatchObject({ error: refused });
    expect(await apply()).toMatchObject({ outcome: 'failed', error: refused });
    parts = { ...parts, signer: await openSigner('admin') };
    expect(await apply()).toMatchObject({ outcome: 'done', version: '6' });
    const { files } = await readPackage(repository.published().at(-1)?.bytes ?? Buffer.alloc(0));
    expect(files.has('setup.py')).toBe(true);
  });

  it('nothing, without a signer; and after it locked the rest is not tried', async () => {
    parts.signer.lock();
    expect(await assign(parts, { package: 'rules', changes: [], reason: '' }, 'me')).toMatchObject({
      error: { code: 'signer-needed' },
    });
    parts = { ...parts, signer: await openSigner('admin') };
    await repository.publish(await group('5', 'other'));
    repository.before = (path) => {
      if (path === INDEX) parts.signer.lock();
    };
    const change = { section: 'group', name: 'pilot', action: 'add', version: '5', acceptSigner: false } as const;
    const answer = await assign(parts, { package: 'rules', changes: [change, change], reason: '' }, 'me');
    expect(value(answer).results.map(({ error }) => error?.code)).toEqual(['signer-needed', 'signer-needed']);
  });
});

describe('a host', () => {
  const uuid = '11111111-AAAA';
  const change = { section: 'host', name: uuid } as const;

  beforeEach(async () => {
    value(await store.applyHosts({ hosts: [host(uuid, { groups: ['pilot'] }), host('other')], isComplete: true }));
  });

  it('gets the package in its own package, and is shown by its name', async () => {
    await repository.publish(await hostPackage(uuid, '3', 'pilot'));
    expect(await apply({ ...change, version: '3' })).toMatchObject({
      outcome: 'done',
      version: '4',
      label: `${uuid}.example`,
    });
    const { control } = await readPackage(repository.hostPackage(uuid) ?? Buffer.alloc(0));
    expect(control).toMatchObject({ package: uuid, section: 'host', depends: 'pilot,rules' });
  });

  it('gets a package of its own where it has none, with the groups that the server knows', async () => {
    expect(await apply({ ...change, version: null })).toMatchObject({ outcome: 'done', version: '1' });
    const { control } = await readPackage(repository.hostPackage(uuid) ?? Buffer.alloc(0));
    expect(control).toMatchObject({ depends: 'pilot,rules', maturity: '', description: `${uuid}.example` });
  });

  it('is merged, or told, like a group', async () => {
    await repository.publish(await hostPackage(uuid, '3', 'pilot'));
    const [theirs, later] = [await hostPackage(uuid, '4', 'pilot,theirs'), await hostPackage(uuid, '9', 'pilot')];
    const read = `GET /wapt-host/${uuid}.wapt`;
    repository.before = async (path, times) => {
      if (path === read && times === 2) await repository.publish(theirs);
      if (path === read && times === 4) await repository.publish(later);
    };
    expect(await apply({ ...change, version: '3' })).toMatchObject({ outcome: 'overwritten', version: '9' });
    expect(await apply({ ...change, version: '9' })).toMatchObject({ outcome: 'done', version: '10' });
  });

  it('must be one that the server knows', async () => {
    expect(await apply({ section: 'host', name: 'nobody', version: null })).toMatchObject({
      outcome: 'failed',
      error: { code: 'not-found' },
    });
  });
});

describe('what a change would do', () => {
  it('says who gains, who loses, who keeps, and who trusts no part of the chain', async () => {
    await repository.publish(await group('5', 'other'));
    await repository.publish(await group('2', 'pilot', 'colleague', { package: 'wide' }));
    const unit = 'OU=Servers,DC=example,DC=lan';
    const hosts = [
      host('a', { groups: ['pilot'], trustedSigners: ['ff'] }),
      host('b', { groups: ['wide'] }),
      host('c', { groups: ['pilot', 'rules'] }),
      host('d', { groups: ['rules'] }),
      host('e', { groups: ['rules'], organizationalUnit: `OU=SQL,${unit}` }),
      host('f'),
    ];
    value(await store.applyHosts({ hosts, isComplete: true }));
    const changes = [
      { section: 'group', name: 'pilot', action: 'add' },
      { section: 'host', name: 'd', action: 'remove' },
      { section: 'host', name: 'e', action: 'remove' },
      { section: 'unit', name: unit, action: 'add' },
    ] as const;
    for (const each of ['d', 'e']) await repository.publish(await hostPackage(each, '1', 'rules'));
    const preview = value(await previewAssignment(parts, { package: 'rules', changes: [...changes] }));
    expect(preview.gained.map((each) => each.uuid)).toEqual(['a', 'b']);
    expect(preview.lost.map((each) => each.uuid)).toEqual(['d']);
    expect(preview).toMatchObject({ kept: 2, untrusting: [{ uuid: 'a' }], forecast: null });
    expect(preview.steps.map(({ version, trust, isSettled }) => [version, trust, isSettled])).toEqual([
      ['5', 'verified', false],
      ['1', 'verified', false],
      ['1', 'verified', false],
      [null, 'new', false],
    ]);
    const now = value(await readAssignment(store, 'rules'));
    expect(
      now.targets.filter((target) => target.section === 'unit').map((target) => [target.name, target.hosts]),
    ).toEqual([
      [`OU=SQL,${unit}`, 1],
      [unit, 1],
    ]);
    expect(now.hosts.map((each) => each.uuid)).toEqual(['c', 'd', 'e']);
  });

  it('offers the directory groups of hosts, and counts apart those that never named theirs', async () => {
    const hosts = [
      host('a', { directoryGroups: ['WAPT_desk', 'Domain Computers'] }),
      host('b', { directoryGroups: ['wapt_DESK'], groups: ['rules'] }),
      host('c', { directoryGroups: [] }),
      host('d'),
      host('e', { groups: ['rules'] }),
    ];
    value(await store.applyHosts({ hosts, isComplete: true }));
    const targets = async () =>
      value(await readAssignment(store, 'rules')).targets.map((target) => [
        target.name,
        target.version,
        target.hosts,
        target.unsureHosts,
        target.carries,
      ]);
    expect(await targets()).toEqual([
      ['WAPT_desk', null, 2, 2, 'none'],
      ['Domain Computers', null, 1, 2, 'none'],
    ]);
    const add = { section: 'profile', name: 'WAPT_desk', action: 'add' } as const;
    const before = value(await previewAssignment(parts, { package: 'rules', changes: [add] }));
    const uuids = (list: readonly { readonly uuid: string }[]) => list.map(({ uuid }) => uuid);
    expect([before.gained, before.lost, before.unsure].map(uuids)).toEqual([['a'], [], ['d']]);
    expect(before).toMatchObject({ kept: 2, steps: [{ version: null, trust: 'new', error: null }] });
    const record = { package: 'WAPT_desk', section: 'profile', version: '1', maturity: 'PROD' } as const;
    value(await store.applyCarriers([{ ...record, depends: 'rules', description: '', signer: 'admin' }]));
    await repository.publish(await group('1', 'rules', 'colleague', { package: 'WAPT_desk', section: 'profile' }));
    expect((await targets())[0]).toEqual(['WAPT_desk', '1', 2, 2, 'direct']);
    expect(value(await readAssignment(store, 'rules'))).toMatchObject({ reached: ['a', 'b', 'e'], unsure: 1 });
    const after = value(await previewAssignment(parts, { package: 'rules', changes: [{ ...add, action: 'remove' }] }));
    expect([after.gained, after.lost, after.unsure].map(uuids)).toEqual([[], ['a'], ['d']]);
  });
});
