import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from '../../contract/schemas/packages.ts';
import { defaultFilter } from '../../domain/catalogue.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Fault } from '../../lab/options.ts';
import { incrementVersion } from '../../wapt/index.ts';
import { makeIdentity } from '../../wapt/testing.ts';
import { type Bench, noRules, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ schedules: false });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  writeFileSync(join(lab.signer.directory, 'other.pem'), other.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(dirname(lab.caFile), 'alone.crt'), (await makeIdentity({ name: 'alone' })).certificatePem);
  bench = await testConsole(lab);
  await signedIn(bench, lab);
});
afterEach(async () => {
  await lab.clearFaults();
});
afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

const rules = (forbidden: string): Draft['rules'] => ({
  ...noRules(),
  forbiddenKbs: [forbidden],
});

const saveDraft = (name: string, by: Bench = bench, base: Draft['base'] = null): Promise<Draft> =>
  by.need('drafts.save', {
    id: null,
    package: name,
    description: '',
    maturity: 'PROD',
    rules: rules('KB5000001'),
    base,
  });

const draftIds = async (by: Bench = bench): Promise<readonly string[]> =>
  (await by.need('drafts.list', {})).map(({ id }) => id);

/** The end of the next sync that is asked for. */
async function sync(): Promise<string | null> {
  const before = (await bench.need('sync.state', {})).finishedAt;
  await bench.need('sync.start', { full: true });
  const state = await until(
    () => bench.need('sync.state', {}),
    ({ phase, finishedAt }) => phase === 'idle' && finishedAt !== before,
    60,
  );
  return state.error;
}

const anotherProfile = async (address: string): Promise<string> =>
  (await bench.need('profiles.save', { id: null, name: 'Other', address, user: 'admin' })).id;

const password = (): string => lab.users.find(({ name }) => name === 'admin')?.password ?? '';
const signIn = () =>
  bench.ask('session.signIn', { profileId: 'lab', user: 'admin', password: password(), keepPassword: false });

describe('an address', () => {
  it.each([
    ['http://srvwapt.example', 'not-https'],
    ['https://admin:secret@srvwapt.example', 'credentials'],
    ['srv wapt', 'not-an-address'],
    ['ftp://srvwapt.example', 'not-https'],
    ['javascript:alert(1)', 'not-an-address'],
  ])('like %s is refused at its field', async (address, reason) => {
    const refused = await bench.ask('profiles.save', { id: null, name: 'x', address, user: 'admin' });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'address-invalid', field: 'address', facts: { reason } },
    });
  });

  it('that nobody has, and one where nobody listens, are told apart', async () => {
    const nobody = await anotherProfile('https://nobody.invalid');
    expect(await bench.ask('session.inspect', { profileId: nobody })).toMatchObject({ error: { code: 'dns' } });
    const silent = createServer();
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const at = silent.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    await new Promise((done) => silent.close(done));
    const closed = await anotherProfile(`https://127.0.0.1:${port}`);
    expect(await bench.ask('session.inspect', { profileId: closed })).toMatchObject({ error: { code: 'refused' } });
  });
});

describe('a server that answers oddly leaves what was read before', () => {
  const cases: readonly (readonly [Fault, string])[] = [
    [{ kind: 'html', path: '/api/' }, 'not-wapt'],
    [{ kind: 'over-limit', path: '/api/v3/hosts' }, 'too-large'],
    [{ kind: 'malformed', path: '/api/v3/hosts' }, 'malformed'],
    [{ kind: 'cut', path: '/api/v3/hosts' }, 'cut-off'],
    [{ kind: 'bad-gateway', path: '/api/' }, 'server-broken'],
    [{ kind: 'client-certificate', path: '/api/' }, 'client-certificate-needed'],
    [{ kind: 'down' }, 'refused'],
    [{ kind: 'expired-certificate' }, 'tls-expired'],
    [{ kind: 'wrong-name-certificate' }, 'tls-wrong-name'],
    [{ kind: 'unknown-authority' }, 'tls-untrusted'],
  ];
  it.each(cases)('%j ends in %s', async (fault, code) => {
    const before = await bench.need('updates.list', {});
    const hosts = (await bench.need('hosts.list', {})).rows.length;
    await lab.setFault(fault);
    expect(await sync()).toBe(code);
    expect((await bench.need('updates.list', {})).rows).toHaveLength(before.rows.length);
    expect((await bench.need('hosts.list', {})).rows).toHaveLength(hosts);
    await lab.clearFaults();
    expect(await sync()).toBe(null);
    expect((await bench.need('sync.freshness', {})).isOffline).toBe(false);
  });

  it.each([
    [{ kind: 'html', path: '/ping' }, 'not-wapt'],
    [{ kind: 'down' }, 'refused'],
    [{ kind: 'expired-certificate' }, 'tls-expired'],
  ] as const)('and at sign-in %j ends in %s, with the data still to be opened', async (fault, code) => {
    await bench.need('session.signOut', {});
    await lab.setFault(fault);
    expect(await signIn()).toMatchObject({ ok: false, error: { code } });
    expect(await bench.need('session.openOffline', { profileId: 'lab' })).toMatchObject({ kind: 'offline' });
    expect((await bench.need('hosts.list', {})).rows).toHaveLength(lab.hosts.length);
    await lab.clearFaults();
    await signedIn(bench, lab);
  });

  it('shows an expired certificate with its dates before anybody signs in', async () => {
    await lab.setFault({ kind: 'expired-certificate' });
    const contact = await bench.need('session.inspect', { profileId: 'lab' });
    expect(contact.verdict).toBe('tls-expired');
    expect(Date.parse(contact.chain[0]?.notAfter ?? '')).toBeLessThan(Date.now());
  });
});

