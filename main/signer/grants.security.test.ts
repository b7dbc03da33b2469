import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAction } from '../../wapt/index.ts';
import { type Identity, makeIdentity } from '../../wapt/testing.ts';
import { createEventHub } from '../ipc/events.ts';
import { createFileRegistry } from '../platform/files.ts';
import { temporaryFolder, testPlatform } from '../platform/testing.ts';
import type { GrantTerms, SignerGrant } from './grants.ts';
import { createSigner, type SignerService } from './signer.ts';

const PASSPHRASE = 'correct horse battery staple';
const MINUTE = 60_000;
const DAY = 86_400_000;
let people: Record<'alice' | 'bob' | 'late', Identity>;
let folder: ReturnType<typeof temporaryFolder>;
let now: number;
let signer: SignerService;

const open = async (name: string): Promise<void> => {
  const files = createFileRegistry({ platform: testPlatform(folder.path) });
  const found = (await files.list('certificate')).find((file) => file.name === `${name}.crt`);
  const answer = await signer.open({ certificateId: found?.id ?? '', keyId: null, passphrase: PASSPHRASE });
  expect(answer.ok).toBe(true);
};

const terms = (more: Partial<GrantTerms> = {}): GrantTerms => ({
  actions: ['trigger_waptwua_scan'],
  uuids: ['U1', 'U2'],
  until: now + 60 * MINUTE,
  selectionAttribute: null,
  ...more,
});
const lend = (more: Partial<GrantTerms> = {}): SignerGrant => {
  const lent = signer.lend(terms(more));
  if (!lent.ok) throw new Error(JSON.stringify(lent.error));
  return lent.value;
};
const action = { action: 'trigger_waptwua_scan', uuid: 'U1', notify_server: true, force: false };

beforeAll(async () => {
  const alice = await makeIdentity({ name: 'alice' });
  people = {
    alice,
    bob: await makeIdentity({ name: 'bob' }),
    late: await makeIdentity({ name: 'late', keysOf: alice, notAfter: new Date(Date.now() + 0.5 * DAY) }),
  };
});

beforeEach(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'keys'));
  for (const [name, identity] of Object.entries(people)) {
    writeFileSync(join(folder.path, 'keys', `${name}.crt`), identity.certificatePem);
    const key = createPrivateKey(identity.keyPem);
    writeFileSync(
      join(folder.path, 'keys', `${name}.pem`),
      key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE }).toString(),
    );
  }
  now = Date.now();
  const files = createFileRegistry({ platform: testPlatform(folder.path) });
  signer = createSigner({ files, events: createEventHub(), now: () => new Date(now), idleMs: 15 * MINUTE });
  await open('alice');
});

afterEach(() => {
  signer.stop();
  folder.remove();
});

const ended = { ok: false, error: { code: 'signer-needed' } };

