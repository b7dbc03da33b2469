import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssignmentPreview, AssignmentResult } from '../../../../contract/schemas/assignment.ts';
import type { HostRow } from '../../../../contract/schemas/hosts.ts';
import { useAction, useCall } from '../../../app/console.ts';
import { LoadingState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { useStartOrder } from '../../hosts/order.ts';
import { useEnsureSigner } from '../../signer/ensure.ts';
import { AssignmentResults } from './AssignmentResults.tsx';
import { AssignmentReview, isDue } from './AssignmentReview.tsx';
import { CarrierPicker, type Made } from './CarrierPicker.tsx';
import { type Change, type Choice, changesOf, choiceKey, choicesOf, toggled, type Wishes } from './choices.ts';

const NO_HOSTS: readonly HostRow[] = [];
const NO_WISHES: Wishes = new Map();

/** Chooses who gets a package, shows what that does, then signs and uploads what asks for it. */
export function AssignmentDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['assignment', 'common']);
  const titleId = useId();
  const ensureSigner = useEnsureSigner();
  const startOrder = useStartOrder();
  const assignment = useCall('assignment.list', { package: name });
  const hosts = useCall('hosts.list', {}).data?.rows ?? NO_HOSTS;
  const look = useAction('assignment.preview');
  const apply = useAction('assignment.apply');
  const [wishes, setWishes] = useState<Wishes>(NO_WISHES);
  const [made, setMade] = useState<readonly Pick<Choice, 'section' | 'name'>[]>([]);
  const [preview, setPreview] = useState<AssignmentPreview | null>(null);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(() => new Set());
  const [reason, setReason] = useState('');
  const [results, setResults] = useState<readonly AssignmentResult[] | null>(null);
  const choices = useMemo(
    () => (assignment.data === undefined ? [] : choicesOf(assignment.data, hosts, made)),
    [assignment.data, hosts, made],
  );
  const changes = changesOf(choices, wishes);
  const isBusy = look.isPending || apply.isPending;

  const show = (wanted: readonly Change[]): void => {
    apply.reset();
    look.mutate(
      {
        package: name,
        changes: wanted.map(({ section, name: carrier, action }) => ({ section, name: carrier, action })),
      },
      {
        onSuccess: (next) => {
          setPreview(next);
          setResults(null);
          setAccepted(new Set());
        },
      },
    );
  };
  const toggle = (choice: Choice): void => setWishes((current) => toggled(choice, current));
  const make = (section: Made, given: string): void => {
    const isSame = (choice: Choice): boolean =>
      choice.section === section &&
      (section === 'group' ? choice.name === given : choice.name.toLowerCase() === given.toLowerCase());
    const key = choices.find(isSame)?.key ?? choiceKey(section, given);
    setMade((current) => [...current, { section, name: given }]);
    setWishes((current) => new Map(current).set(key, true));
  };
  const ask = async (): Promise<void> => {
    // With a signer open the preview knows whose packages are one's own, and which hosts would drop them. Without one it is shown all the same.
    await ensureSigner(t('signWhy'));
    show(changes);
  };
  const due = (preview?.steps ?? []).filter((step) => isDue(step, accepted));
  const leftOut = (preview?.steps.length ?? 0) - due.length;
  const send = async (): Promise<void> => {
    if (!(await ensureSigner(t('signWhy')))) return;
    const wanted = due.map(({ section, name: carrier, action, version, trust }) => ({
      section,
      name: carrier,
      action,
      version,
      acceptSigner: trust === 'intact',
    }));
    apply.mutate({ package: name, changes: wanted, reason }, { onSuccess: (answer) => setResults(answer.results) });
  };
  const back = (): void => {
    setPreview(null);
    look.reset();
    apply.reset();
  };
  const error = apply.error?.error ?? look.error?.error ?? null;
  const again = (results ?? []).filter(({ outcome }) => outcome === 'overwritten' || outcome === 'failed');
  const hasChanged = (results ?? []).some(({ outcome }) => outcome === 'done' || outcome === 'merged');
  const gained = preview?.gained.map((host) => host.uuid) ?? [];

  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      onClose={isBusy ? () => {} : onClose}
      aria-labelledby={titleId}
      slotProps={{ paper: { sx: { height: 'min(720px, calc(100% - 64px))' } } }}
    >
      <DialogTitle id={titleId}>{t('title', { name })}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        {results !== null ? (
          <AssignmentResults results={results} />
        ) : preview !== null ? (
          <AssignmentReview
            preview={preview}
            accepted={accepted}
            onAccept={(key, isAccepted) =>
              setAccepted((current) => {
                const next = new Set(current);
                if (isAccepted) next.add(key);
                else next.delete(key);
                return next;
              })
            }
            reason={reason}
            onReason={setReason}
            isBusy={apply.isPending}
          />
        ) : assignment.data === undefined ? (
          assignment.error === null ? (
            <LoadingState />
          ) : (
            <ErrorNotice error={assignment.error.error} onRetry={() => void assignment.refetch()} />
          )
        ) : (
          <>
            <Typography variant="body2" color="textSecondary">
              {t('intro')} {t('reached', { count: assignment.data.reached.length })}{' '}
              {assignment.data.unsure === 0 ? null : t('unsure', { count: assignment.data.unsure })}
            </Typography>
            <CarrierPicker choices={choices} wishes={wishes} onToggle={toggle} onMake={make} />
          </>
        )}
        {error === null ? null : <ErrorNotice error={error} compact />}
      </DialogContent>
      <DialogActions>
        {results === null && preview === null ? (
          <Typography variant="body2" color="textSecondary" role="status" sx={{ px: 1 }}>
            {look.isPending
              ? t('previewing')
              : changes.length === 0
                ? t('noChanges')
                : t('changes', { count: changes.length })}
          </Typography>
        ) : null}
        {preview !== null && results === null && leftOut > 0 ? (
          <Typography variant="body2" color="textSecondary" sx={{ px: 1 }}>
            {due.length === 0 ? t('nothingToDo') : t('leftOut', { count: leftOut })}
          </Typography>
        ) : null}
        <Box sx={{ flex: 1 }} />
        {results !== null ? (
          <>
            {again.length === 0 ? null : (
              <Button variant="outlined" loading={look.isPending} onClick={() => show(again)}>
                {t('redo', { count: again.length })}
              </Button>
            )}
            {hasChanged && gained.length > 0 ? (
              <Button
                variant="outlined"
                onClick={() => {
                  onClose();
                  void startOrder({ action: 'refresh', uuids: gained });
                }}
              >
                {t('refresh')}
              </Button>
            ) : null}
            <Button variant="contained" onClick={onClose} autoFocus>
              {t('close')}
            </Button>
          </>
        ) : preview !== null ? (
          <>
            <Button onClick={back} disabled={isBusy}>
              {t('back')}
            </Button>
            <Button
              variant="contained"
              onClick={() => void send()}
              loading={apply.isPending}
              disabled={due.length === 0}
            >
              {t('apply')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose} disabled={isBusy}>
              {t('common:cancel')}
            </Button>
            <Button
              variant="contained"
              onClick={() => void ask()}
              loading={look.isPending}
              disabled={changes.length === 0}
            >
              {t('preview')}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
