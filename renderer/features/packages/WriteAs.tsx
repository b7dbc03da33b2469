import { Box, Stack, ToggleButton, ToggleButtonGroup, Tooltip, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { WrittenAs } from './edits.ts';

/** The choice between writing updates by their ids or by their KBs, with what each covers: under it, or on hover where room is short. */
export function WriteAs({
  value,
  onChange,
  isCompact = false,
}: {
  readonly value: WrittenAs;
  readonly onChange: (as: WrittenAs) => void;
  readonly isCompact?: boolean;
}) {
  const { t } = useTranslation('packages');
  const hints = { updates: t('editor.asUpdatesHint'), kbs: `${t('editor.asKbsHint')} ${t('editor.kbHint')}` };
  return (
    <Box>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
        <Typography variant="body2">{t('editor.writeAs')}</Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={value}
          onChange={(_event, next: WrittenAs | null) => {
            if (next !== null) onChange(next);
          }}
          aria-label={t('editor.writeAs')}
        >
          {(['updates', 'kbs'] as const).map((as) => (
            <ToggleButton key={as} value={as} sx={{ py: 0.25, textTransform: 'none' }}>
              <Tooltip title={isCompact ? hints[as] : ''} describeChild>
                <span>{t(as === 'updates' ? 'editor.asUpdates' : 'editor.asKbs')}</span>
              </Tooltip>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Stack>
      {isCompact ? null : (
        <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 0.5 }}>
          {hints[value]}
        </Typography>
      )}
    </Box>
  );
}
