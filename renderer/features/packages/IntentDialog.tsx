import { FormControlLabel, Radio, RadioGroup, TextField, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { Draft, RulePackage } from '../../../contract/schemas/packages.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { emptyRules } from '../../../domain/rules.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { useBridge, useCall } from '../../app/console.ts';
import { useSettings } from '../../app/settings.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { useAgo } from '../../ui/Time.tsx';
import { type DraftContent, draftOf, newDraft } from './draft-edit.ts';
import { decide, type WrittenAs } from './edits.ts';
import type { RuleIntent } from './intent.ts';
import { freeName, nameProblem } from './name.ts';
import { isEditable, useDrafts } from './use-drafts.ts';
import { WriteAs } from './WriteAs.tsx';

/** Where an intent can go. */
type Target =
  | { readonly kind: 'new'; readonly key: string; readonly name: string }
  | { readonly kind: 'draft'; readonly key: string; readonly name: string; readonly draft: Draft }
  | { readonly kind: 'package'; readonly key: string; readonly name: string; readonly row: RulePackage };

const NO_UPDATES: readonly UpdateRow[] = [];

/** Asks in which package updates chosen elsewhere are allowed or forbidden, puts them into its draft and opens it. */
export function IntentDialog({ intent, onClose }: { readonly intent: RuleIntent; readonly onClose: () => void }) {
  const { t } = useTranslation('packages');
  const [{ packagePrefix }] = useSettings();
  const bridge = useBridge();
  const ways = useDrafts();
  const drafts = useCall('drafts.list', {}).data;
  const packages = useCall('packages.list', {}).data;
  const known = useCall('updates.list', {}).data?.rows ?? NO_UPDATES;
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
  const [typedName, setTypedName] = useState<string | null>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const [as, setAs] = useState<WrittenAs>('updates');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ConsoleError | null>(null);
  const newName = typedName ?? suggested;
  const fresh: Target = { kind: 'new', key: 'new', name: newName };
  const target =
    targets.find((one) => one.key === chosenKey) ?? (chosenKey === 'new' || targets.length === 0 ? fresh : null);
  const problem = target?.kind === 'new' ? nameProblem(newName, packagePrefix) : null;
  const shown = targets.filter((one) => one.name.toLowerCase().includes(filter.toLowerCase()));

  const go = async (to: Target): Promise<Result<unknown, ConsoleError>> => {
    const content = await contentOf(bridge, to);
    if (!content.ok) return content;
    const verdict = intent.list === 'allow' ? 'allowed' : 'forbidden';
    const rules = decide(content.value.content.rules, verdict, as, intent.updates, known);
    const saved = await bridge.call('drafts.save', {
      ...content.value.content,
      id: content.value.id,
      rules,
    });
    if (saved.ok) ways.goTo(saved.value.id);
    return saved;
  };
  const submit = (): void => {
    if (target === null || problem !== null) return;
    setBusy(true);
    void go(target).then((answer) => {
      setBusy(false);
      if (answer.ok) onClose();
      else setFailure(answer.error);
    });
  };

  return (
    <FormDialog
      open
      title={t(`intent.${intent.list}`, { count: intent.updates.length })}
      submitLabel={t('intent.go')}
      onSubmit={submit}
      onClose={onClose}
      isBusy={isBusy}
      canSubmit={target !== null && problem === null}
      error={failure}
    >
      <Typography variant="body2" color="textSecondary">
        {t('intent.text')}
      </Typography>
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
        onChange={(_event, key) => setChosenKey(key)}
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
          value={newName}
          onChange={(event) => setTypedName(event.target.value)}
          error={problem !== null}
          helperText={problem === null ? ' ' : t(`name.${problem}`)}
        />
      ) : null}
      <WriteAs value={as} onChange={setAs} />
    </FormDialog>
  );
}

async function contentOf(
  bridge: ReturnType<typeof useBridge>,
  target: Target,
): Promise<Result<{ readonly id: string | null; readonly content: DraftContent }, ConsoleError>> {
  switch (target.kind) {
    case 'new':
      return ok({ id: null, content: newDraft(target.name, emptyRules) });
    case 'draft':
      return ok({ id: target.draft.id, content: contentOnly(target.draft) });
    case 'package': {
      const read = await bridge.call('packages.read', { filename: target.row.filename });
      if (!read.ok) return read;
      return isEditable(read.value)
        ? ok({ id: null, content: draftOf(read.value) })
        : { ok: false, error: { code: 'rules-invalid' } };
    }
  }
}

const contentOnly = ({ package: name, description, maturity, rules, base }: Draft): DraftContent => ({
  package: name,
  description,
  maturity,
  rules,
  base,
});

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
