import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RingItemState } from '../../../contract/schemas/rings.ts';
import { SEVERITIES, severityKey } from '../../../domain/catalogue.ts';
import type { Gate, GateState } from '../../../domain/rings.ts';
import { kbLabel } from '../../../domain/update.ts';
import type { GridColumn, Meter } from '../../grid/columns.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDateTime, formatNumber } from '../../ui/format.ts';
import { useNow } from '../../ui/Time.tsx';
import { severityTone } from '../../ui/tone.ts';
import { entryKey, useEntryName } from '../updates/names.ts';
import { gateOf, type Stand, shareOf, standOf, standOrder } from './stands.ts';

const severityRank = new Map<string, number>(SEVERITIES.map((key, i) => [key, SEVERITIES.length - i]));
const GATES = ['age', 'successes', 'success-rate', 'failures'] as const satisfies readonly Gate[];
const WIDTHS: Readonly<Record<Gate, number>> = { age: 120, successes: 160, 'success-rate': 136, failures: 128 };

/** How often it is counted anew when something passes (milliseconds). */
const AGE_STEP = 600_000;

/** How each thing that waits stands at the gates that are on. */
export function useRingColumns(items: readonly RingItemState[]): readonly GridColumn<RingItemState>[] {
  const { t } = useTranslation('rings');
  const locale = useLocale();
  const nameOf = useEntryName();
  const now = useNow(AGE_STEP).getTime();
  const on = GATES.filter((gate) => items[0] !== undefined && gateOf(items[0], gate) !== undefined).join();
  return useMemo(() => {
    const standWords = (stand: Stand): string => {
      if (stand.kind !== 'days') return t(`stands.${stand.kind}`);
      return stand.days === 0 ? t('stands.today') : t('stands.inDays', { count: stand.days });
    };
    const percent = (share: number): string => formatNumber(Math.round(share * 100), locale);
    const words = ({ gate, value, limit, passes }: GateState): string => {
      switch (gate) {
        case 'age':
          return value === null
            ? t('meter.ageUnknown')
            : passes
              ? t('gates.age', { count: Math.floor(value) })
              : t('meter.age', { value: formatNumber(Math.floor(value), locale), limit });
        case 'successes':
          return passes
            ? t('gates.successes', { count: value ?? 0 })
            : t('meter.successes', { value: formatNumber(value ?? 0, locale), count: limit });
        case 'success-rate':
          return value === null
            ? t('meter.rateUnknown')
            : passes
              ? t('gates.rate', { percent: percent(value) })
              : t('meter.rate', { value: percent(value), limit: percent(limit) });
        case 'failures':
          return value === 0 ? t('meter.failuresNone') : t('meter.failures', { value, limit });
      }
    };
    const meterOf = (state: GateState): Meter => ({
      share: shareOf(state),
      label: words(state),
      tone: state.passes ? 'ok' : state.gate === 'failures' ? 'error' : 'info',
    });
    const tooltipOf = (item: RingItemState): string => {
      const stand = standOf(item, now);
      if (stand.kind === 'days')
        return t('standsMeaning.at', { date: formatDateTime(new Date(stand.at).toISOString(), locale) });
      const held = item.verdict.gates.filter((state) => !state.passes);
      return t(`standsMeaning.${stand.kind}`, {
        gates: held.map((state) => `${t(`column.${state.gate}`)}: ${words(state)}`).join(', '),
      });
    };
    const columns: readonly GridColumn<RingItemState>[] = [
      {
        key: 'verdict',
        header: t('column.verdict'),
        kind: 'chip',
        width: 132,
        sort: 'asc',
        value: (item) => standWords(standOf(item, now)),
        sortBy: (item) => standOrder(standOf(item, now)),
        chip: (item) => {
          const stand = standOf(item, now);
          return { label: standWords(stand), tone: stand.tone };
        },
        tooltip: tooltipOf,
      },
      {
        key: 'entry',
        header: t('column.entry'),
        width: 106,
        value: (item) =>
          item.kind === 'update' && item.kbids.length > 0 ? item.kbids.map(kbLabel).join(', ') : item.entry,
        tooltip: (item) => [item.entry, ...item.updateIds].join('\n'),
      },
      { key: 'title', header: t('column.title'), width: 180, flex: 1, value: (item) => item.title },
      ...GATES.filter((gate) => on.split(',').includes(gate)).map(
        (gate): GridColumn<RingItemState> => ({
          key: gate,
          header: t(`column.${gate}`),
          ...(gate === 'age' ? { headerTooltip: t('meaning.age') } : {}),
          kind: 'meter',
          width: WIDTHS[gate],
          value: (item) => {
            const state = gateOf(item, gate);
            return state === undefined ? null : words(state);
          },
          sortBy: (item) => gateOf(item, gate)?.value ?? -1,
          meter: (item) => {
            const state = gateOf(item, gate);
            return state === undefined ? null : meterOf(state);
          },
        }),
      ),
      {
        key: 'waiting',
        header: t('column.waiting'),
        headerTooltip: t('meaning.waiting'),
        kind: 'number',
        width: 82,
        value: (item) => item.waiting,
      },
      {
        key: 'neededNext',
        header: t('column.neededNext'),
        headerTooltip: t('meaning.neededNext'),
        kind: 'number',
        width: 104,
        value: (item) => item.neededNext,
      },
      {
        key: 'severity',
        header: t('column.severity'),
        kind: 'chip',
        width: 100,
        hidden: true,
        value: (item) => item.severity,
        sortBy: (item) => severityRank.get(severityKey(item.severity)) ?? 0,
        chip: (item) => {
          const key = entryKey('severities', item.severity);
          return key === null ? null : { label: nameOf('severities', key), tone: severityTone(key) };
        },
      },
      {
        key: 'stale',
        header: t('column.stale'),
        headerTooltip: t('meaning.stale'),
        kind: 'number',
        width: 100,
        hidden: true,
        value: (item) => item.stale,
      },
      {
        key: 'changetime',
        header: t('column.changetime'),
        kind: 'date',
        width: 108,
        hidden: true,
        value: (item) => item.changetime,
      },
      {
        key: 'size',
        header: t('column.size'),
        kind: 'size',
        width: 90,
        hidden: true,
        value: (item) => item.maxDownloadSize,
      },
      {
        key: 'updates',
        header: t('column.updates'),
        kind: 'number',
        width: 90,
        hidden: true,
        value: (item) => item.updateIds.length,
      },
    ];
    return columns;
  }, [t, locale, nameOf, now, on]);
}
