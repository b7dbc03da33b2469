import { expect, it } from 'vitest';
import { indexAges } from './index-ages.ts';

const dates = [
  { date: '2026-11-10T03:00:00', hosts: 5 },
  { date: '2026-11-02T03:00:00', hosts: 2 },
  { date: null, hosts: 1 },
];

it('tells hosts that scanned with the index of the server from those with an older one', () => {
  expect(indexAges(dates, '2026-11-10T04:00:00Z')).toEqual({ same: 5, older: 3, isCompared: true });
  expect(indexAges(dates, null)).toEqual({ same: 8, older: 0, isCompared: false });
});
