import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultFilter, type UpdateFilter } from '../../../domain/catalogue.ts';
import { useLabelled } from '../../i18n/locale.ts';
import { useKnownBadWords } from '../failures/known-bad/words.ts';
import { type FilterList, useEntryName } from './names.ts';

const lists = ['severities', 'products', 'classifications'] as const satisfies readonly FilterList[];

/** One thing that restricts the list, in words, and the change that takes it away. */
export interface FilterPart {
  readonly key: string;
  readonly label: string;
  readonly without: Partial<UpdateFilter>;
}

/** Gives what restricts the list beyond its scope. */
export function useFilterParts(): (filter: UpdateFilter) => readonly FilterPart[] {
  const { t } = useTranslation('updates');
  const labelled = useLabelled();
  const nameOf = useEntryName();
  const badWords = useKnownBadWords();
  return useCallback(
    (filter) => {
      const parts: FilterPart[] = lists.flatMap((list) =>
        filter[list].map((key) => ({
          key: `${list} ${key}`,
          label: nameOf(list, key),
          without: { [list]: filter[list].filter((one) => one !== key) },
        })),
      );
      if (filter.search !== '')
        parts.push({ key: 'search', label: t('filter.search', { text: filter.search }), without: { search: '' } });
      if (filter.hideSuperseded && !defaultFilter.hideSuperseded)
        parts.push({ key: 'superseded', label: t('hideSuperseded'), without: { hideSuperseded: false } });
      if (filter.knownBad === true) parts.push({ key: 'bad', label: badWords('only'), without: { knownBad: false } });
      if (filter.onServer !== null)
        parts.push({
          key: 'server',
          label: labelled(t('onServer.label'), t(filter.onServer ? 'onServer.yes' : 'onServer.no')),
          without: { onServer: null },
        });
      for (const { measure, count } of filter.onHosts)
        parts.push({
          key: `hosts ${measure}`,
          label: t('onHosts.chip', { name: t(`column.${measure}`), count }),
          without: { onHosts: filter.onHosts.filter((one) => one.measure !== measure) },
        });
      return parts;
    },
    [t, labelled, nameOf, badWords],
  );
}
