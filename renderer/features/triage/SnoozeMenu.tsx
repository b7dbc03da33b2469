import { ListSubheader, Menu, MenuItem } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { nextPatchTuesday } from '../../../domain/patch-tuesday.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDate } from '../../ui/format.ts';

const DAY = 86_400_000;

/** The ends of a snooze one can choose from, ISO with zone. */
export function snoozeEnds(now: number): {
  readonly day: string;
  readonly week: string;
  readonly patchTuesday: string;
} {
  const iso = (time: number): string => new Date(time).toISOString();
  return { day: iso(now + DAY), week: iso(now + 7 * DAY), patchTuesday: iso(nextPatchTuesday(now)) };
}

/** Asks until when updates are put off. */
export function SnoozeMenu({
  anchor,
  onChoose,
  onClose,
}: {
  readonly anchor: HTMLElement | null;
  readonly onChoose: (until: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('triage');
  const locale = useLocale();
  const ends = snoozeEnds(Date.now());
  const choose = (until: string): void => {
    onClose();
    onChoose(until);
  };
  return (
    <Menu
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      slotProps={{ list: { 'aria-label': t('until.label'), dense: true } }}
    >
      <ListSubheader sx={{ lineHeight: '28px' }}>{t('until.label')}</ListSubheader>
      <MenuItem autoFocus onClick={() => choose(ends.day)}>
        {t('until.day')}
      </MenuItem>
      <MenuItem onClick={() => choose(ends.week)}>{t('until.week')}</MenuItem>
      <MenuItem onClick={() => choose(ends.patchTuesday)}>
        {t('until.patchTuesday', { date: formatDate(ends.patchTuesday, locale) })}
      </MenuItem>
    </Menu>
  );
}
