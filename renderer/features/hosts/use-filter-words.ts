import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhereState } from '../where/use-where.ts';
import { useWhereName, useWhereWords } from '../where/where-words.ts';
import { HOST_FACETS, type HostFilter, UNSAID } from './host-filter.ts';

/** What restricts the list of hosts, in words; `needed` is the title of the update that the hosts need, null where none is asked. */
export function useHostFilterWords(filter: HostFilter, needed: string | null, where: WhereState): readonly string[] {
  const { t } = useTranslation(['hosts', 'common']);
  const whereWords = useWhereWords();
  const whereName = useWhereName(where.where);
  return useMemo(() => {
    const words: string[] = [];
    if (where.where !== null) words.push(whereWords(where.where, whereName));
    if (needed !== null) words.push(t('onlyUpdate', { title: needed }));
    words.push(...filter.quick.map((name) => t(`quick.${name}`)));
    for (const facet of HOST_FACETS) {
      const chosen = filter.facets[facet].map((key) =>
        key === UNSAID
          ? t(facet === 'wua' ? 'facet.neverScanned' : facet === 'group' ? 'facet.noGroup' : 'facet.unsaid')
          : key,
      );
      if (chosen.length > 0) words.push(`${t(`facet.${facet}`)}: ${chosen.join(', ')}`);
    }
    words.push(...filter.updates.map(({ measure, count }) => `${t(`column.${measure}`)} ≥ ${count}`));
    if (filter.search !== '') words.push(t('common:export.search', { text: filter.search }));
    return words;
  }, [t, filter, needed, where.where, whereName, whereWords]);
}
