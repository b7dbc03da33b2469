import { ListSubheader, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/locale.ts';
import { formatDate } from '../../ui/format.ts';
import { snoozeEnds } from './snooze.ts';

/** Asks until when updates are put off; made anew each time it is opened. */
export function SnoozeMenu({
  anchor,
  onChoose,
  onClose,
}: {
  readonly anchor: HTMLElement;
  readonly onChoose: (until: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('triage');
  const locale = useLocale();
  const [ends] = useState(() => snoozeEnds(Date.now()));
  const choose = (until: string): void => {
    onClose();
    onChoose(until);
  };
  return (
    <Menu
      open
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
