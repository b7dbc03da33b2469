import { expect, it } from 'vitest';
import { shareText } from './share.ts';

it.each([
  [0, 0, '–'],
  [0, 5, '0%'],
  [5, 5, '100%'],
  [1, 2, '50%'],
  [2, 3, '67%'],
  [1, 5_000, '0.1%'],
  [4_999, 5_000, '99.9%'],
  [994, 1_000, '99.4%'],
  [6, 1_000, '0.6%'],
])('%i of %i is %s', (part, whole, text) => {
  expect(shareText(part, whole, 'en')).toBe(text);
});
