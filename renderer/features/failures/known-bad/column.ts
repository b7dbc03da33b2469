import { useMemo } from 'react';
import type { GridColumn } from '../../../grid/columns.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { formatDate } from '../../../ui/format.ts';
import { useKnownBad } from './use-known-bad.ts';
import { useKnownBadWords } from './words.ts';

/** A column that warns of what is known to be bad, in lists of updates; none where nothing is marked. */
export function useKnownBadColumn<Row extends { readonly updateId: string }>(): readonly GridColumn<Row>[] {
  const t = useKnownBadWords();
  const locale = useLocale();
  const bad = useKnownBad();
  return useMemo(
    () =>
      bad.size === 0
        ? []
        : [
            {
              key: 'knownBad',
              header: t('chip'),
              kind: 'chip',
              width: 118,
              value: (row) => bad.has(row.updateId),
              sortBy: (row) => (bad.has(row.updateId) ? 1 : 0),
              chip: (row) => (bad.has(row.updateId) ? { label: t('chip'), tone: 'error' } : null),
              tooltip: (row) => {
                const mark = bad.get(row.updateId);
                if (mark === undefined) return null;
                const said = { note: mark.note, date: formatDate(mark.markedOn, locale), user: mark.markedBy };
                return t(mark.note === '' ? 'hintPlain' : 'hint', said);
              },
            },
          ],
    [t, locale, bad],
  );
}
