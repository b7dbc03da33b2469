import {
  Box,
  Button,
  Checkbox,
  FormControlLabel,
  Radio,
  RadioGroup,
  Stack,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
  Tooltip,
  Typography,
} from '@mui/material';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FilterAnswer, type FilterEntry, SEVERITIES, type UpdateFilter } from '../../../domain/catalogue.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { isFiltering } from './filter-store.ts';
import { type FilterList, useEntryName } from './names.ts';

/** Arrows move between the boxes of a list, as in a menu. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  boxes[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

function EntryLine({
  list,
  entry,
  isChosen,
  onToggle,
}: {
  readonly list: FilterList;
  readonly entry: FilterEntry;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}) {
  const { t } = useTranslation('updates');
  const locale = useLocale();
  const label = useEntryName()(list, entry.key);
  const isRenamed = entry.names.length > 1 || (entry.names[0] !== undefined && entry.names[0] !== label);
  return (
    <Tooltip
      title={isRenamed ? t('filter.raw', { names: entry.names.join(' · ') }) : ''}
      placement="right"
      describeChild
    >
      <Stack
        component="label"
        direction="row"
        sx={{
          alignItems: 'center',
          gap: 0.5,
          minHeight: 26,
          pr: 1,
          borderRadius: 1,
          cursor: 'pointer',
          '&:hover': { bgcolor: 'action.hover' },
        }}
      >
        <Checkbox sx={{ p: 0.375 }} checked={isChosen} onChange={onToggle} />
        <Typography
          variant="body2"
          component="span"
          noWrap
          sx={{
            flex: 1,
            minWidth: 0,
            fontWeight: isChosen ? 600 : 400,
            color: entry.count === 0 && !isChosen ? 'text.secondary' : 'text.primary',
          }}
        >
          {label}
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
    </Tooltip>
  );
}

function CheckList({
  list,
  title,
  entries,
  chosen,
  search,
  onChange,
}: {
  readonly list: FilterList;
  readonly title: string;
  readonly entries: readonly FilterEntry[];
  readonly chosen: readonly string[];
  readonly search: string;
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation(['updates', 'common']);
  const locale = useLocale();
  const titleId = useId();
  const nameOf = useEntryName();
  const shown = useMemo(() => {
    const collator = new Intl.Collator(locale, { numeric: true });
    const order: readonly string[] = SEVERITIES;
    // An entry one chose stays in sight, also when no update has it any more.
    const all = [
      ...entries,
      ...chosen
        .filter((key) => !entries.some((entry) => entry.key === key))
        .map((key) => ({ key, names: [], count: 0 })),
    ];
    const wanted = search.trim().toLowerCase();
    return all
      .filter(
        (entry) =>
          wanted === '' ||
          nameOf(list, entry.key).toLowerCase().includes(wanted) ||
          entry.names.some((name) => name.toLowerCase().includes(wanted)),
      )
      .toSorted((a, b) =>
        list === 'severities'
          ? order.indexOf(a.key) - order.indexOf(b.key)
          : collator.compare(nameOf(list, a.key), nameOf(list, b.key)),
      );
  }, [entries, chosen, search, list, nameOf, locale]);
  const toggle = (key: string): void =>
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <Box role="group" aria-labelledby={titleId}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', minHeight: 28 }}>
        <Typography id={titleId} variant="h3" component="h2">
          {title}
        </Typography>
        {chosen.length === 0 ? null : (
          <Button
            sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }}
            onClick={() => onChange([])}
            aria-label={t('filter.clearList', { list: title })}
          >
            {t('common:clear')}
          </Button>
        )}
      </Stack>
      <Box onKeyDown={moveByArrow}>
        {shown.map((entry) => (
          <EntryLine
            key={entry.key}
            list={list}
            entry={entry}
            isChosen={chosen.includes(entry.key)}
            onToggle={() => toggle(entry.key)}
          />
        ))}
        {shown.length === 0 ? (
          <Typography variant="caption" color="textSecondary">
            {t(entries.length === 0 ? 'filter.empty' : 'filter.noEntry')}
          </Typography>
        ) : null}
      </Box>
    </Box>
  );
}

function Choice({
  label,
  isOn,
  note,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly note: string | null;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <Stack direction="row" component="label" sx={{ alignItems: 'center', gap: 0.5, minHeight: 26, cursor: 'pointer' }}>
      <Checkbox sx={{ p: 0.375 }} checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <Typography variant="body2" component="span" sx={{ flex: 1 }}>
        {label}
      </Typography>
      {note === null ? null : (
        <Typography variant="caption" component="span" color="textSecondary" noWrap>
          {note}
        </Typography>
      )}
    </Stack>
  );
}

/** What restricts the list, with how many updates each entry would show. */
export function FilterPane({
  filter,
  answer,
  onChange,
  onClear,
}: {
  readonly filter: UpdateFilter;
  readonly answer: FilterAnswer | undefined;
  readonly onChange: (patch: Partial<UpdateFilter>) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation(['updates', 'common']);
  const [search, setSearch] = useState('');
  const scopeId = useId();
  const hidden = answer?.hiddenSuperseded ?? 0;
  const folded = answer?.folds.reduce((sum, fold) => sum + fold.folded.length, 0) ?? 0;
  const lists: readonly (readonly [FilterList, string])[] = [
    ['severities', t('filter.severity')],
    ['products', t('filter.product')],
    ['classifications', t('filter.classification')],
  ];
  return (
    <Stack component="section" aria-label={t('filter.label')} sx={{ height: '100%', minHeight: 0 }}>
      <Stack sx={{ flex: 1, minHeight: 0, overflow: 'auto', gap: 1.5, p: 1.5 }}>
        <Box>
          <Typography id={scopeId} variant="h3" component="h2" sx={{ minHeight: 24 }}>
            {t('scope.label')}
          </Typography>
          <RadioGroup
            aria-labelledby={scopeId}
            value={filter.scope}
            onChange={(_event, value) => onChange({ scope: value === 'reported' ? 'reported' : 'needed' })}
          >
            {(['needed', 'reported'] as const).map((scope) => (
              <FormControlLabel
                key={scope}
                value={scope}
                control={<Radio sx={{ p: 0.375 }} />}
                label={t(`scope.${scope}`)}
                sx={{ ml: 0, mr: 0, minHeight: 26, gap: 0.5 }}
                slotProps={{ typography: { variant: 'body2' } }}
              />
            ))}
          </RadioGroup>
        </Box>
        <Box>
          <Typography variant="h3" component="h2" sx={{ mb: 0.5 }}>
            {t('onServer.label')}
          </Typography>
          <ToggleButtonGroup
            exclusive
            fullWidth
            size="small"
            aria-label={t('onServer.label')}
            value={filter.onServer === null ? 'any' : filter.onServer ? 'yes' : 'no'}
            onChange={(_event, value: string | null) => {
              if (value !== null) onChange({ onServer: value === 'any' ? null : value === 'yes' });
            }}
          >
            {(['any', 'yes', 'no'] as const).map((value) => (
              <ToggleButton
                key={value}
                value={value}
                sx={{ textTransform: 'none', py: 0.25, px: 0.5, fontSize: '0.75rem', lineHeight: 1.5 }}
              >
                {t(`onServer.${value}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </Box>
        <Box>
          <Choice
            label={t('hideSuperseded')}
            isOn={filter.hideSuperseded}
            note={hidden === 0 ? null : t('hiddenSuperseded', { count: hidden })}
            onChange={(hideSuperseded) => onChange({ hideSuperseded })}
          />
          <Choice
            label={t('foldDefinitions')}
            isOn={filter.foldDefinitions}
            note={folded === 0 ? null : t('foldedDefinitions', { count: folded })}
            onChange={(foldDefinitions) => onChange({ foldDefinitions })}
          />
        </Box>
        <TextField
          placeholder={t('filter.searchLists')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          slotProps={{ htmlInput: { 'aria-label': t('filter.searchLists'), type: 'search' } }}
        />
        {lists.map(([list, title]) => (
          <CheckList
            key={list}
            list={list}
            title={title}
            entries={answer?.[list] ?? []}
            chosen={filter[list]}
            search={search}
            onChange={(chosen) => onChange({ [list]: chosen })}
          />
        ))}
      </Stack>
      {isFiltering(filter) ? (
        <Box sx={{ p: 1, borderTop: 1, borderColor: 'divider' }}>
          <Button fullWidth variant="outlined" onClick={onClear}>
            {t('filter.clear')}
          </Button>
        </Box>
      ) : null}
    </Stack>
  );
}
