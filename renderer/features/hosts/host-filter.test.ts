import { describe, expect, it } from 'vitest';
import { filterHosts, noHostFilter, switchFacet, switchQuick, UNSAID, wuaTone } from './host-filter.ts';
import { hostRow } from './testing.ts';

const counts = hostRow('x').updates;
const hosts = [
  hostRow('a', { osName: 'Windows 11 Pro', groups: ['pcs'] }),
  hostRow('b', { osName: 'Windows 10 Pro', reachable: 'UNREACHABLE', isStale: true, groups: ['pcs', 'pilot'] }),
  hostRow('c', { osName: 'Windows 11 Pro', updates: { ...counts, failed: 2 }, rebootRequired: true }),
  hostRow('d', { osName: null, reachable: null, wuaStatus: 'DISK_SPACE_ERROR' }),
];

describe('filterHosts', () => {
  it('joins quick filters and facets by AND, entries of a facet by OR', () => {
    const filter = switchFacet(switchQuick(noHostFilter, 'reachable'), 'os', 'Windows 11 Pro');
    expect([...filterHosts(hosts, filter).ids]).toEqual(['a', 'c']);
    expect([...filterHosts(hosts, switchFacet(filter, 'group', 'pcs')).ids]).toEqual(['a']);
    const both = switchFacet(switchFacet(noHostFilter, 'os', 'Windows 10 Pro'), 'os', UNSAID);
    expect([...filterHosts(hosts, both).ids]).toEqual(['b', 'd']);
  });

  it('counts what each choice would show under the others', () => {
    const answer = filterHosts(hosts, switchQuick(noHostFilter, 'reachable'));
    expect(answer.facets.os).toEqual([
      { key: 'Windows 11 Pro', count: 2 },
      { key: UNSAID, count: 0 },
      { key: 'Windows 10 Pro', count: 0 },
    ]);
    expect(answer.quick).toMatchObject({ reachable: 2, stale: 0, failing: 1, reboot: 1, 'wua-error': 0 });
    const byOs = filterHosts(hosts, switchFacet(noHostFilter, 'os', 'Windows 10 Pro'));
    expect(byOs.facets.os.map((entry) => entry.count)).toEqual([2, 1, 1]);
    expect(byOs.quick).toMatchObject({ reachable: 0, unreachable: 1, stale: 1 });
  });

  it('holds to a given set of hosts', () => {
    expect([...filterHosts(hosts, { ...noHostFilter, only: new Set(['b', 'gone']) }).ids]).toEqual(['b']);
  });

  it('searches all words in what a host says of itself, also in the counts', () => {
    const answer = filterHosts(hosts, { ...noHostFilter, search: 'EXAMPLE pilot' });
    expect([...answer.ids]).toEqual(['b']);
    expect(answer.quick.unreachable).toBe(1);
    expect(answer.quick.reachable).toBe(0);
  });

  it('never asks for both reachable and unreachable', () => {
    const filter = switchQuick(switchQuick(switchQuick(noHostFilter, 'reachable'), 'stale'), 'unreachable');
    expect(filter.quick).toEqual(['stale', 'unreachable']);
  });
});

describe('wuaTone', () => {
  it.each([
    ['OK', 'ok'],
    ['PENDING_UPDATES', 'warning'],
    ['ERROR SCANNING UPDATES', 'error'],
    ['DISK_SPACE_ERROR', 'error'],
    ['SCANNING', 'info'],
    ['SOMETHING NEW', 'neutral'],
    [null, null],
  ])('marks %j as %j', (status, tone) => {
    expect(wuaTone(status)).toBe(tone);
  });
});
