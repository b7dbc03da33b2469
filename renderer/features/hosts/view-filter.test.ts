import { expect, it } from 'vitest';
import { defaultFilter, type UpdateFilter } from '../../../domain/catalogue.ts';
import { readViewFilter, writeViewFilter } from '../updates/view-filter.ts';
import { type HostFilter, noHostFilter } from './host-filter.ts';
import { readHostViewFilter, writeHostViewFilter } from './view-filter.ts';

const throughFile = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

it('brings back the filter of hosts that a view kept, but no set of another screen', () => {
  const filter: HostFilter = {
    quick: ['stale', 'reboot'],
    facets: { os: ['Windows 11'], unit: [''], group: ['pilot'], wua: [] },
    updates: [{ measure: 'failed', count: 2 }],
    search: 'lyon',
    only: new Set(['u1']),
  };
  expect(readHostViewFilter(throughFile(writeHostViewFilter(filter)))).toEqual({ ...filter, only: null });
});

it('brings back the filter of updates that a view kept', () => {
  const filter: UpdateFilter = {
    ...defaultFilter,
    scope: 'reported',
    severities: ['Critical'],
    search: 'office',
    hideSuperseded: false,
    onServer: false,
    onHosts: [{ measure: 'needed', count: 5 }],
    knownBad: true,
  };
  expect(readViewFilter(throughFile(writeViewFilter(filter)))).toEqual(filter);
});

it('leaves out of a foreign view what it does not understand', () => {
  const foreign = {
    quick: ['stale', 'hacked', 7],
    facets: { os: 'all', unit: [1, 'Lyon'] },
    updates: [{ measure: 'cost', count: 1 }, { measure: 'failed', count: -1 }, null],
    severities: 'Critical',
    scope: { $ne: null },
    onServer: 'yes',
    search: 7,
  };
  expect(readHostViewFilter(foreign)).toEqual({
    ...noHostFilter,
    quick: ['stale'],
    facets: { ...noHostFilter.facets, unit: ['Lyon'] },
  });
  expect(readViewFilter(foreign)).toEqual(defaultFilter);
});
