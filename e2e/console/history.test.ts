import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ schedules: false });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  await signer(bench, lab);
  await until(
    () => bench.need('packages.list', {}),
    (list) => list.packages.length > 0,
  );
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

const rules = (some: { allowedKbs?: string[]; forbiddenKbs?: string[] }) => ({
  allowedUpdates: [],
  forbiddenUpdates: [],
  allowedKbs: [],
  forbiddenKbs: [],
  allowedProducts: [],
  allowedSeverities: [],
  allowedClassifications: [],
  ...some,
});

async function publish(
  some: Parameters<typeof rules>[0],
  base: { filename: string; version: string } | null,
  reason: string,
) {
  const draft = await bench.need('drafts.save', {
    id: null,
    package: 'lab-wua-history',
    description: base === null ? '' : 'of version 2',
    maturity: 'PROD',
    rules: rules(some),
    base: base === null ? null : { filename: base.filename, version: base.version },
  });
  const { version } = await bench.need('packages.check', { draftId: draft.id });
  return bench.need('packages.publish', { draftId: draft.id, version, overMoved: false, reason });
}

it('keeps every version, shows what changed and why, and brings an old one back as a new one', async () => {
  const first = await publish({ allowedKbs: ['KB1111111'] }, null, 'first try');
  const second = await publish({ forbiddenKbs: ['KB1111111'], allowedKbs: ['KB2222222'] }, first, 'it broke printers');
  const versions = await bench.need('history.versions', { package: 'lab-wua-history' });
  expect(versions.map((each) => [each.version, each.published?.reason])).toEqual([
    ['2', 'it broke printers'],
    ['1', 'first try'],
  ]);
  expect(await bench.need('history.diff', { package: 'lab-wua-history', from: '1', to: '2' })).toEqual({
    from: '1',
    to: '2',
    lists: [
      { list: 'forbiddenKbs', added: ['KB1111111'], removed: [] },
      { list: 'allowedKbs', added: ['KB2222222'], removed: ['KB1111111'] },
    ],
    besideKbs: 0,
    control: [{ field: 'description', from: '', to: 'of version 2' }],
  });
  const seen = await bench.need('history.diff', { package: 'lab-wua-history', from: '1', to: '2' });
  await bench.need('packages.delete', { filenames: [first.filename], reason: '' });
  const left = await bench.need('history.versions', { package: 'lab-wua-history' });
  expect(left.find((each) => each.version === '1')).toMatchObject({
    filename: null,
    published: { reason: 'first try' },
  });
  // The journal has the fields that the repository has no more.
  expect(await bench.need('history.diff', { package: 'lab-wua-history', from: '1', to: '2' })).toEqual(seen);
  const draft = await bench.need('history.restore', { package: 'lab-wua-history', version: '1' });
  expect(draft).toMatchObject({
    rules: { allowedKbs: ['KB1111111'], forbiddenKbs: [] },
    base: { version: second.version },
  });
  const check = await bench.need('packages.check', { draftId: draft.id });
  expect(check).toMatchObject({ version: '3', movedTo: null });
});

it('says that nothing is known of a version that never was', async () => {
  expect(await bench.ask('history.rules', { package: 'lab-wua-history', version: '99' })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});
