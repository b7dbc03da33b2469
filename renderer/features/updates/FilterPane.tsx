import {
  Box,
  Button,
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
import { memo, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterAnswer, FilterEntry, UpdateFilter } from '../../../domain/catalogue.ts';
import type { StateMeasure } from '../../../domain/measures.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { useStable } from '../../grid/use-stable.ts';
import { useLocale } from '../../i18n/locale.ts';
import { AtLeastFilter } from '../../ui/AtLeastFilter.tsx';
import { formatNumber } from '../../ui/format.ts';
import { PlainCheckbox } from '../../ui/PlainCheckbox.tsx';
import { useKnownBad } from '../failures/known-bad/use-known-bad.ts';
import { useKnownBadWords } from '../failures/known-bad/words.ts';
import { CheckList } from './CheckList.tsx';
import { isFiltering } from './filter-store.ts';
import type { FilterList } from './names.ts';

type Change = (patch: Partial<UpdateFilter>) => void;

const noEntries: readonly FilterEntry[] = [];

const ScopeChoice = memo(function ScopeChoice({
  scope,
  onChange,
}: {
  readonly scope: UpdateFilter['scope'];
  readonly onChange: Change;
}) {
  const { t } = useTranslation('updates');
  const titleId = useId();
  return (
    <Box>
      <Typography id={titleId} variant="h3" component="h2" sx={{ minHeight: 24 }}>
        {t('scope.label')}
      </Typography>
      <RadioGroup
        aria-labelledby={titleId}
        value={scope}
        onChange={(_event, value) => onChange({ scope: value === 'reported' ? 'reported' : 'needed' })}
      >
        {(['needed', 'reported'] as const).map((one) => (
          <FormControlLabel
            key={one}
            value={one}
            control={<Radio sx={{ p: 0.375 }} />}
            label={t(`scope.${one}`)}
            sx={{ ml: 0, mr: 0, minHeight: 26, gap: 0.5 }}
            slotProps={{ typography: { variant: 'body2' } }}
          />
        ))}
      </RadioGroup>
    </Box>
  );
});

const ServerChoice = memo(function ServerChoice({
  onServer,
  onChange,
}: {
  readonly onServer: UpdateFilter['onServer'];
  readonly onChange: Change;
}) {
  const { t } = useTranslation('updates');
  return (
    <Box>
      <Typography variant="h3" component="h2" sx={{ mb: 0.5 }}>
        {t('onServer.label')}
      </Typography>
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        aria-label={t('onServer.label')}
        value={onServer === null ? 'any' : onServer ? 'yes' : 'no'}
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
  );
});

const Choice = memo(function Choice({
  label,
  what,
  isOn,
  count,
  meaning,
  onChange,
}: {
  readonly label: string;
  readonly what: 'hideSuperseded' | 'foldDefinitions' | 'knownBad';
  readonly isOn: boolean;
  readonly count: number;
  readonly meaning: string;
  readonly onChange: Change;
}) {
  const locale = useLocale();
  return (
    <Stack direction="row" component="label" sx={{ alignItems: 'center', gap: 0.5, minHeight: 26, cursor: 'pointer' }}>
      <PlainCheckbox type="checkbox" checked={isOn} onChange={(event) => onChange({ [what]: event.target.checked })} />
      <Typography variant="body2" component="span" sx={{ flex: 1 }}>
        {label}
      </Typography>
      {count === 0 ? null : (
        <Tooltip title={meaning}>
          <Typography
            variant="caption"
            component="span"
            color="textSecondary"
            sx={{ pr: 1, fontVariantNumeric: 'tabular-nums' }}
          >
            {formatNumber(count, locale)}
          </Typography>
        </Tooltip>
      )}
    </Stack>
  );
});

/** What restricts the list, with how many updates each entry would show. */
export const FilterPane = memo(function FilterPane({
  filter,
  answer,
  rows,
  onChange,
  onClear,
}: {
  readonly filter: UpdateFilter;
  readonly answer: FilterAnswer | undefined;
  /** The whole list, for how many updates each number of hosts would show. */
  readonly rows: readonly UpdateRow[];
  readonly onChange: Change;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation(['updates', 'common']);
  const [search, setSearch] = useState('');
  const change = useStable(onChange);
  const choose = useStable((list: FilterList, chosen: readonly string[]): void => onChange({ [list]: chosen }));
  // The list as the other filters leave it: what a condition keeps out is not counted twice.
  const countOf = (measure: StateMeasure): number => {
    const shown = new Set(answer?.ids);
    return rows.filter((row) => shown.has(row.updateId) && row.hosts[measure] > 0).length;
  };
  const hidden = answer?.hiddenSuperseded ?? 0;
  const folded = answer?.folds.reduce((sum, fold) => sum + fold.folded.length, 0) ?? 0;
  const bad = useKnownBad();
  const badWords = useKnownBadWords();
  const lists: readonly (readonly [FilterList, string])[] = [
    ['severities', t('filter.severity')],
    ['products', t('filter.product')],
    ['classifications', t('filter.classification')],
  ];
  return (
    <Stack component="section" aria-label={t('filter.label')} sx={{ height: '100%', minHeight: 0 }}>
      <Stack sx={{ flex: 1, minHeight: 0, overflow: 'auto', gap: 1.5, p: 1.5 }}>
        <ScopeChoice scope={filter.scope} onChange={change} />
        <ServerChoice onServer={filter.onServer} onChange={change} />
        <Box>
          <AtLeastFilter
            label={t('onHosts.label')}
            nameOf={(measure) => t(`column.${measure}`)}
            meaningOf={(measure) => t(`countMeaning.${measure}`)}
            countOf={countOf}
            chosen={filter.onHosts}
            onChange={(onHosts) => onChange({ onHosts })}
          />
        </Box>
        <Box>
          <Choice
            label={t('hideSuperseded')}
            what="hideSuperseded"
            isOn={filter.hideSuperseded}
            count={hidden}
            meaning={t('hiddenSuperseded', { count: hidden })}
            onChange={change}
          />
          <Choice
            label={t('foldDefinitions')}
            what="foldDefinitions"
            isOn={filter.foldDefinitions}
            count={folded}
            meaning={t('foldedDefinitions', { count: folded })}
            onChange={change}
          />
          {bad.size === 0 && filter.knownBad !== true ? null : (
            <Choice
              label={badWords('only')}
              what="knownBad"
              isOn={filter.knownBad === true}
              count={bad.size}
              meaning={badWords('count', { count: bad.size })}
              onChange={change}
            />
          )}
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
            entries={answer?.[list] ?? noEntries}
            chosen={filter[list]}
            search={search}
            onChange={choose}
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
});
