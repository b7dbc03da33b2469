import { Alert, Box, Button, Checkbox, FormControlLabel, Stack, TextField, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultFilter, type FilterEntry, NO_NAME, SEVERITIES } from '../../../domain/catalogue.ts';
import { type Rules, withEntries } from '../../../domain/rules.ts';
import { useCall } from '../../app/console.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useEntryName } from '../updates/names.ts';
import { CATEGORY_LISTS, type CategoryList, filterListOf, keyOf } from './decision.ts';
import { missingSpellings, withCategory, withoutCategory } from './edits.ts';

const everything = {
  filter: {
    ...defaultFilter,
    scope: 'reported' as const,
    hideSuperseded: false,
    foldDefinitions: false,
    severities: [],
    products: [],
    classifications: [],
  },
};

/** The short lists share a column beside the long one. */
const COLUMNS: readonly (readonly CategoryList[])[] = [
  ['allowedSeverities', 'allowedClassifications'],
  ['allowedProducts'],
];

/** The categories that a package can allow: what hosts reported, each with every raw spelling that will be written. */
export function CategoryPicker({
  rules,
  onChange,
}: {
  readonly rules: Rules;
  readonly onChange: (step: (rules: Rules) => Rules) => void;
}) {
  const { t } = useTranslation('packages');
  const nameOf = useEntryName();
  const answer = useCall('updates.query', everything);
  const [search, setSearch] = useState('');
  const entries = useMemo<Record<CategoryList, readonly FilterEntry[]>>(
    () => ({
      allowedSeverities: withWritten('allowedSeverities', answer.data?.severities ?? [], rules, SEVERITIES),
      allowedProducts: withWritten('allowedProducts', answer.data?.products ?? [], rules, []),
      allowedClassifications: withWritten('allowedClassifications', answer.data?.classifications ?? [], rules, []),
    }),
    [answer.data, rules],
  );
  if (answer.error !== null) {
    return (
      <Box sx={{ p: 2 }}>
        <ErrorNotice error={answer.error.error} onRetry={() => void answer.refetch()} />
      </Box>
    );
  }
  if (answer.data === undefined) return <LoadingState />;
  const fits = (list: CategoryList, entry: FilterEntry): boolean =>
    [entry.key, nameOf(filterListOf[list], entry.key), ...entry.names].some((name) =>
      name.toLowerCase().includes(search.toLowerCase()),
    );
  const areAllHidden = CATEGORY_LISTS.every((list) => !entries[list].some((entry) => fits(list, entry)));
  return (
    <Stack sx={{ height: '100%', overflow: 'auto', p: 2, gap: 1.5 }}>
      <Alert severity="info">
        {t('categories.or')} {t('categories.onlyAllow')}
      </Alert>
      <TextField
        type="search"
        label={t('categories.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        sx={{ maxWidth: 360 }}
      />
      {areAllHidden ? <EmptyState title={t('categories.none')} /> : null}
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(250px, 1fr))',
          gap: 3,
          alignItems: 'start',
        }}
      >
        {COLUMNS.map((lists) => (
          <Stack key={lists.join()} sx={{ gap: 2, minWidth: 0 }}>
            {lists.map((list) => (
              <Stack key={list} component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
                <Typography variant="h3" component="legend" sx={{ mb: 0.5 }}>
                  {t(`categories.${list}`)}
                </Typography>
                {entries[list]
                  .filter((entry) => fits(list, entry))
                  .map((entry) => (
                    <Entry key={entry.key} list={list} entry={entry} rules={rules} onChange={onChange} />
                  ))}
              </Stack>
            ))}
          </Stack>
        ))}
      </Box>
    </Stack>
  );
}

/** The reported entries, those that a rule can name at all, and those that the rules name although no host reports them now. */
function withWritten(
  list: CategoryList,
  reported: readonly FilterEntry[],
  rules: Rules,
  always: readonly string[],
): readonly FilterEntry[] {
  const named = reported
    .filter((entry) => entry.key !== NO_NAME)
    .toSorted((a, b) => rank(always, a.key) - rank(always, b.key) || b.count - a.count);
  const keys = new Set(named.map((entry) => entry.key));
  const others = [...always, ...rules[list].map(keyOf[list])].filter((key) => key !== NO_NAME && !keys.has(key));
  return [...named, ...[...new Set(others)].map((key) => ({ key, names: [], count: 0 }))];
}

const rank = (order: readonly string[], key: string): number => {
  const at = order.indexOf(key);
  return at < 0 ? order.length : at;
};

function Entry({
  list,
  entry,
  rules,
  onChange,
}: {
  readonly list: CategoryList;
  readonly entry: FilterEntry;
  readonly rules: Rules;
  readonly onChange: (step: (rules: Rules) => Rules) => void;
}) {
  const { t } = useTranslation('packages');
  const written = rules[list].filter((name) => keyOf[list](name) === entry.key);
  const isChosen = written.length > 0;
  const missing = missingSpellings(rules, list, entry.key, entry.names);
  const label = useEntryName()(filterListOf[list], entry.key);
  const names = isChosen ? written : entry.names;
  return (
    <Box sx={{ mb: 0.25 }}>
      <FormControlLabel
        sx={{ alignItems: 'flex-start', mr: 0, '& .MuiFormControlLabel-label': { minWidth: 0 } }}
        control={
          <Checkbox
            size="small"
            sx={{ py: 0.25 }}
            checked={isChosen}
            onChange={() =>
              onChange((now) =>
                isChosen ? withoutCategory(now, list, entry.key) : withCategory(now, list, entry.key, entry.names),
              )
            }
          />
        }
        label={
          <>
            <Typography variant="body2" component="span" sx={{ overflowWrap: 'anywhere' }}>
              {label}
            </Typography>{' '}
            <Typography variant="caption" component="span" color="textSecondary">
              {entry.names.length === 0 ? t('categories.notReported') : t('categories.count', { count: entry.count })}
            </Typography>
            {names.length > 1 || (names[0] !== undefined && names[0] !== label) ? (
              <Typography variant="caption" component="p" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
                {t('categories.writes', { names: names.join(' · ') })}
              </Typography>
            ) : null}
          </>
        }
      />
      {missing.length === 0 ? null : (
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, pl: 3.5 }}>
          <Typography variant="caption" color="warning">
            {t('categories.more', { count: missing.length })} {missing.join(' · ')}
          </Typography>
          <Button
            sx={{ minHeight: 22, px: 0.75, fontSize: '0.75rem' }}
            onClick={() => onChange((now) => withEntries(now, list, missing))}
          >
            {t('categories.addSpellings')}
          </Button>
        </Stack>
      )}
    </Box>
  );
}