describe('10,000 updates with nothing but an id', () => {
  it('are kept, found and shown as they came', async () => {
    await lab.setFault({ kind: 'null-updates' });
    expect(await sync()).toBe(null);
    const { rows } = await bench.need('updates.list', {});
    const odd = rows.filter(({ updateId }) => updateId.startsWith('00000000-0000-4000-8000-'));
    expect(odd).toHaveLength(10_000);
    const titles = odd.map(({ title }) => title);
    expect(titles).toContain('<img src=x onerror="alert(1)"><b>bold</b> & "quotes"');
    expect(titles).toContain('\u202Egnp.exe\u202C reversed');
    const found = await bench.need('updates.query', {
      filter: {
        ...defaultFilter,
        severities: [],
        products: [],
        classifications: [],
        scope: 'reported',
        search: 'onerror="alert(1)"',
      },
    });
    expect(found.ids).toHaveLength(1);
    for (const search of ['.*', '(', '[a-', '\\', '$&', '%', "' OR 1=1 --"]) {
      const answer = await bench.ask('updates.query', {
        filter: { ...defaultFilter, severities: [], products: [], classifications: [], search },
      });
      expect(answer).toMatchObject({ ok: true });
    }
    await lab.clearFaults();
    expect(await sync()).toBe(null);
  });
});

