import { Alert, Box, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RulePackage } from '../../../contract/schemas/packages.ts';
import { useAction } from '../../app/console.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { maturityOf } from './package-columns.ts';

const SHOWN = 12;

/** Asks before versions leave the repository, naming each with the hosts that have it, and what is left after. */
export function DeleteDialog({
  rows,
  all,
  onClose,
}: {
  readonly rows: readonly RulePackage[];
  readonly all: readonly RulePackage[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('packages');
  const say = useToasts((toasts) => toasts.say);
  const remove = useAction('packages.delete');
  const [reason, setReason] = useState('');
  const confirm = (): void => {
    remove.mutate(
      { filenames: rows.map((row) => row.filename), reason },
      {
        onSuccess: ({ deleted, failed }) => {
          onClose();
          if (deleted.length > 0) say({ tone: 'ok', text: t('delete.done', { count: deleted.length }) });
          if (failed.length > 0) {
            say({ tone: 'error', text: t('delete.failed', { count: failed.length, names: failed.join(', ') }) });
          }
        },
      },
    );
  };
  return (
    <ConfirmDialog
      open
      tone="danger"
      title={t('delete.title', { count: rows.length })}
      confirmLabel={t('delete.go')}
      isBusy={remove.isPending}
      error={remove.error?.error ?? null}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.filename}>
            <strong>{t('delete.line', { name: row.package, version: row.version, maturity: maturityOf(row) })}</strong>{' '}
            {row.hostsInstalled === 0 ? t('delete.notInstalled') : t('delete.installed', { count: row.hostsInstalled })}
          </li>
        ))}
        {rows.length > SHOWN ? <li>{t('review.more', { count: rows.length - SHOWN })}</li> : null}
      </Box>
      <Typography variant="body2">{t('delete.text')}</Typography>
      {afterwards(rows, all).map(({ name, next }) => (
        <Alert key={name} severity="warning">
          {next === null ? t('delete.lastGoes', { name }) : t('delete.unnewest', { name, version: next })}
        </Alert>
      ))}
      <TextField
        label={t('reasonLabel')}
        helperText={t('reasonHelp')}
        value={reason}
        onChange={(event) => setReason(event.target.value.slice(0, 1_000))}
      />
    </ConfirmDialog>
  );
}

const versions = new Intl.Collator('en', { numeric: true });

/** The names whose newest version would go, and what hosts would get instead: the greatest version that stays, or nothing. */
function afterwards(
  rows: readonly RulePackage[],
  all: readonly RulePackage[],
): { readonly name: string; readonly next: string | null }[] {
  const gone = new Set(rows.map((row) => row.filename));
  const names = [...new Set(rows.filter((row) => row.isNewest).map((row) => row.package))];
  return names.map((name) => {
    const left = all.filter((row) => row.package === name && !gone.has(row.filename)).map((row) => row.version);
    return { name, next: left.sort(versions.compare).at(-1) ?? null };
  });
}
