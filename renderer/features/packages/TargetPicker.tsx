import { FormControlLabel, Radio, RadioGroup, TextField, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft, RulePackage } from '../../../contract/schemas/packages.ts';
import { useCall } from '../../app/console.ts';
import { useSettings } from '../../app/settings.ts';
import { useAgo } from '../../ui/Time.tsx';
import { freeName, type NameProblem, nameProblem } from './name.ts';

/** A package that decisions can go into. */
export type Target =
  | { readonly kind: 'new'; readonly key: string; readonly name: string }
  | { readonly kind: 'draft'; readonly key: string; readonly name: string; readonly draft: Draft }
  | { readonly kind: 'package'; readonly key: string; readonly name: string; readonly row: RulePackage };

/** Which target is chosen, and how to choose another. */
export interface TargetChoice {
  /** Drafts, then published packages that have none. */
  readonly targets: readonly Target[];
  readonly fresh: Target;
  /** Null until one is chosen. */
  readonly target: Target | null;
  /** What is wrong with the name of a new package. */
  readonly problem: NameProblem | null;
  readonly choose: (key: string) => void;
  readonly rename: (name: string) => void;
}

/** The drafts and packages one can choose from, and a new one. */
export function useTargetChoice(): TargetChoice {
  const [{ packagePrefix }] = useSettings();
  const drafts = useCall('drafts.list', {}).data;
  const packages = useCall('packages.list', {}).data;
  const [typedName, setTypedName] = useState<string | null>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const suggested = useMemo(
    () =>
      freeName(
        packagePrefix,
        'wsus',
        new Set([...(drafts ?? []), ...(packages?.packages ?? [])].map((one) => one.package)),
      ),
    [packagePrefix, drafts, packages],
  );
  const targets = useMemo<readonly Target[]>(() => {
    const taken = new Set((drafts ?? []).map((draft) => draft.base?.filename));
    return [
      ...(drafts ?? []).map((draft): Target => ({ kind: 'draft', key: draft.id, name: draft.package, draft })),
      ...(packages?.packages ?? [])
        .filter((row) => row.isNewest && !row.isLegacy && !taken.has(row.filename))
        .map((row): Target => ({ kind: 'package', key: row.filename, name: row.package, row })),
    ];
  }, [drafts, packages]);
  const fresh: Target = { kind: 'new', key: 'new', name: typedName ?? suggested };
  const target =
    targets.find((one) => one.key === chosenKey) ?? (chosenKey === 'new' || targets.length === 0 ? fresh : null);
  return {
    targets,
    fresh,
    target,
    problem: target?.kind === 'new' ? nameProblem(target.name, packagePrefix) : null,
    choose: setChosenKey,
    rename: setTypedName,
  };
}

/** Asks for the package that decisions go into. */
export function TargetPicker({ choice }: { readonly choice: TargetChoice }) {
  const { t } = useTranslation('packages');
  const [filter, setFilter] = useState('');
  const { targets, fresh, target, problem } = choice;
  const shown = targets.filter((one) => one.name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <>
      {targets.length > 6 ? (
        <TextField
          label={t('intent.filter')}
          type="search"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      ) : null}
      <RadioGroup
        aria-label={t('intent.targets')}
        value={target?.key ?? ''}
        onChange={(_event, key) => choice.choose(key)}
        sx={{
          maxHeight: 280,
          overflow: 'auto',
          flexWrap: 'nowrap',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          py: 0.5,
        }}
      >
        {shown.map((one) => (
          <TargetLine key={one.key} target={one} isChosen={target?.key === one.key} />
        ))}
        {shown.length === 0 && targets.length > 0 ? (
          <Typography variant="body2" color="textSecondary" sx={{ px: 2, py: 1 }}>
            {t('intent.none')}
          </Typography>
        ) : null}
        <TargetLine target={fresh} isChosen={target?.kind === 'new'} />
      </RadioGroup>
      {target?.kind === 'new' ? (
        <TextField
          label={t('editor.name')}
          value={target.name}
          onChange={(event) => choice.rename(event.target.value)}
          error={problem !== null}
          helperText={problem === null ? ' ' : t(`name.${problem}`)}
        />
      ) : null}
    </>
  );
}

function TargetLine({ target, isChosen }: { readonly target: Target; readonly isChosen: boolean }) {
  const { t } = useTranslation('packages');
  const ago = useAgo(target.kind === 'draft' ? target.draft.savedAt : null);
  const note =
    target.kind === 'draft'
      ? t('intent.draft', { ago })
      : target.kind === 'package'
        ? t('intent.package', { version: target.row.version })
        : '';
  return (
    <FormControlLabel
      value={target.key}
      control={<Radio size="small" sx={{ p: 0.5, mr: 0.5 }} />}
      disableTypography
      label={
        <>
          <Typography
            variant="body2"
            component="span"
            sx={{ flex: 1, minWidth: 0, fontWeight: 550, overflowWrap: 'anywhere' }}
          >
            {target.kind === 'new' ? t('intent.newPackage') : target.name || t('drafts.unnamed')}
          </Typography>
          <Typography variant="caption" component="span" color="textSecondary" sx={{ whiteSpace: 'nowrap' }}>
            {note}
          </Typography>
        </>
      }
      sx={{ mx: 0, px: 1, minHeight: 30, bgcolor: isChosen ? 'action.selected' : 'transparent' }}
    />
  );
}
