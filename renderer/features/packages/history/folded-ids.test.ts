import { describe, expect, it } from 'vitest';
import { updateRow } from '../testing.ts';
import { foldIds } from './folded-ids.ts';

const updates = [
  updateRow('a_200', { kbids: ['5000001'] }),
  updateRow('b_200', { kbids: ['5000001', '5000002'] }),
  updateRow('c_200', { kbids: ['5000003'] }),
];
const shown = (lists: Parameters<typeof foldIds>[0]) =>
  foldIds(lists, updates).map(({ list, removed, added }) => [
    list,
    removed.map(({ entry, beside }) => `${entry} ${beside}`),
    added.map(({ entry, beside }) => `${entry} ${beside}`),
  ]);

describe('ids beside their KB', () => {
  it('are told with the KB that came or went with them', () => {
    expect(
      shown([
        { list: 'allowedUpdates', added: ['A_200', 'b_200'], removed: ['c_200'] },
        { list: 'allowedKbs', added: ['KB5000001'], removed: ['5000003'] },
      ]),
    ).toEqual([['allowedKbs', ['5000003 1'], ['KB5000001 2']]]);
  });

  it('stand by themselves where their KB did not move the same way', () => {
    expect(
      shown([
        { list: 'forbiddenUpdates', added: ['a_200'], removed: [] },
        { list: 'allowedUpdates', added: ['c_200', 'unknown_1'], removed: [] },
        { list: 'allowedKbs', added: ['KB5000001'], removed: ['KB5000003'] },
      ]),
    ).toEqual([
      ['forbiddenUpdates', [], ['a_200 0']],
      ['allowedUpdates', [], ['c_200 0', 'unknown_1 0']],
      ['allowedKbs', ['KB5000003 0'], ['KB5000001 0']],
    ]);
  });
});
