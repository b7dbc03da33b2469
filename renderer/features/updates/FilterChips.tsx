import { Box, Chip, Stack } from '@mui/material';
import { X } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultFilter, type UpdateFilter } from '../../../domain/catalogue.ts';
import { type FilterList, useEntryName } from './names.ts';

const lists = ['severities', 'products', 'classifications'] as const satisfies readonly FilterList[];

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
  const nameOf = useEntryName();
  const chips: { readonly key: string; readonly label: string; readonly remove: () => void }[] = lists.flatMap((list) =>
    filter[list].map((key) => ({
      key: `${list} ${key}`,
      label: nameOf(list, key),
      remove: () => onChange({ [list]: filter[list].filter((one) => one !== key) }),
    })),
  );
  if (filter.search !== '')
    chips.push({
      key: 'search',
      label: t('filter.search', { text: filter.search }),
      remove: () => onChange({ search: '' }),
    });
  if (filter.hideSuperseded && !defaultFilter.hideSuperseded)
    chips.push({ key: 'superseded', label: t('hideSuperseded'), remove: () => onChange({ hideSuperseded: false }) });
  if (filter.onServer !== null) {
    chips.push({
      key: 'server',
      label: `${t('onServer.label')}: ${t(filter.onServer ? 'onServer.yes' : 'onServer.no')}`,
      remove: () => onChange({ onServer: null }),
    });
  }
  for (const { measure, count } of filter.onHosts)
    chips.push({
      key: `hosts ${measure}`,
      label: t('onHosts.chip', { name: t(`column.${measure}`), count }),
      remove: () => onChange({ onHosts: filter.onHosts.filter((one) => one.measure !== measure) }),
    });
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
