import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ schedules: false });
  bench = await testConsole(lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

async function otherProfile(): Promise<string> {
  const { id } = await bench.need('profiles.save', { id: null, name: 'Real', address: lab.url, user: 'admin' });
  return id;
}

it('does not sign in to a server that nobody vouched for, and sends it no password', async () => {
  const profileId = await otherProfile();
  const refused = await bench.ask('session.signIn', {
    profileId,
    user: 'admin',
    password: 'secret',
    keepPassword: false,
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'tls-untrusted' } });
});

it("refuses the lab's authority on a profile that is not the lab's", async () => {
  const profileId = await otherProfile();
  const [file] = (await bench.need('files.list', { kind: 'ca' })).filter((each) => each.certificate?.isCa === true);
  expect(file).toBeDefined();
  const refused = await bench.ask('session.trust', { profileId, trust: { kind: 'ca', fileId: file?.id ?? '' } });
  expect(refused).toMatchObject({ ok: false, error: { code: 'lab-only', field: 'fileId' } });
});

it("refuses to pin the lab's certificate on a profile that is not the lab's", async () => {
  const profileId = await otherProfile();
  const contact = await bench.need('session.inspect', { profileId });
  expect(contact.verdict).toBe('tls-untrusted');
  const refused = await bench.ask('session.trust', {
    profileId,
    trust: { kind: 'pin', fingerprint: contact.chain[0]?.fingerprint ?? '' },
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'lab-only' } });
});

it('pins only the certificate that was on screen', async () => {
  await bench.need('session.inspect', { profileId: 'lab' });
  const refused = await bench.ask('session.trust', {
    profileId: 'lab',
    trust: { kind: 'pin', fingerprint: '0'.repeat(64) },
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'tls-changed' } });
  const never = await bench.ask('session.trust', {
    profileId: await otherProfile(),
    trust: { kind: 'pin', fingerprint: '0'.repeat(64) },
  });
  expect(never).toMatchObject({ ok: false, error: { code: 'tls-changed' } });
});

it('forgets what was trusted when the address changes', async () => {
  await signedIn(bench, lab);
  const before = (await bench.need('profiles.list', {})).find((profile) => profile.id === 'lab');
  expect(before?.trust).toMatchObject({ kind: 'ca' });
  const after = await bench.need('profiles.save', {
    id: 'lab',
    name: 'Lab',
    address: 'https://other.example',
    user: 'admin',
  });
  expect(after).toMatchObject({ trust: null, isLab: false });
  await bench.need('session.signOut', {});
});

it('goes on where one was after the server asked again', async () => {
  const again = await testConsole(lab);
  await signedIn(again, lab);
  await lab.setFault({ kind: 'signed-out' });
  await until(
    async () => {
      await again.ask('sync.start', { full: true });
      return again.need('session.state', {});
    },
    (state) => state.kind === 'expired',
  );
  expect((await again.need('session.state', {})).kind).toBe('expired');
  expect((await again.need('updates.list', {})).rows.length).toBeGreaterThan(0);
  await lab.clearFaults();
  await signedIn(again, lab);
  expect((await again.need('session.state', {})).kind).toBe('open');
  await again.stop();
});

it('does nothing that it could not write in the journal: a second console on a profile only looks', async () => {
  const first = await testConsole(lab);
  await signedIn(first, lab);
  const second = await testConsole(lab, first.data);
  await signedIn(second, lab);
  await signer(second, lab);
  const [row] = (await second.need('hosts.list', {})).rows;
  const [update] = (await second.need('updates.list', {})).rows;
  const [published] = (await second.need('packages.list', {})).packages;
  const updateIds = [update?.updateId ?? ''];
  const answers = [
    await second.ask('actions.trigger', { action: 'scan', uuids: [row?.uuid ?? ''] }),
    await second.ask('updates.download', { updateIds }),
    await second.ask('updates.deleteFiles', { updateIds }),
    await second.ask('index.download', { force: true, missing: false }),
    await second.ask('packages.delete', { filenames: [published?.filename ?? ''], reason: '' }),
    await second.ask('packages.publish', { draftId: 'x', version: '1', overMoved: false, reason: '' }),
  ];
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect(await second.need('journal.list', { limit: 1 })).toEqual([]);
  await second.stop();
  await first.stop();
});

it('reaches the lab on 127.0.0.1 and on no other address', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map(({ address }) => address)
    .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
  for (const host of [...others, '127.0.0.2']) {
    const reached = await new Promise<boolean>((done) => {
      const socket = connect({ host, port: lab.port, timeout: 500 }, () => done(true));
      socket.on('error', () => done(false));
      socket.on('timeout', () => done(false));
      socket.on('connect', () => socket.destroy());
    });
    expect([host, reached]).toEqual([host, false]);
  }
});
