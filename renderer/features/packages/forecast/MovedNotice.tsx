import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  Typography,
} from '@mui/material';
import { type Dispatch, useId, useState } from 'react';
import type { UpdateRow } from '../../../../domain/update.ts';
import { LoadingState } from '../../../ui/EmptyState.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useToasts } from '../../../ui/toasts.ts';
import type { DraftContent, DraftStep } from '../draft-edit.ts';
import { ReviewLists } from '../ReviewLists.tsx';
import { isEditable } from '../use-drafts.ts';
import type { ListDifference } from './merge-draft.ts';
import { type Moved, useMoved } from './use-moved.ts';
import { useForecastWords } from './words.ts';

/** Says that somebody published the package while one edits it, and offers the ways on: look, merge, publish over. */
export function MovedNotice({
  draft,
  updates,
  dispatch,
  onReview,
}: {
  readonly draft: DraftContent;
  readonly updates: readonly UpdateRow[];
  readonly dispatch: Dispatch<DraftStep>;
  readonly onReview: () => void;
}) {
  const t = useForecastWords();
  const moved = useMoved(draft);
  const say = useToasts((toasts) => toasts.say);
  const [isBeside, setBeside] = useState(false);
  if (moved === null) return null;
  const { newest, content, merged } = moved;
  const canMerge = merged !== null && content !== null && isEditable(content);
  const merge = (): void => {
    if (merged === null || content === null) return;
    dispatch({
      kind: 'rebase',
      base: { filename: newest.filename, version: newest.version },
      rules: merged.rules,
    });
    setBeside(false);
    const parts = [t('moved.merged', { version: newest.version })];
    if (merged.conflicts.length > 0) parts.push(t('moved.conflicts', { count: merged.conflicts.length }));
    say({ tone: merged.conflicts.length > 0 ? 'warning' : 'ok', text: parts.join(' ') });
  };
  const { base } = draft;
  return (
    <Alert
      severity="warning"
      sx={{ borderRadius: 0, py: 0.25, alignItems: 'center', '& .MuiAlert-message': { flex: 1 } }}
      action={
        <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap', justifyContent: 'flex-end' }}>
          <Button color="inherit" onClick={() => setBeside(true)}>
            {t('moved.beside')}
          </Button>
          {canMerge ? (
            <Button color="inherit" variant="outlined" onClick={merge}>
              {t('moved.merge')}
            </Button>
          ) : null}
          <Button color="inherit" onClick={onReview}>
            {t('moved.over')}
          </Button>
        </Stack>
      }
    >
      <strong>{t(base === null ? 'moved.titleNew' : 'moved.title', { version: newest.version })}.</strong>{' '}
      {base === null ? null : t('moved.text', { base: base.version })}{' '}
      {newest.signer === '' ? null : (
        <>
          {t('moved.by', { signer: newest.signer })} · <Time at={newest.signatureDate} />
        </>
      )}
      {isBeside ? (
        <BesideDialog
          draft={draft}
          moved={moved}
          updates={updates}
          onMerge={canMerge ? merge : null}
          onClose={() => setBeside(false)}
        />
      ) : null}
    </Alert>
  );
}

function BesideDialog({
  draft,
  moved,
  updates,
  onMerge,
  onClose,
}: {
  readonly draft: DraftContent;
  readonly moved: Moved;
  readonly updates: readonly UpdateRow[];
  readonly onMerge: (() => void) | null;
  readonly onClose: () => void;
}) {
  const t = useForecastWords();
  const titleId = useId();
  const { version } = moved.newest;
  const base = draft.base?.version ?? '';
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="lg">
      <DialogTitle id={titleId}>{t('moved.besideTitle', { name: draft.package, version })}</DialogTitle>
      <DialogContent>
        {moved.content === null ? <LoadingState /> : null}
        {moved.isBaseGone ? (
          <Alert severity="info" sx={{ mb: 1.5 }}>
            {t('moved.noBase', { version: base })}
          </Alert>
        ) : null}
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(340px, 1fr))' }}>
          {moved.theirs === null || moved.mine === null ? (
            <Side title={t('moved.difference', { version })} difference={moved.difference ?? []} updates={updates} />
          ) : (
            <>
              <Side title={t('moved.theirs', { version, base })} difference={moved.theirs} updates={updates} />
              <Side title={t('moved.mine', { base })} difference={moved.mine} updates={updates} />
            </>
          )}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common:close')}</Button>
        {onMerge === null ? null : (
          <Button variant="contained" onClick={onMerge}>
            {t('moved.merge')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Side({
  title,
  difference,
  updates,
}: {
  readonly title: string;
  readonly difference: readonly ListDifference[];
  readonly updates: readonly UpdateRow[];
}) {
  const t = useForecastWords();
  return (
    <Box component="section" aria-label={title} sx={{ minWidth: 0 }}>
      <Typography variant="h3" sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {difference.length === 0 ? (
        <Typography variant="body2" color="textSecondary">
          {t('moved.nothing')}
        </Typography>
      ) : (
        <ReviewLists changes={{ lists: difference, fields: [] }} updates={updates} />
      )}
    </Box>
  );
}
