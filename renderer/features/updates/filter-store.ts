import { defaultFilter, type UpdateFilter } from '../../../domain/catalogue.ts';
import { deskStore } from '../../desks/desk-store.ts';

interface FilterStore {
  readonly filter: UpdateFilter;
  /** Whether what was kept from the last session was taken over. */
  readonly isRestored: boolean;
  readonly change: (patch: Partial<UpdateFilter>) => void;
  readonly clear: () => void;
  readonly restore: (text: string | null) => void;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The part of a filter that is kept between sessions, as a text; what one searched for is not. */
export function keptFilter(filter: UpdateFilter): string {
  const { severities, products, classifications, hideSuperseded, foldDefinitions } = filter;
  return JSON.stringify({ severities, products, classifications, hideSuperseded, foldDefinitions });
}

/** A kept text as a change of the filter; what does not fit is left out. */
export function readKeptFilter(text: string): Partial<UpdateFilter> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const { severities, products, classifications, hideSuperseded, foldDefinitions } = value as Record<string, unknown>;
  return {
    ...(isTexts(severities) ? { severities } : {}),
    ...(isTexts(products) ? { products } : {}),
    ...(isTexts(classifications) ? { classifications } : {}),
    ...(typeof hideSuperseded === 'boolean' ? { hideSuperseded } : {}),
    ...(typeof foldDefinitions === 'boolean' ? { foldDefinitions } : {}),
  };
}

/** The filter of the list, kept while one is in other screens. */
export const useFilterStore = deskStore<FilterStore>((set) => ({
  filter: defaultFilter,
  isRestored: false,
  change: (patch) => set(({ filter }) => ({ filter: { ...filter, ...patch } })),
  clear: () => set(({ filter }) => ({ filter: { ...defaultFilter, scope: filter.scope } })),
  restore: (text) =>
    set(({ filter, isRestored }) =>
      isRestored ? {} : { isRestored: true, filter: text === null ? filter : { ...filter, ...readKeptFilter(text) } },
    ),
}));

/** Whether anything but the scope restricts the list more than it does at the start. */
export function isFiltering(filter: UpdateFilter): boolean {
  return (
    filter.severities.length > 0 ||
    filter.products.length > 0 ||
    filter.classifications.length > 0 ||
    filter.search !== '' ||
    (filter.hideSuperseded && !defaultFilter.hideSuperseded) ||
    filter.onServer !== null ||
    filter.knownBad === true ||
    filter.onHosts.length > 0
  );
}
