import { describe, expect, it } from 'vitest';
import { type CampaignDraft, draftOf, type Field, newDraft, pageOf, readDraft } from './editor-draft.ts';

const NOW = new Date(2026, 10, 21, 12).getTime();
const draft = (more: Partial<CampaignDraft> = {}): CampaignDraft => ({
  ...newDraft(['a', 'b'], NOW),
  name: 'Night',
  ...more,
});

describe('a campaign as one edits it', () => {
  it('comes back as it was', () => {
    const window = { key: 0, days: [1, 3], from: '22:00', to: '05:00' };
    for (const each of [
      draft(),
      draft({ start: 'at', windows: [window], waves: '5, 50', ends: '', failures: '', servicing: true }),
      draft({ start: 'patch-tuesday', days: '10', time: '01:30', orders: 'scan', wake: true, percent: '' }),
      draft({ orders: 'installOnly' }),
    ]) {
      const { plan, wrong } = readDraft(each);
      expect(wrong).toEqual([]);
      if (plan === null) throw new Error('no plan');
      const again = draftOf('Night', ['a', 'b'], plan, NOW);
      expect(readDraft(again).plan).toEqual(plan);
      expect(again).toMatchObject({ orders: each.orders, servicing: each.servicing, waves: each.waves });
    }
  });

  it('orders one thing after the other', () => {
    expect(readDraft(draft({ servicing: true })).plan?.steps).toEqual(['scan', 'download', 'servicing', 'install']);
    expect(readDraft(draft({ orders: 'scan', servicing: true })).plan?.steps).toEqual(['scan']);
  });

  it.each<[Field, Partial<CampaignDraft>]>([
    ['name', { name: '  ' }],
    ['uuids', { uuids: [] }],
    ['at', { start: 'at', at: '' }],
    ['days', { start: 'patch-tuesday', days: '28' }],
    ['time', { start: 'patch-tuesday', time: '' }],
    ['window-0', { windows: [{ key: 1, days: [], from: '22:00', to: '23:00' }] }],
    ['window-0', { windows: [{ key: 1, days: [1], from: '', to: '23:00' }] }],
    ['ends', { ends: '0' }],
    ['atOnce', { atOnce: '' }],
    ['atOnce', { atOnce: '1e3' }],
    ['waves', { waves: '5, x' }],
    ['failures', { failures: '-1' }],
    ['percent', { percent: '101' }],
    ['retries', { retries: '11' }],
    ['retryMinutes', { retryMinutes: '' }],
  ])('says that %s is wrong', (field, more) => {
    expect(readDraft(draft(more)).wrong).toEqual([field]);
    expect(['hosts', 'when', 'care']).toContain(pageOf(field));
  });

  it('does not look at what is not chosen', () => {
    expect(readDraft(draft({ start: 'now', at: '', days: 'x', time: '' })).wrong).toEqual([]);
  });
});
