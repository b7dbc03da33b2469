import { Button, Stack, Typography } from '@mui/material';
import { Ban, Check, PackagePlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { KeyCaps } from '../../app/KeyCaps.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';

/** What was decided and waits for a package; as long as nothing is, the keys. */
export function Tray({
  allowed,
  forbidden,
  onShow,
  onGo,
}: {
  readonly allowed: number;
  readonly forbidden: number;
  /** Null: one is looking at them. */
  readonly onShow: (() => void) | null;
  readonly onGo: () => void;
}) {
  const { t } = useTranslation('triage');
  const isEmpty = allowed + forbidden === 0;
  return (
    <Stack
      component="section"
      aria-label={t('tray.label')}
      direction="row"
      sx={{
        alignItems: 'center',
        gap: 1,
        px: 2,
        minHeight: 52,
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: isEmpty ? 'background.default' : 'action.selected',
      }}
    >
      {isEmpty ? (
        <>
          <Typography variant="body2" color="textSecondary">
            {t('tray.empty')}
          </Typography>
          {(
            [
              ['A', t('allow')],
              ['F', t('forbid')],
              ['S', t('snooze')],
              ['U', t('undo')],
            ] as const
          ).map(([key, label]) => (
            <Stack key={key} direction="row" sx={{ alignItems: 'center', gap: 0.5, ml: 1 }}>
              <KeyCaps keys={key} />
              <Typography variant="body2" component="span">
                {label}
              </Typography>
            </Stack>
          ))}
        </>
      ) : (
        <>
          <Stack direction="row" role="status" sx={{ gap: 1 }}>
            {allowed === 0 ? null : <StatusChip tone="ok" icon={Check} label={t('tray.allowed', { count: allowed })} />}
            {forbidden === 0 ? null : (
              <StatusChip tone="error" icon={Ban} label={t('tray.forbidden', { count: forbidden })} />
            )}
          </Stack>
          <Typography variant="body2" color="textSecondary" noWrap sx={{ flex: 1, minWidth: 0 }}>
            {t('tray.waits')}
          </Typography>
          {onShow === null ? null : <Button onClick={onShow}>{t('tray.show')}</Button>}
          <Button variant="contained" startIcon={<PackagePlus size={16} aria-hidden />} onClick={onGo}>
            {t('tray.go')}
          </Button>
        </>
      )}
    </Stack>
  );
}
