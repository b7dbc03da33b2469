import { Alert, Box, Checkbox, FormControlLabel, LinearProgress, Stack, TextField, Typography } from '@mui/material';
import { Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AssignmentPreview, AssignmentStep } from '../../../../contract/schemas/assignment.ts';
import { HostNames } from '../../hosts/HostNames.tsx';
import { AssignmentEffect } from './AssignmentEffect.tsx';
import { choiceKey } from './choices.ts';
import { useReason } from './reasons.ts';

/** Whether a step will be written. */
export const isDue = (step: AssignmentStep, accepted: ReadonlySet<string>): boolean =>
  !step.isSettled &&
  step.error === null &&
  (step.trust !== 'intact' || accepted.has(choiceKey(step.section, step.name)));

/** What is confirmed: which hosts change, and which packages one signs for it. */
export function AssignmentReview({
  preview,
  accepted,
  onAccept,
  reason,
  onReason,
  isBusy,
}: {
  readonly preview: AssignmentPreview;
  /** Keys of packages of unknown signers that one signs all the same. */
  readonly accepted: ReadonlySet<string>;
  readonly onAccept: (key: string, isAccepted: boolean) => void;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly isBusy: boolean;
}) {
  const { t } = useTranslation(['assignment', 'hosts']);
  const { gained, lost, unsure, kept, untrusting, steps } = preview;
  return (
    <Stack sx={{ gap: 1.5 }}>
      <Stack sx={{ gap: 1 }}>
        {gained.length + lost.length + unsure.length === 0 ? (
          <Typography variant="body2">{t('noHost')}</Typography>
        ) : null}
        {gained.length === 0 ? null : (
          <Box>
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {t('gained', { count: gained.length })}
            </Typography>
            <HostNames hosts={gained} />
          </Box>
        )}
        {lost.length === 0 ? null : (
          <Alert severity="warning">
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {t('lost', { count: lost.length })}
            </Typography>
            {t('lostText')}
            <HostNames hosts={lost} />
          </Alert>
        )}
        {unsure.length === 0 ? null : (
          <Alert severity="info">
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {t('mayChange', { count: unsure.length })}
            </Typography>
            {t('mayChangeText')}
            <HostNames hosts={unsure} />
          </Alert>
        )}
        {kept === 0 ? null : <Typography variant="body2">{t('kept', { count: kept })}</Typography>}
        {untrusting === null || untrusting.length === 0 ? null : (
          <Alert severity="warning">
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {t('untrusting', { count: untrusting.length })}
            </Typography>
            {t('untrustingText')}
            <HostNames hosts={untrusting} />
          </Alert>
        )}
      </Stack>
      {gained.length + lost.length + unsure.length === 0 ? null : <AssignmentEffect forecast={preview.forecast} />}
      <Box component="section" aria-label={t('steps')}>
        <Typography variant="h3" sx={{ mb: 0.5 }}>
          {t('steps')}
        </Typography>
        <Stack
          component="ul"
          sx={{ m: 0, p: 1, gap: 0.75, listStyle: 'none', border: 1, borderColor: 'divider', borderRadius: 1 }}
        >
          {steps.map((step) => {
            const key = choiceKey(step.section, step.name);
            return (
              <Step
                key={key}
                step={step}
                isAccepted={accepted.has(key)}
                onAccept={(isAccepted) => onAccept(key, isAccepted)}
              />
            );
          })}
        </Stack>
      </Box>
      <TextField
        label={t('reason')}
        helperText={t('reasonHelp')}
        value={reason}
        onChange={(event) => onReason(event.target.value.slice(0, 1_000))}
        disabled={isBusy}
        autoFocus
      />
      {isBusy ? (
        <Stack role="status" sx={{ gap: 0.75 }}>
          <LinearProgress aria-label={t('applying')} />
          <Typography variant="body2">{t('applying')}</Typography>
        </Stack>
      ) : null}
    </Stack>
  );
}

function Step({
  step,
  isAccepted,
  onAccept,
}: {
  readonly step: AssignmentStep;
  readonly isAccepted: boolean;
  readonly onAccept: (isAccepted: boolean) => void;
}) {
  const { t } = useTranslation('assignment');
  const reasonOf = useReason();
  const Icon = step.action === 'add' ? Plus : Minus;
  const after = step.isSettled
    ? t('settled')
    : [t(step.action), step.version === null ? t('made') : t('version', { version: step.version })].join(' · ');
  return (
    <Box component="li">
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 0.75 }}>
        <Icon size={15} aria-hidden style={{ marginTop: 3, flexShrink: 0 }} />
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {t(`one.${step.section}`)} <strong>{step.label}</strong>{' '}
          <Typography component="span" variant="caption" color="textSecondary">
            {after}
          </Typography>
        </Typography>
      </Stack>
      {step.error === null ? null : <Alert severity="error">{reasonOf(step.error)}</Alert>}
      {step.trust === 'intact' && step.error === null && !step.isSettled ? (
        <Alert severity="warning">
          {step.signer === '' ? t('strangerNobody') : t('stranger', { signer: step.signer })}
          <Box>
            <FormControlLabel
              control={
                <Checkbox
                  checked={isAccepted}
                  onChange={(_event, isChecked) => onAccept(isChecked)}
                  slotProps={{ input: { 'aria-label': t('acceptOf', { name: step.label }) } }}
                />
              }
              label={t('accept')}
              sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
            />
          </Box>
        </Alert>
      ) : null}
    </Box>
  );
}
