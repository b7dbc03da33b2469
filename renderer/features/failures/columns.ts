import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FailureLine } from '../../../contract/schemas/failures.ts';
import { FAILURE_SOURCES, type FailureBy, type FailureSet } from '../../../domain/failures.ts';
import { kbLabel } from '../../../domain/update.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { hostsBehind, updatesBehind } from '../where/where.ts';
import { useCodeWords } from './code-words.ts';
import { useKnownBad } from './known-bad/use-known-bad.ts';
import { useKnownBadWords } from './known-bad/words.ts';
import { setOf } from './set-of.ts';

/** The columns of a board: what it is grouped by, and how many hosts and updates stand behind it. */
export function useFailureColumns(by: FailureBy, within: FailureSet): readonly GridColumn<FailureLine>[] {
  const { t } = useTranslation('failures');
  const navigate = useNavigate();
  const words = useCodeWords();
  const bad = useKnownBad();
  const badWords = useKnownBadWords();
  return useMemo(() => {
    const hosts = (stale: boolean) => (row: FailureLine) =>
      void navigate(hostsBehind({ kind: 'failure', ...setOf(by, row.key, within), stale }));
    const updates = (row: FailureLine): void =>
      void navigate(updatesBehind({ kind: 'failure', ...setOf(by, row.key, within) }));
    const lead: Readonly<Record<FailureBy, readonly GridColumn<FailureLine>[]>> = {
      code: [
        { key: 'code', header: t('column.code'), width: 124, value: (row) => words.label(row.key ?? '') },
        {
          key: 'meaning',
          header: t('column.meaning'),
          width: 200,
          flex: 2,
          value: (row) => words.meaning(row.key ?? ''),
        },
        { key: 'name', header: t('column.name'), width: 220, hidden: true, value: (row) => words.name(row.key ?? '') },
      ],
      update: [
        { key: 'kbids', header: t('column.kbids'), kind: 'list', width: 104, value: (row) => row.kbids.map(kbLabel) },
        {
          key: 'title',
          header: t('column.title'),
          width: 300,
          flex: 1,
          value: (row) => (row.key === null ? t('noUpdate') : (row.title ?? row.key)),
        },
        ...(bad.size === 0
          ? []
          : [
              {
                key: 'bad',
                header: badWords('chip'),
                kind: 'chip',
                width: 116,
                value: (row) => (bad.has(row.key ?? '') ? 1 : 0),
                chip: (row) => (bad.has(row.key ?? '') ? { label: badWords('chip'), tone: 'error' } : null),
                tooltip: (row) => bad.get(row.key ?? '')?.note ?? null,
              } satisfies GridColumn<FailureLine>,
            ]),
        { key: 'updateId', header: t('column.updateId'), width: 300, hidden: true, value: (row) => row.key },
      ],
      group: [
        { key: 'group', header: t('column.group'), width: 260, flex: 1, value: (row) => row.key ?? t('noGroup') },
      ],
    };
    return [
      ...lead[by],
      {
        key: 'hosts',
        header: t('column.hosts'),
        headerTooltip: t('hostsMeaning'),
        kind: 'number',
        width: 92,
        sort: 'desc',
        value: (row) => row.hosts,
        open: { run: hosts(false), hint: t('showHosts') },
      },
      {
        key: 'stale',
        header: t('column.stale'),
        headerTooltip: t('staleMeaning'),
        kind: 'number',
        width: 92,
        value: (row) => (row.stale === 0 ? null : row.stale),
        sortBy: (row) => row.stale,
        open: { run: hosts(true), hint: t('showHosts') },
      },
      ...(by === 'update'
        ? []
        : [
            {
              key: 'updates',
              header: t('column.updates'),
              headerTooltip: t('updatesMeaning'),
              kind: 'number',
              width: 110,
              value: (row) => (row.updates === 0 ? null : row.updates),
              sortBy: (row) => row.updates,
              open: { run: updates, hint: t('showUpdates') },
            } satisfies GridColumn<FailureLine>,
          ]),
      ...(by === 'code'
        ? [
            {
              key: 'next',
              header: t('column.next'),
              width: 200,
              flex: 1,
              value: (row) => words.next(row.key ?? ''),
            } satisfies GridColumn<FailureLine>,
          ]
        : []),
      { key: 'lastOn', header: t('column.lastOn'), kind: 'datetime', width: 140, value: (row) => row.lastOn },
      {
        key: 'sure',
        header: t('column.sure'),
        width: 140,
        value: (row) =>
          FAILURE_SOURCES.filter((source) => (row.sources[source] ?? 0) > 0).map((source) => t(`source.${source}`)),
        kind: 'list',
      },
    ];
  }, [t, navigate, words, bad, badWords, by, within]);
}
