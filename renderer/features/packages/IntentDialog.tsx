import { Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { emptyRules } from '../../../domain/rules.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { useBridge, useCall } from '../../app/console.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { type DraftContent, draftOf, newDraft } from './draft-edit.ts';
import { decide, type WrittenAs } from './edits.ts';
import type { RuleIntent } from './intent.ts';
import { type Target, TargetPicker, useTargetChoice } from './TargetPicker.tsx';
import { isEditable, useDrafts } from './use-drafts.ts';
import { WriteAs } from './WriteAs.tsx';

const NO_UPDATES: readonly UpdateRow[] = [];

/** Asks in which package updates chosen elsewhere are allowed or forbidden, puts them into its draft and opens it. */
export function IntentDialog({ intent, onClose }: { readonly intent: RuleIntent; readonly onClose: () => void }) {
  const { t } = useTranslation('packages');
  const bridge = useBridge();
  const ways = useDrafts();
  const known = useCall('updates.list', {}).data?.rows ?? NO_UPDATES;
  const choice = useTargetChoice();
  const { target, problem } = choice;
  const [as, setAs] = useState<WrittenAs>(intent.as ?? 'updates');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ConsoleError | null>(null);
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
      <TargetPicker choice={choice} />
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