describe('a signer', () => {
  const files = async () => ({
    certificates: await bench.need('files.list', { kind: 'certificate' }),
    keys: await bench.need('files.list', { kind: 'key' }),
  });

  it('with a wrong passphrase, the key of another, or no key is told apart, and none is open', async () => {
    const { certificates, keys } = await files();
    const own = certificates.find(({ name }) => name === basename(lab.signer.certificateFile));
    const other = keys.find(({ name }) => name === 'other.pem');
    const alone = certificates.find(({ name }) => name === 'alone.crt');
    const open = (certificateId = '', keyId: string | null = null, passphrase = 'wrong') =>
      bench.ask('signer.open', { certificateId, keyId, passphrase });
    expect(await open(own?.id)).toMatchObject({ ok: false, error: { code: 'wrong-passphrase' } });
    expect(await open(own?.id, null, '')).toMatchObject({ ok: false, error: { code: 'passphrase-needed' } });
    expect(await open(own?.id, other?.id)).toMatchObject({ ok: false, error: { code: 'key-mismatch' } });
    expect(await open(alone?.id)).toMatchObject({ ok: false, error: { code: 'key-missing' } });
    expect(await open('../../etc/passwd')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect((await bench.need('signer.state', {})).kind).not.toBe('open');
    await signer(bench, lab);
    expect(await open(own?.id)).toMatchObject({ ok: false, error: { code: 'wrong-passphrase' } });
    expect((await bench.need('signer.state', {})).kind).toBe('open');
  });
});

describe('a package', () => {
  it('of the index that is corrupted is refused where it stands, and no new version is made of it', async () => {
    await signer(bench, lab);
    const fresh = await testConsole(lab);
    await lab.setFault({ kind: 'corrupted-package' });
    await signedIn(fresh, lab);
    const { packages } = await until(
      () => fresh.need('packages.list', {}),
      (list) => list.packages.length > 0 && list.packages.every(({ verification }) => verification.kind !== 'pending'),
    );
    expect(packages.map(({ verification }) => verification)).toContainEqual({ kind: 'refused', reason: 'md5' });
    const { filename = '', version = '', package: name = '' } = packages.find(({ isNewest }) => isNewest) ?? {};
    expect(await fresh.ask('packages.read', { filename })).toMatchObject({
      ok: false,
      error: { code: 'package-refused', facts: { reason: 'md5' } },
    });
    await signer(fresh, lab);
    const draft = await saveDraft(name, fresh, { filename, version });
    const refused = { ok: false, error: { code: 'package-refused' } };
    expect(await fresh.ask('packages.check', { draftId: draft.id })).toMatchObject(refused);
    const next = incrementVersion(version);
    expect(
      await fresh.ask('packages.publish', { draftId: draft.id, version: next, overMoved: false, reason: '' }),
    ).toMatchObject(refused);
    expect(await draftIds(fresh)).toContain(draft.id);
    await fresh.stop();
  });

  it('whose upload is cut half-way is not there, its draft is, and the next time it goes through', async () => {
    await signer(bench, lab);
    const draft = await saveDraft('lab-cut');
    const { version } = await bench.need('packages.check', { draftId: draft.id });
    const request = { draftId: draft.id, version, overMoved: false, reason: 'cut' };
    const journal = await bench.need('journal.list', { limit: 1 });
    await lab.setFault({ kind: 'upload-cut' });
    expect(await bench.ask('packages.publish', request)).toMatchObject({ ok: false, error: { code: 'cut-off' } });
    expect(await draftIds()).toContain(draft.id);
    expect(await bench.need('journal.list', { limit: 1 })).toEqual(journal);
    await lab.clearFaults();
    expect(await bench.need('packages.publish', request)).toMatchObject({ package: 'lab-cut', version });
    expect(await draftIds()).not.toContain(draft.id);
  });

  it('published by two consoles at once is known to both, and nobody loses a draft', async () => {
    await signer(bench, lab);
    const other = await testConsole(lab);
    await signedIn(other, lab);
    await signer(other, lab);
    const both = [bench, other] as const;
    const drafts = await Promise.all(both.map((each) => saveDraft('lab-twice', each)));
    const answers = await Promise.all(
      both.map((each, at) =>
        each.ask('packages.publish', { draftId: drafts[at]?.id ?? '', version: '1', overMoved: false, reason: '' }),
      ),
    );
    for (const [at, answer] of answers.entries()) {
      const isLeft = (await draftIds(both[at])).includes(drafts[at]?.id ?? '');
      expect(isLeft).toBe(!answer.ok);
      if (!answer.ok) expect(answer.error.code).toBe('version-moved');
    }
    // Whoever was refused, or told of the other, publishes on top of what is there.
    for (const [at, each] of both.entries()) {
      if (answers[at]?.ok !== false) continue;
      const draftId = drafts[at]?.id ?? '';
      const { version } = await each.need('packages.check', { draftId });
      expect(await each.need('packages.publish', { draftId, version, overMoved: true, reason: '' })).toMatchObject({
        package: 'lab-twice',
      });
    }
    const { packages } = await bench.need('packages.list', {});
    expect(packages.filter((each) => each.package === 'lab-twice' && each.isNewest)).toHaveLength(1);
    await other.stop();
  });
});

describe('a host', () => {
  it('that is unknown is said to be', async () => {
    expect(await bench.ask('hosts.get', { uuid: 'nobody' })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    await signer(bench, lab);
    const run = await bench.need('actions.trigger', { action: 'scan', uuids: ['nobody', 'no\nbody\u0000'] });
    expect(run.hosts).toMatchObject([
      { progress: 'failed', code: 'not-found' },
      { progress: 'failed', code: 'not-found' },
    ]);
  });

  it('that drops an order without a word ends in its own state', async () => {
    const plain = await testLab({ schedules: false, community: true, hosts: 6 });
    const console = await testConsole(plain);
    await signedIn(console, plain);
    await signer(console, plain);
    const { rows } = await console.need('hosts.list', {});
    const reachable = rows.find((row) => row.reachable === 'OK');
    const run = await console.need('actions.trigger', { action: 'scan', uuids: [reachable?.uuid ?? ''] });
    const ended = await until(
      async () => (await console.need('actions.runs', {})).find(({ id }) => id === run.id),
      (now) => now?.endedAt != null,
      60,
    );
    expect(ended?.hosts).toMatchObject([{ progress: 'no-task', code: null }]);
    await console.stop();
    await plain.stop();
  });
});

describe('a clock', () => {
  it('that is off by hours lets no order out, since every host would drop it in silence', async () => {
    const late = await testLab({ schedules: false, clockOffset: -7 * 3_600_000 });
    const console = await testConsole(late);
    await signedIn(console, late);
    const state = await console.need('session.state', {});
    expect(state.kind === 'open' ? state.server.clockDifference : null).toBeCloseTo(-25_200, -2);
    await signer(console, late);
    const { rows } = await console.need('hosts.list', {});
    const journal = await console.need('journal.list', { limit: 1 });
    expect(await console.ask('actions.trigger', { action: 'scan', uuids: rows.map(({ uuid }) => uuid) })).toMatchObject(
      { ok: false, error: { code: 'clock-off' } },
    );
    expect(await console.need('actions.runs', {})).toEqual([]);
    expect(await console.need('journal.list', { limit: 1 })).toEqual(journal);
    await console.stop();
    await late.stop();
  });
});
