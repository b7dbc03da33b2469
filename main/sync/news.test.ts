import { describe, expect, it } from 'vitest';
import { update } from '../store/testing.ts';
import { newsOnly } from './news.ts';

describe('news', () => {
  it('lets each description through once, and again when it says something else', () => {
    const news = newsOnly();
    expect(news([update(1), update(2)])).toEqual([update(1), update(2)]);
    expect(news([update(2), update(3)])).toEqual([update(3)]);
    const translated = update(2, { classification: 'Mises à jour de la sécurité' });
    expect(news([translated])).toEqual([translated]);
    expect(news([update(1, { kbids: ['5000001'] })])).toEqual([]);
    expect(news([update(1, { kbids: ['5000001', '5000002'] })])).toHaveLength(1);
  });
});
