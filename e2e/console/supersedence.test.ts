import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultFilter, type UpdateFilter } from '../../domain/catalogue.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, testConsole, testLab } from './harness.ts';

let lab: Lab;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ schedules: false });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

const ask = (part: Partial<UpdateFilter>) =>
  bench.need('updates.query', { filter: { ...defaultFilter, scope: 'reported', ...part } });

it('hides superseded updates by default, and the number beside is exactly what appears', async () => {
  const asOpened = await ask({});
  expect(asOpened.hiddenSuperseded).toBeGreaterThan(0);
  const shown = await ask({ hideSuperseded: false });
  expect(shown.ids.length).toBe(asOpened.ids.length + asOpened.hiddenSuperseded);
  expect(shown.hiddenSuperseded).toBe(0);
  const { rows } = await bench.need('updates.list', {});
  const superseded = new Set(rows.filter((row) => row.isSuperseded).map((row) => row.updateId));
  expect(asOpened.ids.some((id) => superseded.has(id))).toBe(false);
});

it('lets the newest of the daily definitions stand for the older ones', async () => {
  const folded = await ask({ hideSuperseded: false });
  expect(folded.folds.length).toBeGreaterThan(0);
  const { rows } = await bench.need('updates.list', {});
  const byId = new Map(rows.map((row) => [row.updateId, row]));
  for (const { updateId, folded: older } of folded.folds) {
    const newest = byId.get(updateId);
    expect(folded.ids).toContain(updateId);
    for (const id of older) {
      expect(folded.ids).not.toContain(id);
      expect(byId.get(id)?.kbids).toEqual(newest?.kbids);
      expect((byId.get(id)?.changetime ?? '') <= (newest?.changetime ?? '')).toBe(true);
    }
  }
  const unfolded = await ask({ hideSuperseded: false, foldDefinitions: false });
  const count = folded.folds.reduce((sum, fold) => sum + fold.folded.length, 0);
  expect(unfolded.ids.length).toBe(folded.ids.length + count);
});

it('follows chains from both ends', async () => {
  const { rows } = await bench.need('updates.list', {});
  let indirect = 0;
  for (const { updateId } of rows.filter((row) => row.isSuperseded)) {
    const old = await bench.need('updates.get', { updateId });
    expect(old.supersededBy.length).toBeGreaterThan(0);
    const distances = old.supersededBy.map((each) => each.distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    for (const newer of old.supersededBy) {
      const back = await bench.need('updates.get', { updateId: newer.updateId });
      expect(back.supersedes).toContainEqual(expect.objectContaining({ updateId, distance: newer.distance }));
      if (newer.distance > 1) indirect++;
    }
  }
  expect(indirect).toBeGreaterThan(0);
});
