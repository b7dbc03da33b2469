import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { BuildFilter } from '../../../../domain/builder.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { formatSize } from '../../../ui/format.ts';
import { useEntryName } from '../../updates/names.ts';

/** Says in a few words what a filter asks. */
export function useFilterWords(): (filter: BuildFilter) => string {
  const { t } = useTranslation('builder');
  const locale = useLocale();
  const nameOf = useEntryName();
  return useCallback(
    (filter) => {
      const parts = [
        filter.title === ''
          ? null
          : t(filter.titleKind === 'regex' ? 'part.regex' : 'part.title', { text: filter.title }),
        ...(['severities', 'classifications', 'products'] as const).map((list) =>
          filter[list].length === 0 ? null : filter[list].map((key) => nameOf(list, key)).join(' / '),
        ),
        filter.minAgeDays === null ? null : t('part.minAge', { count: filter.minAgeDays }),
        filter.maxAgeDays === null ? null : t('part.maxAge', { count: filter.maxAgeDays }),
        filter.minSize === null ? null : t('part.minSize', { size: formatSize(filter.minSize, locale) }),
        filter.maxSize === null ? null : t('part.maxSize', { size: formatSize(filter.maxSize, locale) }),
        filter.neededBy === 0 ? null : t('part.neededBy', { count: filter.neededBy }),
        filter.onServer === null ? null : t(filter.onServer ? 'part.onServer' : 'part.notOnServer'),
        filter.isUnruled ? t('part.unruled') : null,
        filter.hideSuperseded ? null : t('part.superseded'),
      ].filter((part) => part !== null);
      return parts.length === 0 ? t('part.everything') : parts.join(' · ');
    },
    [t, locale, nameOf],
  );
}
