import { Autocomplete, Box, Button, IconButton, Stack, TextField, Tooltip, Typography } from '@mui/material';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RingSet } from '../../../contract/schemas/rings.ts';
import type { RingGates } from '../../../domain/rings.ts';
import { useAction, useCall } from '../../app/console.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { draftRings, newRing, problemsOf, type RingDraft, type RingProblems, ringsOf } from './ring-draft.ts';

const GATES = [
  ['minAgeDays', 'minAgeHelp'],
  ['minSuccesses', 'minSuccessesHelp'],
  ['minSuccessRate', 'minSuccessRateHelp'],
  ['maxFailures', 'maxFailuresHelp'],
] as const satisfies readonly (readonly [keyof RingGates, string])[];

const MOST = 10;

/** Makes or changes a ring set. */
export function RingSetDialog({
  set,
  onSaved,
  onClose,
}: {
  /** Null: a new one. */
  readonly set: RingSet | null;
  readonly onSaved: (saved: RingSet) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('rings');
  const save = useAction('rings.save');
  const packages = useCall('packages.list', {}).data?.packages;
  const [name, setName] = useState(set?.name ?? '');
  const [rings, setRings] = useState(() => draftRings(set));
  const [isTried, setTried] = useState(false);
  const names = useMemo(
    () => (packages ?? []).flatMap((each) => (each.isNewest && !each.isLegacy ? [each.package] : [])),
    [packages],
  );
  const problems = problemsOf(rings);
  const change = (at: number, patch: Partial<RingDraft>): void =>
    setRings((now) => now.map((ring, i) => (i === at ? { ...ring, ...patch } : ring)));
  const swap = (at: number, other: number): void =>
    setRings((now) => {
      const [a, b] = [now[at], now[other]];
      return a === undefined || b === undefined ? now : now.with(at, b).with(other, a);
    });
  const submit = (): void => {
    setTried(true);
    const kept = ringsOf(rings);
    if (kept === null || name.trim() === '') return;
    save.mutate({ id: set?.id ?? null, name: name.trim(), rings: kept }, { onSuccess: onSaved });
  };
  return (
    <FormDialog
      open
      maxWidth="md"
      title={set === null ? t('editor.newTitle') : t('editor.title', { name: set.name })}
      submitLabel={t('editor.save')}
      onSubmit={submit}
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error?.error ?? null}
    >
      <TextField
        autoFocus
        label={t('editor.name')}
        placeholder={t('editor.nameExample')}
        value={name}
        onChange={(event) => setName(event.target.value.slice(0, 100))}
        error={isTried && name.trim() === ''}
        sx={{ maxWidth: 360 }}
      />
      <Box>
        <Typography variant="h3" component="p">
          {t('editor.rings')}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {t('editor.off')}
        </Typography>
      </Box>
      <Stack component="ol" sx={{ m: 0, p: 0, listStyle: 'none', gap: 1 }}>
        {rings.map((ring, at) => (
          <RingFields
            key={ring.key}
            ring={ring}
            number={at + 1}
            isLast={at === rings.length - 1}
            names={names}
            problems={isTried ? problems[at] : undefined}
            onChange={(patch) => change(at, patch)}
            onUp={at === 0 ? null : () => swap(at, at - 1)}
            onDown={at === rings.length - 1 ? null : () => swap(at, at + 1)}
            onRemove={rings.length <= 2 ? null : () => setRings((now) => now.toSpliced(at, 1))}
          />
        ))}
      </Stack>
      <Box>
        <Button
          startIcon={<Plus size={16} aria-hidden />}
          disabled={rings.length >= MOST}
          onClick={() => setRings((now) => [...now, newRing(Math.max(...now.map((ring) => ring.key)) + 1)])}
        >
          {t('editor.add')}
        </Button>
      </Box>
    </FormDialog>
  );
}

function RingFields({
  ring,
  number,
  isLast,
  names,
  problems,
  onChange,
  onUp,
  onDown,
  onRemove,
}: {
  readonly ring: RingDraft;
  readonly number: number;
  readonly isLast: boolean;
  readonly names: readonly string[];
  /** What is wrong, once one tried to save. */
  readonly problems: RingProblems | undefined;
  readonly onChange: (patch: Partial<RingDraft>) => void;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRemove: (() => void) | null;
}) {
  const { t } = useTranslation('rings');
  const moves = [
    ['up', ArrowUp, onUp],
    ['down', ArrowDown, onDown],
    ['remove', X, onRemove],
  ] as const;
  return (
    <Box
      component="li"
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1.5,
        px: 1.75,
        pt: 1.5,
        pb: 1.25,
        bgcolor: 'background.default',
      }}
    >
      <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
        <Autocomplete
          autoHighlight
          onKeyDown={(event) => {
            // Enter chooses a package; it never sends the form from here.
            if (event.key === 'Enter') event.preventDefault();
          }}
          options={[...new Set([...names, ...(ring.package === '' ? [] : [ring.package])])]}
          value={ring.package === '' ? null : ring.package}
          onChange={(_event, next: string | null) => onChange({ package: next ?? '' })}
          sx={{ flex: 1, maxWidth: 420 }}
          renderInput={(params) => (
            <TextField
              {...params}
              label={`${t('ring', { number })} · ${t('editor.package')}`}
              error={problems !== undefined && problems.package !== null}
              helperText={
                problems === undefined || problems.package === null
                  ? t('editor.packageHelp')
                  : t(`editor.${problems.package}`)
              }
            />
          )}
        />
        <span style={{ flex: 1 }} />
        {moves.map(([move, Icon, run]) => (
          <Tooltip key={move} title={t(`editor.${move}`)}>
            <span>
              <IconButton
                aria-label={`${t(`editor.${move}`)}: ${t('ring', { number })}`}
                disabled={run === null}
                onClick={() => run?.()}
              >
                <Icon size={16} aria-hidden />
              </IconButton>
            </span>
          </Tooltip>
        ))}
      </Stack>
      {isLast ? (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
          {t('editor.last')}
        </Typography>
      ) : (
        <Stack role="group" aria-label={t('editor.gates')} sx={{ gap: 1.25, mt: 1.25 }}>
          <Typography variant="caption" color="textSecondary">
            {t('editor.gates')}
          </Typography>
          <Stack direction="row" sx={{ gap: 1.5 }}>
            {GATES.map(([gate, help]) => {
              const isWrong = problems?.gates.includes(gate) === true;
              return (
                <TextField
                  key={gate}
                  label={t(`editor.${gate}`)}
                  value={ring.gates[gate]}
                  onChange={(event) => onChange({ gates: { ...ring.gates, [gate]: event.target.value.slice(0, 12) } })}
                  error={isWrong}
                  helperText={isWrong ? t('editor.number') : t(`editor.${help}`)}
                  slotProps={{ htmlInput: { inputMode: 'decimal' } }}
                  sx={{ flex: 1 }}
                />
              );
            })}
          </Stack>
        </Stack>
      )}
    </Box>
  );
}
