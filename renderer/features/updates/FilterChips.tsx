import { Box, Chip, Stack } from '@mui/material';
import { X } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateFilter } from '../../../domain/catalogue.ts';
import { useFilterParts } from './filter-parts.ts';

/** What the list keeps out of sight by itself, and what one can do about it. */
export interface FilterNote {
  readonly key: string;
  readonly text: string;
  readonly action: string;
  readonly run: () => void;
}

/** What restricts the list now, each part removable. */
export const FilterChips = memo(function FilterChips({
  filter,
  onChange,
  notes = [],
}: {
  readonly filter: UpdateFilter;
  readonly onChange: (patch: Partial<UpdateFilter>) => void;
  readonly notes?: readonly FilterNote[];
}) {
  const { t } = useTranslation('updates');
  const chips = useFilterParts()(filter).map(({ key, label, without }) => ({
    key,
    label,
    remove: () => onChange(without),
  }));
  if (chips.length === 0 && notes.length === 0) return null;
  return (
    <Stack
      direction="row"
      sx={{
        gap: 0.75,
        flexWrap: 'wrap',
        px: 1.5,
        py: 0.75,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      {chips.map(({ key, label, remove }) => (
        <Chip
          key={key}
          size="small"
          label={label}
          onDelete={remove}
          onClick={remove}
          aria-label={t('filter.remove', { name: label })}
          deleteIcon={<X size={13} aria-hidden />}
          sx={{ maxWidth: 280, bgcolor: 'action.selected' }}
        />
      ))}
      {notes.map(({ key, text, action, run }) => (
        <Chip
          key={key}
          size="small"
          variant="outlined"
          onClick={run}
          label={
            <>
              {text}{' '}
              <Box component="span" sx={{ color: 'primary.main', fontWeight: 600 }}>
                {action}
              </Box>
            </>
          }
          sx={{ borderStyle: 'dashed', color: 'text.secondary' }}
        />
      ))}
    </Stack>
  );
});
