import { useTranslation } from 'react-i18next';
import type { Apart, FleetOverview } from '../../../contract/schemas/fleet.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { Figure } from './Figure.tsx';
import { FigureLines } from './FigureLines.tsx';
import { Panel } from './Panel.tsx';

const LINES = [
  'never-scanned',
  'scan-old',
  'unread',
  'silent',
  'off-since-release',
  'reboot',
] as const satisfies readonly Apart[];

/** Hosts that their rows do not, or not only, speak for: each reason apart; a host can have several. */
export function ApartPanel({ overview }: { readonly overview: FleetOverview }) {
  const { t } = useTranslation(['overview', 'where']);
  const locale = useLocale();
  const note = (apart: Apart): string | undefined =>
    apart === 'reboot' && overview.rebootUnsaid > 0
      ? t('apart.rebootUnsaid', { count: overview.rebootUnsaid, shown: formatNumber(overview.rebootUnsaid, locale) })
      : undefined;
  // Nothing to read is the usual state, and no line then.
  const lines = LINES.filter((apart) => apart !== 'unread' || overview.apart.unread > 0);
  return (
    <Panel title={t('apart.title')} note={t('apart.note')}>
      <FigureLines
        lines={lines.map((apart) => ({
          key: apart,
          label: t(`where:apart.${apart}`),
          note: note(apart),
          figure: (
            <Figure
              value={overview.apart[apart]}
              where={{ kind: 'apart', apart }}
              definition={t(`apart.definition.${apart}`, { days: overview.staleDays })}
            />
          ),
        }))}
      />
    </Panel>
  );
}
