import { expect, it } from 'vitest';
import { differs, isSharedByAll } from './comparison.ts';

it('tells hosts that stand otherwise, also where one does not report', () => {
  expect(differs(['done', 'done', 'done'])).toBe(false);
  expect(differs(['done', 'pending'])).toBe(true);
  expect(differs(['done', null])).toBe(true);
  expect(differs([null, null])).toBe(false);
});

it('tells updates that every host reports', () => {
  expect(isSharedByAll(['done', 'failed'])).toBe(true);
  expect(isSharedByAll(['done', null])).toBe(false);
});
