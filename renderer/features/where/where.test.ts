import { expect, it } from 'vitest';
import { hostsBehind, readWhere, updatesBehind } from './where.ts';

const set = { kind: 'compliance', dimension: 'group', key: 'site “A” & B/?#', measure: 'failed' } as const;

it('says a set in an address, and reads it again', () => {
  for (const address of [hostsBehind(set), updatesBehind(set)]) {
    const text = new URL(address, 'app://console/').searchParams.get('where');
    expect(readWhere(text ?? '')).toEqual(set);
  }
});

it.each(['', 'failed', '{', '[]', '7', 'null', '{"kind":7}', '{"name":"x"}'])('takes %j for no set', (text) => {
  expect(readWhere(text)).toBeNull();
});
