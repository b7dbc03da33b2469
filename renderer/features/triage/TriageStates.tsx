import { Alert, Button, Stack, Typography } from '@mui/material';
import { Clock, Inbox, Info, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TriageList } from '../../../contract/schemas/triage.ts';
import type { TriageState } from '../../../domain/triage.ts';
import { useLocale } from '../../i18n/locale.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatDateTime } from '../../ui/format.ts';
import type { Counts } from './counts.ts';

const NAMES = 5;

/** What one should know of the list: packages that are not read, and what drafts decide already. */
export function TriageNotices({ list }: { readonly list: TriageList }) {
  const { t } = useTranslation('triage');
  const navigate = useNavigate();
  return (
    <>
      {list.unread.length === 0 ? null : (
        <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }}>
          {t('unread', { count: list.unread.length, names: list.unread.slice(0, NAMES).join(', ') })}
        </Alert>
      )}
      {list.inDrafts === 0 ? null : (
        <Alert
          severity="info"
          sx={{ borderRadius: 0, py: 0, alignItems: 'center', '& .MuiAlert-action': { pt: 0 } }}
          action={
            <Button color="inherit" onClick={() => void navigate('/packages')}>
              {t('showDrafts')}
            </Button>
          }
        >
          {t('inDrafts', { count: list.inDrafts })}
        </Alert>
      )}
    </>
  );
}

/** The line under the list: what is new, and what is out of sight. */
export function TriageFooter({
  view,
  counts,
  visitedBefore,
  isSupersededShown,
  onSuperseded,
}: {
  readonly view: TriageState;
  readonly counts: Counts;
  readonly visitedBefore: string | null;
  readonly isSupersededShown: boolean;
  readonly onSuperseded: (isShown: boolean) => void;
}) {
  const { t } = useTranslation('triage');
  const locale = useLocale();
  if (view !== 'open') return null;
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5 }}>
      {visitedBefore === null || counts.fresh === 0 ? null : (
        <Typography variant="caption" component="span" noWrap>
          {t('since', { count: counts.fresh, date: formatDateTime(visitedBefore, locale) })}
        </Typography>
      )}
      {counts.superseded === 0 ? null : (
        <Button
          aria-pressed={isSupersededShown}
          sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }}
          onClick={() => onSuperseded(!isSupersededShown)}
        >
          {t(isSupersededShown ? 'hideSuperseded' : 'superseded', { count: counts.superseded })}
        </Button>
      )}
    </Stack>
  );
}

/** Nothing waits at all. */
export function NothingWaits({ hostCount }: { readonly hostCount: number }) {
  const { t } = useTranslation('triage');
  return hostCount === 0 ? (
    <EmptyState icon={Info} title={t('empty.never')} text={t('empty.neverText')} />
  ) : (
    <EmptyState icon={Sparkles} title={t('empty.title')} text={t('empty.text')} />
  );
}

/** The view is empty while others are not. */
export function ViewEmpty({
  view,
  decided,
  onGo,
}: {
  readonly view: TriageState;
  readonly decided: number;
  readonly onGo: () => void;
}) {
  const { t } = useTranslation('triage');
  if (view === 'decided') return <EmptyState icon={Inbox} title={t('empty.decided')} text={t('empty.decidedText')} />;
  if (view === 'snoozed') return <EmptyState icon={Clock} title={t('empty.snoozed')} text={t('empty.snoozedText')} />;
  if (decided === 0) return <EmptyState icon={Sparkles} title={t('empty.title')} text={t('empty.text')} />;
  return (
    <EmptyState
      icon={Sparkles}
      title={t('empty.openTitle')}
      text={t('empty.openText', { count: decided })}
      actions={
        <Button variant="contained" onClick={onGo}>
          {t('tray.go')}
        </Button>
      }
    />
  );
}
