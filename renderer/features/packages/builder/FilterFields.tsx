import { Autocomplete, Checkbox, FormControlLabel, Stack, TextField } from '@mui/material';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BuildFilter } from '../../../../domain/builder.ts';
import { defaultFilter, SEVERITIES } from '../../../../domain/catalogue.ts';
import { useCall } from '../../../app/console.ts';
import { type FilterList, useEntryName } from '../../updates/names.ts';
import { Choice } from './Choice.tsx';
import { numberOf } from './number-field.ts';

const MEGABYTE = 1024 * 1024;

/** Everything a filter of the builder can ask. */
export function FilterFields({
  filter,
  onChange,
}: {
  readonly filter: BuildFilter;
  readonly onChange: (patch: Partial<BuildFilter>) => void;
}) {
  const { t } = useTranslation('builder');
  const entries = useCall('updates.query', { filter: { ...defaultFilter, scope: 'reported' } }).data;
  const keysOf = (list: FilterList): readonly string[] =>
    list === 'severities' ? SEVERITIES : (entries?.[list] ?? []).map((entry) => entry.key);
  return (
    <>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
        <TextField
          autoFocus
          label={t('titleField')}
          value={filter.title}
          onChange={(event) => onChange({ title: event.target.value.slice(0, 1_000) })}
          helperText={t(filter.titleKind === 'regex' ? 'regexHelp' : 'patternHelp')}
          slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'off' } }}
          sx={{ flex: 1 }}
        />
        <Choice
          label={t('titleKind')}
          value={filter.titleKind}
          options={[
            ['pattern', t('pattern')],
            ['regex', t('regex')],
          ]}
          onChange={(titleKind) => onChange({ titleKind })}
        />
      </Stack>
      {(['classifications', 'products', 'severities'] as const).map((list) => (
        <Entries
          key={list}
          list={list}
          keys={keysOf(list)}
          chosen={filter[list]}
          onChange={(chosen) => onChange({ [list]: chosen })}
        />
      ))}
      <Stack direction="row" sx={{ gap: 1.5 }}>
        <NumberField
          label={`${t('age')} ${t('minAge')}`}
          value={filter.minAgeDays}
          onChange={(minAgeDays) => onChange({ minAgeDays })}
        />
        <NumberField
          label={`${t('age')} ${t('maxAge')}`}
          value={filter.maxAgeDays}
          onChange={(maxAgeDays) => onChange({ maxAgeDays })}
        />
      </Stack>
      <Stack direction="row" sx={{ gap: 1.5 }}>
        <NumberField
          label={`${t('size')} ${t('minSize')}`}
          value={filter.minSize}
          unit={MEGABYTE}
          onChange={(minSize) => onChange({ minSize })}
        />
        <NumberField
          label={`${t('size')} ${t('maxSize')}`}
          value={filter.maxSize}
          unit={MEGABYTE}
          onChange={(maxSize) => onChange({ maxSize })}
        />
      </Stack>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
        <NumberField
          label={t('neededBy')}
          help={t('neededByHelp')}
          value={filter.neededBy}
          onChange={(neededBy) => onChange({ neededBy: Math.floor(neededBy ?? 0) })}
        />
        <Choice
          label={t('onServer')}
          value={filter.onServer === null ? 'any' : filter.onServer ? 'yes' : 'no'}
          options={[
            ['any', t('any')],
            ['yes', t('yes')],
            ['no', t('no')],
          ]}
          onChange={(value) => onChange({ onServer: value === 'any' ? null : value === 'yes' })}
        />
      </Stack>
      <Stack>
        <Tick label={t('isUnruled')} isChecked={filter.isUnruled} onChange={(isUnruled) => onChange({ isUnruled })} />
        <Tick
          label={t('hideSuperseded')}
          isChecked={filter.hideSuperseded}
          onChange={(hideSuperseded) => onChange({ hideSuperseded })}
        />
      </Stack>
    </>
  );
}

function Tick({
  label,
  isChecked,
  onChange,
}: {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}) {
  return (
    <FormControlLabel
      control={<Checkbox sx={{ p: 0.5 }} checked={isChecked} onChange={(_event, next) => onChange(next)} />}
      label={label}
      slotProps={{ typography: { variant: 'body2' } }}
      sx={{ ml: 0 }}
    />
  );
}

/** Enter chooses an entry; it never sends the form from here. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}

function Entries({
  list,
  keys,
  chosen,
  onChange,
}: {
  readonly list: FilterList;
  readonly keys: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation('builder');
  const nameOf = useEntryName();
  return (
    <Autocomplete
      multiple
      autoHighlight
      disableCloseOnSelect
      onKeyDown={keepEnter}
      limitTags={3}
      options={[...new Set([...keys, ...chosen])]}
      value={[...chosen]}
      getOptionLabel={(key) => nameOf(list, key)}
      onChange={(_event, next) => onChange(next)}
      renderInput={(params) => (
        <TextField {...params} label={t(list)} {...(chosen.length === 0 ? { placeholder: t('anyValue') } : {})} />
      )}
    />
  );
}

/** A number one may leave out; it keeps what one typed as long as it is one. */
function NumberField({
  label,
  help,
  value,
  unit = 1,
  onChange,
}: {
  readonly label: string;
  readonly help?: string;
  readonly value: number | null;
  readonly unit?: number;
  readonly onChange: (value: number | null) => void;
}) {
  const [text, setText] = useState(() => (value === null ? '' : String(Math.round((value / unit) * 100) / 100)));
  const isWrong = text.trim() !== '' && numberOf(text) === null;
  return (
    <TextField
      label={label}
      value={text}
      error={isWrong}
      onChange={(event) => {
        setText(event.target.value);
        const number = numberOf(event.target.value);
        onChange(number === null ? null : number * unit);
      }}
      helperText={help}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      sx={{ flex: 1 }}
    />
  );
}
