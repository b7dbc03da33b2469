import { Box, Button, Checkbox, InputBase, Stack, Tooltip, Typography } from '@mui/material';
import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostRow } from '../../../contract/schemas/hosts.ts';
import { useProfile } from '../../app/session.ts';
import { useLocale } from '../../i18n/locale.ts';
import { AtLeastFilter } from '../../ui/AtLeastFilter.tsx';
import { FilterButton } from '../../ui/FilterButton.tsx';
import { formatNumber } from '../../ui/format.ts';
import {
  HOST_FACETS,
  type HostFacet,
  type HostFilter,
  type HostFilterAnswer,
  isFiltering,
  noHostFilter,
  QUICK_FILTERS,
  type QuickFilter,
  switchFacet,
  switchQuick,
  UNSAID,
} from './host-filter.ts';

const STALE_DAYS = 14;

/** Arrows move between the boxes of a list, as in a menu. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  boxes[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

/** The quick filters and lists above the host grid, each with how many hosts it would show. */
export function HostFilterBar({
  filter,
  rows,
  answer,
  onChange,
}: {
  readonly filter: HostFilter;
  readonly rows: readonly HostRow[];
  readonly answer: HostFilterAnswer;
  readonly onChange: (filter: HostFilter) => void;
}) {
  const { t } = useTranslation('hosts');
  return (
    <Stack
      direction="row"
      role="group"
      aria-label={t('quick.label')}
      sx={{
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 0.375,
        px: 2,
        py: 0.75,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
      {QUICK_FILTERS.map((name) => (
        <Quick
          key={name}
          name={name}
          count={answer.quick[name]}
          isOn={filter.quick.includes(name)}
          onSwitch={() => onChange(switchQuick(filter, name))}
        />
      ))}
      <Box sx={{ width: '1px', alignSelf: 'stretch', my: 0.25, mx: 0.25, bgcolor: 'divider' }} />
      {HOST_FACETS.map((facet) => (
        <Facet
          key={facet}
          facet={facet}
          entries={answer.facets[facet]}
          chosen={filter.facets[facet]}
          onSwitch={(key) => onChange(switchFacet(filter, facet, key))}
          onClear={() => onChange({ ...filter, facets: { ...filter.facets, [facet]: [] } })}
        />
      ))}
      <AtLeastFilter
        label={t('atLeast')}
        nameOf={(measure) => t(`column.${measure}`)}
        meaningOf={(measure) => t(`countMeaning.${measure}`)}
        countOf={(measure) => rows.filter((host) => answer.ids.has(host.uuid) && host.updates[measure] > 0).length}
        chosen={filter.updates}
        onChange={(updates) => onChange({ ...filter, updates })}
      />
      {isFiltering(filter) ? (
        <Button size="small" startIcon={<X size={14} aria-hidden />} onClick={() => onChange(noHostFilter)}>
          {t('clearFilters')}
        </Button>
      ) : null}
    </Stack>
  );
}

function Quick({
  name,
  count,
  isOn,
  onSwitch,
}: {
  readonly name: QuickFilter;
  readonly count: number;
  readonly isOn: boolean;
  readonly onSwitch: () => void;
}) {
  const { t } = useTranslation('hosts');
  const days = useProfile()?.staleDays ?? STALE_DAYS;
  const locale = useLocale();
  return (
    <Tooltip title={t(`quickMeaning.${name}`, { days })} describeChild>
      <Button
        size="small"
        aria-pressed={isOn}
        onClick={onSwitch}
        sx={{
          minHeight: 26,
          px: 0.75,
          gap: 0.5,
          fontSize: '0.75rem',
          borderRadius: 4,
          border: 1,
          borderColor: isOn ? 'primary.main' : 'divider',
          bgcolor: isOn ? 'action.selected' : 'transparent',
          color: count === 0 && !isOn ? 'text.secondary' : 'text.primary',
          fontWeight: isOn ? 620 : 500,
        }}
      >
        {t(`quick.${name}`)}
        <Box component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
          {formatNumber(count, locale)}
        </Box>
      </Button>
    </Tooltip>
  );
}

function Facet({
  facet,
  entries,
  chosen,
  onSwitch,
  onClear,
}: {
  readonly facet: HostFacet;
  readonly entries: HostFilterAnswer['facets'][HostFacet];
  readonly chosen: readonly string[];
  readonly onSwitch: (key: string) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation(['hosts', 'common']);
  const locale = useLocale();
  const [search, setSearch] = useState('');
  const name = t(`facet.${facet}`);
  const unsaid = facet === 'wua' ? t('facet.neverScanned') : facet === 'group' ? t('facet.noGroup') : t('facet.unsaid');
  const labelled = entries.map((entry) => ({ ...entry, label: entry.key === UNSAID ? unsaid : entry.key }));
  const shown = labelled.filter((entry) => entry.label.toLowerCase().includes(search.toLowerCase()));
  const hasNothing = entries.length === 0 || (entries.length === 1 && entries[0]?.key === UNSAID);
  if (hasNothing && chosen.length === 0) return null;
  return (
    <FilterButton
      name={name}
      chosen={chosen.length === 0 ? null : t('facet.chosen', { name, count: chosen.length })}
      width={320}
      maxHeight={420}
    >
      {() => (
        <>
          <Stack
            direction="row"
            sx={{ alignItems: 'center', borderBottom: 1, borderColor: 'divider', pl: 1.5, pr: 0.5, minHeight: 40 }}
          >
            <InputBase
              autoFocus
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              placeholder={t('facet.search')}
              inputProps={{ 'aria-label': t('facet.search') }}
              sx={{ flex: 1, fontSize: '0.8125rem' }}
            />
            {chosen.length > 0 ? <Button onClick={onClear}>{t('common:clear')}</Button> : null}
          </Stack>
          <Box role="group" aria-label={name} onKeyDown={moveByArrow} sx={{ overflow: 'auto', py: 0.5 }}>
            {shown.map((entry) => (
              <Stack
                key={entry.key}
                component="label"
                direction="row"
                sx={{
                  alignItems: 'center',
                  gap: 0.5,
                  minHeight: 30,
                  pl: 1,
                  pr: 1.5,
                  cursor: 'pointer',
                  opacity: entry.count === 0 && !chosen.includes(entry.key) ? 0.6 : 1,
                  '&:hover': { bgcolor: 'action.hover' },
                }}
              >
                <Checkbox
                  checked={chosen.includes(entry.key)}
                  onChange={() => onSwitch(entry.key)}
                  size="small"
                  sx={{ p: 0.5 }}
                />
                <Typography variant="body2" component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
                  {entry.label}
                </Typography>
                <Typography
                  variant="caption"
                  component="span"
                  color="textSecondary"
                  sx={{ fontVariantNumeric: 'tabular-nums' }}
                >
                  {formatNumber(entry.count, locale)}
                </Typography>
              </Stack>
            ))}
            {shown.length === 0 ? (
              <Typography variant="body2" color="textSecondary" sx={{ px: 2, py: 1 }}>
                {t('facet.none')}
              </Typography>
            ) : null}
          </Box>
        </>
      )}
    </FilterButton>
  );
}
