import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { type ReactNode, type SyntheticEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../contract/errors.ts';
import { ErrorNotice } from './ErrorNotice.tsx';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly isBusy?: boolean;
  readonly error?: ConsoleError | null;
  readonly maxWidth?: 'xs' | 'sm' | 'md' | 'lg';
  readonly children?: ReactNode;
}

/** Asks before something that cannot be taken back, or touches many hosts. The safe answer has the focus where it destroys. */
export function ConfirmDialog({
  open,
  title,
  confirmLabel,
  tone = 'normal',
  onConfirm,
  onClose,
  isBusy = false,
  canConfirm = true,
  error,
  maxWidth = 'sm',
  children,
}: DialogProps & {
  readonly confirmLabel: string;
  readonly tone?: 'normal' | 'danger';
  readonly canConfirm?: boolean;
  readonly onConfirm: () => void;
}) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <Dialog open={open} onClose={isBusy ? () => {} : onClose} aria-labelledby={titleId} maxWidth={maxWidth}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 1.5, typography: 'body2' }}>
          {children}
          {error === null || error === undefined ? null : <ErrorNotice error={error} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={isBusy} autoFocus={tone === 'danger'}>
          {t('cancel')}
        </Button>
        <Button
          variant="contained"
          color={tone === 'danger' ? 'error' : 'primary'}
          onClick={onConfirm}
          loading={isBusy}
          disabled={!canConfirm}
          autoFocus={tone === 'normal'}
        >
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** A dialog with fields: Enter submits, failures stand beside the fields. */
export function FormDialog({
  open,
  title,
  submitLabel,
  onSubmit,
  onClose,
  isBusy = false,
  canSubmit = true,
  error,
  maxWidth = 'sm',
  secondary,
  children,
}: DialogProps & {
  readonly submitLabel: string;
  readonly canSubmit?: boolean;
  readonly onSubmit: () => void;
  /** Stands left of the buttons. */
  readonly secondary?: ReactNode;
}) {
  const { t } = useTranslation();
  const titleId = useId();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!isBusy && canSubmit) onSubmit();
  };
  return (
    <Dialog open={open} onClose={isBusy ? () => {} : onClose} aria-labelledby={titleId} maxWidth={maxWidth}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 0.75 }}>
            {children}
            {error === null || error === undefined ? null : <ErrorNotice error={error} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          {secondary}
          <span style={{ flex: 1 }} />
          <Button onClick={onClose} disabled={isBusy}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="contained" loading={isBusy} disabled={!canSubmit}>
            {submitLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