describe('a signer that is lent', () => {
  it('signs its action for its hosts, as agents accept it, also after the signer locked itself', () => {
    const grant = lend();
    now += 20 * MINUTE;
    expect(signer.signActions([action])).toEqual(ended);
    expect(signer.state().kind).toBe('locked');
    const signed = grant.signActions([action, { ...action, uuid: 'U2' }]);
    const trusted = [people.alice.certificatePem];
    expect(signed.ok && signed.value.every((each) => verifyAction(each, { trusted, now: new Date(now) }).ok)).toBe(
      true,
    );
    expect(grant.signJournalHead('a'.repeat(64)).ok).toBe(true);
    expect(() => grant.signJournalHead('{"action":"trigger_waptwua_install"}')).toThrow(TypeError);
  });

  it.each<[string, object]>([
    ['another action', { action: 'trigger_waptwua_install' }],
    ['the same action with other letters', { action: 'TRIGGER_WAPTWUA_SCAN' }],
    ['no action', { action: undefined }],
    ['another host', { uuid: 'U3' }],
    ['many hosts', { uuid: ['U1', 'U2'] }],
    ['hosts beside the host', { uuids: ['U3'] }],
    ['packages', { packages: ['evil'] }],
    ['force', { force: true }],
    ['a silent order', { notify_server: false }],
    ['chosen updates', { update_ids: ['x_1'] }],
  ])('refuses %s, and signs nothing of the whole list', (_what, over) => {
    const answer = lend().signActions([action, { ...action, ...over }]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'outside-grant' } });
  });

  it('takes chosen updates under the configured name alone, and only as names', () => {
    const grant = lend({ selectionAttribute: 'update_ids' });
    expect(grant.signActions([{ ...action, update_ids: ['x_1'] }]).ok).toBe(true);
    for (const update_ids of [[], 'x_1', [{ a: 1 }], null])
      expect(grant.signActions([{ ...action, update_ids }]).ok).toBe(false);
    expect(grant.signActions([{ ...action, updates: ['x_1'] }]).ok).toBe(false);
  });

  it('ends at its time, by the clock and not by a timer', () => {
    const grant = lend();
    now += 60 * MINUTE - 1;
    expect(grant.signActions([action]).ok).toBe(true);
    now += 1;
    expect(grant.signActions([action])).toEqual(ended);
    expect(grant.signJournalHead('a'.repeat(64))).toEqual(ended);
    now -= 10 * MINUTE;
    expect(grant.signActions([action])).toEqual(ended);
  });

  it('ends with its certificate', async () => {
    await open('late');
    const grant = lend({ until: now + DAY });
    expect(grant.signActions([action]).ok).toBe(true);
    now += 0.6 * DAY;
    expect(grant.signActions([action])).toMatchObject({ ok: false, error: { code: 'signer-expired' } });
    expect(grant.signJournalHead('a'.repeat(64))).toMatchObject({ ok: false, error: { code: 'signer-expired' } });
  });

  it.each<[string, () => unknown]>([
    ['is locked by hand', () => signer.lock()],
    [
      'is locked by hand after it had locked itself',
      () => [(now += 20 * MINUTE), signer.signActions([action]), signer.lock()],
    ],
    ['goes to another profile', () => signer.use({ isLab: false }, null)],
    ['makes room for another one', () => open('bob')],
    ['ends with the console', () => signer.stop()],
  ])('ends when the signer %s', async (_how, end) => {
    const grant = lend();
    expect(signer.state()).toMatchObject({ lentUntil: grant.until });
    await end();
    expect(grant.isAlive()).toBe(false);
    expect(grant.signActions([action])).toEqual(ended);
    expect(signer.state()).not.toHaveProperty('lentUntil');
  });

  it('ends when it is given back, and no other with it', () => {
    const [one, other] = [lend(), lend()];
    one.end();
    expect(one.signActions([action])).toEqual(ended);
    expect(other.signActions([action]).ok).toBe(true);
  });

  it('stays when the same signer is opened again', async () => {
    const grant = lend();
    await open('alice');
    expect(grant.signActions([action]).ok).toBe(true);
  });

  it('is lent only while it is open, and for a week at the most', () => {
    for (const until of [now, now - 1, now + 7 * DAY + 1, Number.NaN])
      expect(signer.lend(terms({ until }))).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(signer.lend(terms({ until: now + 7 * DAY })).ok).toBe(true);
    signer.lock();
    expect(signer.lend(terms())).toEqual(ended);
  });

  it('keeps the signer itself open no longer, nor do orders that nobody watches', () => {
    const grant = lend();
    for (let minutes = 0; minutes < 20; minutes += 5) {
      grant.signActions([action]);
      signer.signActions([action], { unattended: true });
      now += 5 * MINUTE;
    }
    expect(signer.signActions([action])).toEqual(ended);
  });

  it('is functions and two words; no key leaves', () => {
    const grant = lend();
    expect(Object.keys(grant).toSorted()).toEqual(
      ['end', 'id', 'isAlive', 'signActions', 'signJournalHead', 'until'].toSorted(),
    );
    const shown = JSON.stringify([grant, signer.state(), Object.values(grant).map(String)]);
    expect(shown).not.toContain('PRIVATE');
    expect(readFileSync(join(import.meta.dirname, 'grants.ts'), 'utf8')).not.toMatch(/keyPem|privateKey/i);
  });
});
