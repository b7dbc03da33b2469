import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab;
let data: string;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ schedules: false });
  data = mkdtempSync(join(tmpdir(), 'waptwua-'));
  bench = await testConsole(lab, data);
  await signedIn(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
  rmSync(data, { recursive: true, force: true });
});

async function publish(reason: string): Promise<void> {
  const empty = {
    allowedUpdates: [],
    forbiddenUpdates: [],
    allowedKbs: ['KB1111111'],
    forbiddenKbs: [],
    allowedProducts: [],
    allowedSeverities: [],
    allowedClassifications: [],
  };
  const draft = await bench.need('drafts.save', {
    id: null,
    package: 'lab-wua-journal',
    description: '',
    maturity: 'PROD',
    rules: empty,
    base: null,
  });
  const { version } = await bench.need('packages.check', { draftId: draft.id });
  await bench.need('packages.publish', { draftId: draft.id, version, overMoved: true, reason });
}

/** Does to the file what somebody could who has it. */
async function forge(sql: string): Promise<void> {
  await bench.stop();
  const file = readdirSync(data, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.db'));
  const db = new DatabaseSync(join(data, file ?? ''));
  db.exec(`DROP TRIGGER IF EXISTS journal_is_never_changed; ${sql}`);
  db.close();
  bench = await testConsole(lab, data);
  await bench.need('session.openOffline', { profileId: 'lab' });
}

it('says that the journal is whole, and by whom it is sealed', async () => {
  expect(await bench.need('journal.check', {})).toEqual({
    entries: 0,
    brokenAt: null,
    seals: 0,
    brokenSeal: null,
    lastSeal: null,
  });
  await signer(bench, lab);
  await until(
    () => bench.need('packages.list', {}),
    (list) => list.packages.length > 0,
  );
  await publish('first');
  await publish('second');
  const state = await bench.need('journal.check', {});
  const entries = await bench.need('journal.list', { limit: 10 });
  expect(state).toMatchObject({ entries: entries.length, brokenAt: null, seals: 2, brokenSeal: null });
  expect(state.lastSeal).toMatchObject({
    id: entries[0]?.id,
    at: entries[0]?.at,
    signer: expect.stringMatching(/CN=/),
  });
});

it('still knows the signer when its key is locked', async () => {
  await bench.need('signer.lock', {});
  expect((await bench.need('journal.check', {})).lastSeal?.signer).not.toBeNull();
});

it('finds the line that was changed', async () => {
  const before = await bench.need('journal.list', { limit: 10 });
  const first = before.findLast((entry) => entry.reason === 'first');
  await forge(`UPDATE journal SET reason = 'somebody else did it' WHERE id = ${first?.id ?? 0}`);
  expect(await bench.need('journal.check', {})).toMatchObject({ brokenAt: first?.id });
  await forge(`UPDATE journal SET reason = 'first' WHERE id = ${first?.id ?? 0}`);
  expect(await bench.need('journal.check', {})).toMatchObject({ brokenAt: null, brokenSeal: null });
});

it('finds a seal that its signer did not make', async () => {
  const [newest] = await bench.need('journal.list', { limit: 1 });
  await forge(
    `UPDATE journal_seals SET signature = (SELECT signature FROM journal_seals ORDER BY id LIMIT 1) WHERE id = ${newest?.id ?? 0}`,
  );
  const state = await bench.need('journal.check', {});
  expect(state).toMatchObject({ brokenAt: null, brokenSeal: newest?.id });
  expect(state.lastSeal?.id).not.toBe(newest?.id);
});
