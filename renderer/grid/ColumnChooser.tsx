import { Box, Button, Checkbox, FormControlLabel, Popover, Stack, TextField, Typography } from '@mui/material';
import { Columns3 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** One column as the chooser shows it. */
export interface ChoosableColumn {
  readonly key: string;
  readonly header: string;
  readonly isShown: boolean;
}

/** Chooses which columns are shown. */
export function ColumnChooser({
  columns,
  onToggle,
  onReset,
}: {
  readonly columns: readonly ChoosableColumn[];
  readonly onToggle: (key: string, isShown: boolean) => void;
  readonly onReset: () => void;
}) {
  const { t } = useTranslation();
  const titleId = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = columns.filter(
    (column) => column.header.toLowerCase().includes(wanted) || column.key.toLowerCase().includes(wanted),
  );
  return (
    <>
      <Button
        size="small"
        startIcon={<Columns3 size={14} aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minHeight: 26, px: 1, fontSize: '0.75rem', color: 'text.secondary' }}
      >
        {t('grid.columns')}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => {
          setAnchor(null);
          setSearch('');
        }}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-labelledby': titleId,
            sx: { width: 320, display: 'flex', flexDirection: 'column', maxHeight: 460 },
          },
        }}
      >
        <Stack sx={{ p: 2, pb: 1, gap: 1 }}>
          <Typography id={titleId} variant="h3" component="h2">
            {t('grid.chooseColumns')}
          </Typography>
          <TextField
            autoFocus
            placeholder={t('grid.searchColumns')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            slotProps={{ htmlInput: { 'aria-label': t('grid.searchColumns') } }}
          />
        </Stack>
        <Box component="ul" sx={{ flex: 1, overflow: 'auto', m: 0, px: 2, py: 0, listStyle: 'none' }}>
          {found.map((column) => (
            <li key={column.key}>
              <FormControlLabel
                sx={{ width: '100%', mr: 0, '& .MuiFormControlLabel-label': { typography: 'body2' } }}
                control={
                  <Checkbox
                    sx={{ p: 0.5 }}
                    checked={column.isShown}
                    // The last shown column stays: an empty grid could not be read.
                    disabled={column.isShown && columns.filter((other) => other.isShown).length === 1}
                    onChange={(event) => onToggle(column.key, event.target.checked)}
                  />
                }
                label={column.header}
              />
            </li>
          ))}
          {found.length === 0 ? (
            <Typography component="li" variant="body2" color="textSecondary">
              {t('grid.noColumn')}
            </Typography>
          ) : null}
        </Box>
        <Box sx={{ p: 1, borderTop: 1, borderColor: 'divider' }}>
          <Button onClick={onReset}>{t('grid.resetColumns')}</Button>
        </Box>
      </Popover>
    </>
  );
}
