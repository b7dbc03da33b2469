import { Box, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import type { Request } from '../../../contract/calls.ts';
import type { StatedGroup } from '../../../contract/schemas/rules.ts';
import { parseDuration } from '../../../domain/duration.ts';
import { ALL_HOSTS, type StatedOptions } from '../../../domain/facts.ts';
import { useAction } from '../../app/console.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useWhyWords } from './words.ts';

const NOT_STATED = '';
const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'pl'] as const;
const SEVERITIES = ['Critical', 'Important', 'Moderate', 'Low'] as const;
const NO_SEVERITY = '-';

type Severity = (typeof SEVERITIES)[number];

const nothingStated: StatedOptions = {
  defaultAllow: null,
  installDelay: null,
  language: null,
  allowedSeverities: null,
};

const isSeverity = (name: string): name is Severity => (SEVERITIES as readonly string[]).includes(name);

const isDelay = (text: string): boolean => text.trim() === '' || parseDuration(text) !== null;

/** One group: what was stated for its hosts, each field with how many of them lack it; a change is kept at once. */
export function AgentFactsRow({ group, onStated }: { readonly group: StatedGroup; readonly onStated: () => void }) {
  const t = useWhyWords();
  const state = useAction('rules.state');
  const stated = group.stated ?? nothingStated;
  const [typedDelay, setTypedDelay] = useState<string | null>(null);
  const delay = typedDelay ?? stated.installDelay ?? '';
  const isDelayWrong = !isDelay(delay);
  const name = group.group === ALL_HOSTS ? t('facts.everyHost') : group.group;

  const keep = (patch: Partial<Request<'rules.state'>>): void => {
    onStated();
    state.mutate({
      group: group.group,
      defaultAllow: stated.defaultAllow,
      installDelay: stated.installDelay,
      language: stated.language,
      allowedSeverities: stated.allowedSeverities?.filter(isSeverity) ?? null,
      ...patch,
    });
  };
  const keepDelay = (): void => {
    if (typedDelay === null || isDelayWrong) return;
    const next = typedDelay.trim() === '' ? null : typedDelay.trim();
    setTypedDelay(null);
    if (next !== stated.installDelay) keep({ installDelay: next });
  };
  const lacking = (hosts: number): string =>
    hosts === 0 ? t('facts.nobodyLacks') : t('facts.lacks', { count: hosts });
  const severities = stated.allowedSeverities;

  return (
    <Box
      component="section"
      aria-label={name}
      sx={{
        borderTop: 1,
        borderColor: 'divider',
        py: 1.25,
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: '170px repeat(4, minmax(0, 1fr))',
      }}
    >
      <Stack sx={{ minWidth: 0, pt: 0.75 }}>
        <Typography variant="body2" component="h3" sx={{ fontWeight: 620, overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {t('common:hosts', { count: group.hosts })}
        </Typography>
      </Stack>
      <TextField
        select
        label={t('fact.default_allow')}
        value={stated.defaultAllow === null ? NOT_STATED : String(stated.defaultAllow)}
        helperText={lacking(group.unknown.defaultAllow)}
        onChange={({ target }) => keep({ defaultAllow: target.value === NOT_STATED ? null : target.value === 'true' })}
        slotProps={shrunk}
      >
        <MenuItem value={NOT_STATED}>{t('facts.notStated')}</MenuItem>
        <MenuItem value="true">{t('fact.on')}</MenuItem>
        <MenuItem value="false">{t('fact.off')}</MenuItem>
      </TextField>
      <TextField
        label={t('facts.delay')}
        value={delay}
        placeholder={t('facts.notStated')}
        error={isDelayWrong}
        helperText={
          isDelayWrong
            ? t('facts.delayWrong')
            : typedDelay === null
              ? lacking(group.unknown.installDelay)
              : t('facts.delayHelp')
        }
        onChange={(event) => setTypedDelay(event.target.value.slice(0, 40))}
        onBlur={keepDelay}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keepDelay();
        }}
        slotProps={shrunk}
      />
      <TextField
        select
        label={t('fact.language')}
        value={stated.language ?? NOT_STATED}
        helperText={lacking(group.unknown.language)}
        onChange={({ target }) => keep({ language: target.value === NOT_STATED ? null : target.value })}
        slotProps={shrunk}
      >
        <MenuItem value={NOT_STATED}>{t('facts.notStated')}</MenuItem>
        {LANGUAGES.map((language) => (
          <MenuItem key={language} value={language}>
            {t(`facts.language.${language}`)}
          </MenuItem>
        ))}
        {stated.language !== null && !(LANGUAGES as readonly string[]).includes(stated.language) ? (
          <MenuItem value={stated.language}>{stated.language}</MenuItem>
        ) : null}
      </TextField>
      <TextField
        select
        label={t('facts.severities')}
        value={severities === null ? [NOT_STATED] : severities.length === 0 ? [NO_SEVERITY] : severities}
        helperText={lacking(group.unknown.allowedSeverities)}
        onChange={({ target }) => {
          const chosen = ([] as string[]).concat(target.value);
          const last = chosen.at(-1);
          if (last === NOT_STATED || last === undefined) keep({ allowedSeverities: null });
          else keep({ allowedSeverities: last === NO_SEVERITY ? [] : chosen.filter(isSeverity) });
        }}
        slotProps={{
          ...shrunk,
          select: {
            multiple: true,
            displayEmpty: true,
            renderValue: (value) =>
              severities === null
                ? t('facts.notStated')
                : severities.length === 0
                  ? t('facts.noSeverity')
                  : ([] as unknown[]).concat(value).join(', '),
          },
        }}
      >
        <MenuItem value={NOT_STATED}>{t('facts.notStated')}</MenuItem>
        <MenuItem value={NO_SEVERITY}>{t('facts.noSeverity')}</MenuItem>
        {SEVERITIES.map((severity) => (
          <MenuItem key={severity} value={severity}>
            {severity}
          </MenuItem>
        ))}
      </TextField>
      {state.error === null ? null : (
        <Box sx={{ gridColumn: '1 / -1' }}>
          <ErrorNotice compact error={state.error.error} />
        </Box>
      )}
    </Box>
  );
}

/** Fields that are not stated say so, in place of an empty line. */
const shrunk = { inputLabel: { shrink: true }, select: { displayEmpty: true } } as const;
