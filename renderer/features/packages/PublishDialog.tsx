import {
  Alert,
  Box,
  Button,
  Checkbox,
  FormControlLabel,
  LinearProgress,
  Stack,
  TextField,
  Typography,
} from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { PublishCheck, Published } from '../../../contract/schemas/packages.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { useAction, useBridge, useCall } from '../../app/console.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { type DraftContent, draftOf } from './draft-edit.ts';
import { ForecastReview } from './forecast/ForecastReview.tsx';
import { SignerExpiry } from './forecast/SignerExpiry.tsx';
import type { LiveForecast } from './forecast/use-forecast.ts';
import { ReviewLists } from './ReviewLists.tsx';
import { changesOf, isUnchanged } from './review.ts';
import { useDrafts } from './use-drafts.ts';

const NO_UPDATES: readonly UpdateRow[] = [];

/** The last look before signing: what changes against what is published, under which version, and why; then publishes. */
export function PublishDialog({
  draft,
  check,
  live,
  onCheck,
  onPublished,
  onClose,
}: {
  readonly draft: DraftContent & { readonly id: string };
  readonly check: PublishCheck;
  /** What publishing would do to hosts; one confirms it with the rest. */
  readonly live: LiveForecast;
  /** A newer answer, after the repository moved once more. */
  readonly onCheck: (check: PublishCheck) => void;
  readonly onPublished: (done: Published) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('packages');
  const bridge = useBridge();
  const publish = useAction('packages.publish');
  const ways = useDrafts();
  const packages = useCall('packages.list', {}).data?.packages;
  const updates = useCall('updates.list', {}).data?.rows ?? NO_UPDATES;
  const signer = useCall('signer.state', {}).data;
  const newest = packages?.find((row) => row.package === draft.package && row.isNewest) ?? null;
  const base = useCall('packages.read', { filename: newest?.filename ?? '-' }, { enabled: newest !== null });
  const [reason, setReason] = useState('');
  const [isOver, setOver] = useState(false);
  const [failure, setFailure] = useState<ConsoleError | null>(null);
  const changes = useMemo(
    () => changesOf(newest === null ? null : (base.data ?? null), draft),
    [newest, base.data, draft],
  );
  const isMoved = check.movedTo !== null;
  const isCompared = newest === null || base.data !== undefined || base.error !== null;

  const submit = (): void => {
    setFailure(null);
    publish.mutate(
      { draftId: draft.id, version: check.version, overMoved: isMoved && isOver, reason },
      {
        onSuccess: onPublished,
        onError: ({ error }) => {
          setFailure(error);
          if (error.code !== 'version-moved' && error.code !== 'draft-moved') return;
          // The repository moved while one looked: show what it would be now.
          setOver(false);
          void bridge.call('packages.check', { draftId: draft.id }).then((answer) => {
            if (answer.ok) onCheck(answer.value);
          });
        },
      },
    );
  };
  const openNewest = async (): Promise<void> => {
    if (base.data === undefined) return;
    const answer = await ways.open(draftOf(base.data));
    if (answer.ok) onClose();
    else setFailure(answer.error);
  };

  return (
    <FormDialog
      open
      maxWidth="lg"
      title={t('review.title', { name: draft.package, version: check.version })}
      submitLabel={t('review.go')}
      onSubmit={submit}
      onClose={onClose}
      isBusy={publish.isPending}
      canSubmit={(!isMoved || isOver) && (live.isCurrent || live.error !== null)}
    >
      {isMoved ? (
        <Moved
          newest={check.movedTo ?? ''}
          base={draft.base?.version ?? null}
          isOver={isOver}
          onOver={setOver}
          onOpenNewest={base.data === undefined ? null : () => void openNewest()}
        />
      ) : null}
      <SignerExpiry />
      {check.base === 'intact' ? (
        <Alert severity="info">{t('review.baseIntact', { version: draft.base?.version ?? '' })}</Alert>
      ) : null}
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 2fr) minmax(0, 3fr)' },
          columnGap: 3,
          rowGap: 2,
          alignItems: 'start',
        }}
      >
        <Stack sx={{ gap: 2, minWidth: 0 }}>
          <Facts
            items={[
              {
                label: t('review.version'),
                value: check.isNew ? `${check.version} (${t('review.newPackage')})` : check.version,
              },
              { label: t('review.filename'), value: check.filename },
              { label: t('review.maturity'), value: draft.maturity === '' ? 'PROD' : draft.maturity },
              draft.description === '' ? null : { label: t('review.description'), value: draft.description },
              signer?.kind === 'open' ? { label: t('review.signer'), value: signer.certificate.subject } : null,
              {
                label: t('review.entries'),
                value:
                  check.addedIds === 0
                    ? check.ruleCount
                    : `${check.ruleCount}, ${t('review.addedIds', { count: check.addedIds })}`,
              },
            ]}
          />
          {check.ruleCount === 0 ? <Alert severity="warning">{t('review.empty')}</Alert> : null}
          <Box>
            <Typography variant="h3" sx={{ mb: 0.5 }}>
              {newest === null ? t('review.all') : t('review.against', { version: newest.version })}
            </Typography>
            {!isCompared ? (
              <LoadingState />
            ) : isUnchanged(changes) && newest !== null ? (
              <Typography variant="body2">{t('review.nothing', { version: newest.version })}</Typography>
            ) : (
              <ReviewLists changes={changes} updates={updates} />
            )}
            {base.error === null ? null : (
              <ErrorNotice error={base.error.error} compact onRetry={() => void base.refetch()} />
            )}
          </Box>
        </Stack>
        <ForecastReview
          live={live}
          draft={{
            draftId: draft.id,
            package: draft.package,
            rules: draft.rules,
            updates,
            onChange: null,
            onMaturity: null,
          }}
        />
      </Box>
      <TextField
        label={t('reasonLabel')}
        helperText={t('reasonHelp')}
        value={reason}
        onChange={(event) => setReason(event.target.value.slice(0, 1_000))}
        autoFocus
      />
      <Typography variant="caption" color="textSecondary">
        {t('review.untrusted')}
      </Typography>
      {publish.isPending ? (
        <Stack role="status" sx={{ gap: 0.75 }}>
          <LinearProgress aria-label={t('review.step')} />
          <Typography variant="body2">{t('review.step')}</Typography>
        </Stack>
      ) : null}
      {failure === null ? null : (
        <Stack sx={{ gap: 0.75 }}>
          <ErrorNotice error={failure} />
          <Typography variant="body2">
            {failure.facts?.['uploaded'] === true ? t('review.uploadedSame') : t('review.kept')}
          </Typography>
        </Stack>
      )}
    </FormDialog>
  );
}

function Moved({
  newest,
  base,
  isOver,
  onOver,
  onOpenNewest,
}: {
  readonly newest: string;
  readonly base: string | null;
  readonly isOver: boolean;
  readonly onOver: (isOver: boolean) => void;
  readonly onOpenNewest: (() => void) | null;
}) {
  const { t } = useTranslation('packages');
  return (
    <Alert severity="warning">
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('review.movedTitle', { newest })}
      </Typography>
      <Typography variant="body2">
        {base === null ? t('review.movedNew', { newest }) : t('review.movedText', { newest, base })}
      </Typography>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 2, mt: 0.5, flexWrap: 'wrap' }}>
        {onOpenNewest === null ? null : (
          <Button variant="outlined" onClick={onOpenNewest}>
            {t('review.openNewest')}
          </Button>
        )}
        <FormControlLabel
          control={<Checkbox checked={isOver} onChange={(_event, isChecked) => onOver(isChecked)} />}
          label={t('review.over')}
          sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
        />
      </Stack>
    </Alert>
  );
}
