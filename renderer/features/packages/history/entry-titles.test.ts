import { expect, it } from 'vitest';
import { updateRow } from '../testing.ts';
import { entryTitles } from './entry-titles.ts';

it('finds the titles of ids and KBs, whatever the spelling', () => {
  const titleOf = entryTitles([
    updateRow('AB_200', { title: 'Old', kbids: ['5000001'], changetime: '2026-10-01' }),
    updateRow('cd_200', { title: 'New', kbids: ['KB5000001', '5000002'], changetime: '2026-11-01' }),
    updateRow('ef_200', { title: '' }),
  ]);
  expect(titleOf('allowedUpdates', 'ab_200')).toBe('Old');
  expect(titleOf('forbiddenKbs', 'KB5000001')).toBe('New');
  expect(titleOf('allowedKbs', '5000002')).toBe('New');
  expect(titleOf('allowedUpdates', 'ef_200')).toBeNull();
  expect(titleOf('allowedProducts', 'Windows 11')).toBeNull();
});
