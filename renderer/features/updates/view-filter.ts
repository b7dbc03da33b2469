import { defaultFilter, type UpdateFilter } from '../../../domain/catalogue.ts';
import { type AtLeast, STATE_MEASURES, type StateMeasure } from '../../../domain/measures.ts';
import type { ViewFilter } from '../../grid/grid-props.ts';

const measures: ReadonlySet<unknown> = new Set(STATE_MEASURES);

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** Conditions on numbers in what a view kept; what is none is left out. */
export function atLeastsIn(value: unknown): readonly AtLeast[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown): readonly AtLeast[] => {
    if (typeof one !== 'object' || one === null || !('measure' in one) || !('count' in one)) return [];
    const { measure, count } = one;
    const isWhole = typeof count === 'number' && Number.isSafeInteger(count) && count > 0;
    return measures.has(measure) && isWhole ? [{ measure: measure as StateMeasure, count }] : [];
  });
}

/** The filter that a view kept; what it lacks or what does not fit is as at the start. */
export function readViewFilter(kept: ViewFilter['value']): UpdateFilter {
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  return {
    scope: kept['scope'] === 'reported' ? 'reported' : defaultFilter.scope,
    severities: textsIn(kept['severities']),
    products: textsIn(kept['products']),
    classifications: textsIn(kept['classifications']),
    search: typeof kept['search'] === 'string' ? kept['search'] : '',
    hideSuperseded: flag(kept['hideSuperseded'], defaultFilter.hideSuperseded),
    foldDefinitions: flag(kept['foldDefinitions'], defaultFilter.foldDefinitions),
    onServer: typeof kept['onServer'] === 'boolean' ? kept['onServer'] : null,
    onHosts: atLeastsIn(kept['onHosts']),
    ...(kept['knownBad'] === true ? { knownBad: true } : {}),
  };
}

/** The filter as a view keeps it. */
export function writeViewFilter({ knownBad, onHosts, ...filter }: UpdateFilter): ViewFilter['value'] {
  return {
    ...filter,
    onHosts: onHosts.map(({ measure, count }) => ({ measure, count })),
    ...(knownBad === true ? { knownBad } : {}),
  };
}
