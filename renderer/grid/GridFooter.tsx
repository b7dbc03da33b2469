import { Box, Button, Stack, Typography } from '@mui/material';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The line under a grid: how many rows are shown and selected, what the screen adds, and the chooser of columns. */
export const GridFooter = memo(function GridFooter({
  shown,
  all,
  selected,
  onClearSelection,
  views,
  exporter,
  chooser,
  children,
}: {
  readonly shown: number;
  readonly all: number;
  readonly selected: number;
  readonly onClearSelection: () => void;
  readonly views: ReactNode;
  readonly exporter: ReactNode;
  readonly chooser: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Stack
      direction="row"
      sx={{
        alignItems: 'center',
        gap: 1.5,
        px: 1.5,
        minHeight: 34,
        borderTop: 1,
        borderColor: 'divider',
        color: 'text.secondary',
      }}
    >
      <Typography variant="caption" component="span" aria-live="polite">
        {shown === all ? t('grid.allRows', { count: all }) : t('grid.rows', { shown, count: all })}
      </Typography>
      {selected === 0 ? null : (
        <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
          <Typography variant="caption" component="span" sx={{ color: 'text.primary', fontWeight: 600 }}>
            {t('grid.selected', { count: selected })}
          </Typography>
          <Button sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }} onClick={onClearSelection}>
            {t('grid.clearSelection')}
          </Button>
        </Stack>
      )}
      <Box sx={{ flex: 1, minWidth: 0 }}>{children}</Box>
      {views}
      {exporter}
      {chooser}
    </Stack>
  );
});
