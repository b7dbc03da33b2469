import { systemName } from '../../../domain/os-name.ts';
import type { ViewFilter } from '../../grid/grid-props.ts';
import { atLeastsIn } from '../updates/view-filter.ts';
import { HOST_FACETS, type HostFacet, type HostFilter, noHostFilter, QUICK_FILTERS } from './host-filter.ts';

/** The filter that a view kept; what it lacks or what does not fit restricts nothing. */
export function readHostViewFilter(kept: ViewFilter['value']): HostFilter {
  const quick: unknown = kept['quick'];
  const facets: unknown = kept['facets'];
  const entriesOf = (facet: HostFacet): readonly string[] => {
    const entries: unknown = typeof facets === 'object' && facets !== null ? Reflect.get(facets, facet) : null;
    return Array.isArray(entries) ? entries.filter((one) => typeof one === 'string') : [];
  };
  return {
    ...noHostFilter,
    quick: QUICK_FILTERS.filter((one) => Array.isArray(quick) && quick.includes(one)),
    facets: {
      os: [...new Set(entriesOf('os').map(systemName))],
      wua: entriesOf('wua'),
      unit: entriesOf('unit'),
      group: entriesOf('group'),
    },
    updates: atLeastsIn(kept['updates']),
    search: typeof kept['search'] === 'string' ? kept['search'] : '',
  };
}

/** The filter as a view keeps it; a set of hosts that another screen opened is none of its. */
export function writeHostViewFilter({ quick, facets, updates, search }: HostFilter): ViewFilter['value'] {
  return {
    quick,
    facets: Object.fromEntries(HOST_FACETS.map((facet) => [facet, facets[facet]])),
    updates: updates.map(({ measure, count }) => ({ measure, count })),
    search,
  };
}
