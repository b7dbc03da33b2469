import { Alert, Button, Typography } from '@mui/material';
import { ArrowLeft, CopyPlus, KeyRound, Pause, Pencil, Play, RotateCcw, Trash2, X } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignHostRow } from '../../../contract/schemas/campaigns.ts';
import type { CampaignSet } from '../../../domain/campaign.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useAction, useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useSignerRequest } from '../signer/ensure.ts';
import { useWhereWords } from '../where/where-words.ts';
import { useCampaignColumns } from './columns.ts';
import { FactBar } from './FactBar.tsx';
import type { Deed } from './GoDialog.tsx';
import { TriesDialog } from './TriesDialog.tsx';
import { STANDING_TONE, useCampaignWords } from './words.ts';

const noRows: readonly CampaignHostRow[] = [];
const uuidOf = (row: CampaignHostRow): string => row.uuid;
const isOver = ({ standing }: Campaign): boolean => standing === 'done' || standing === 'cancelled';

interface Tool {
  readonly id: string;
  readonly label: string;
  readonly icon: typeof Play;
  readonly isPrimary?: boolean;
  readonly run: () => void;
}

/** One campaign: what it does, the five facts, and each host with its own. */
export function CampaignView({
  campaignId,
  onBack,
  onChange,
  onCopy,
  onGo,
}: {
  readonly campaignId: string;
  readonly onBack: () => void;
  readonly onChange: (campaignId: string) => void;
  readonly onCopy: (campaignId: string) => void;
  readonly onGo: (deed: Deed, campaign: Campaign) => void;
}) {
  const { t } = useTranslation(['campaigns', 'common']);
  const words = useCampaignWords();
  const detail = useCall('campaigns.get', { campaignId }, { keepPrevious: true });
  const pause = useAction('campaigns.pause');
  const cancel = useAction('campaigns.cancel');
  const remove = useAction('campaigns.delete');
  const [shown, setShown] = useState<CampaignSet | null>(null);
  const [search, setSearch] = useState('');
  const [asking, setAsking] = useState<'cancel' | 'delete' | null>(null);
  const [tries, setTries] = useState<CampaignHostRow | null>(null);
  const inSet = useCall(
    'fleet.behind',
    { where: { kind: 'campaign', id: campaignId, state: shown ?? 'hosts' } },
    { enabled: shown !== null, keepPrevious: true },
  ).data?.uuids;
  const visibleIds = useMemo(() => (shown === null ? null : new Set(inSet ?? [])), [shown, inSet]);
  const columns = useCampaignColumns();
  const setWords = useWhereWords();
  const filterWords = useMemo(
    () => (shown === null ? [] : [setWords({ kind: 'campaign', id: campaignId, state: shown })]),
    [shown, campaignId, setWords],
  );
  const campaign = detail.data?.campaign;
  const { mutate: doPause } = pause;

  const tools = useMemo<readonly Tool[]>(() => {
    if (campaign === undefined) return [];
    const { standing, counts, waitsFor, signUntil } = campaign;
    const isDraft = standing === 'draft';
    const isActive = ['scheduled', 'running', 'waiting'].includes(standing) && waitsFor !== 'elsewhere';
    const failed = counts.failed + counts.missed;
    const found: (Tool | null)[] = [
      isDraft
        ? { id: 'start', label: t('action.start'), icon: Play, isPrimary: true, run: () => onGo('start', campaign) }
        : null,
      isDraft ? { id: 'change', label: t('change'), icon: Pencil, run: () => onChange(campaign.id) } : null,
      isActive
        ? { id: 'pause', label: t('action.pause'), icon: Pause, run: () => doPause({ campaignId: campaign.id }) }
        : null,
      standing === 'paused' || standing === 'stopped'
        ? { id: 'resume', label: t('action.resume'), icon: Play, isPrimary: true, run: () => onGo('resume', campaign) }
        : null,
      isActive && signUntil === null
        ? { id: 'lend', label: t('action.lend'), icon: KeyRound, run: () => onGo('lend', campaign) }
        : null,
      failed > 0 && standing !== 'cancelled' && waitsFor !== 'elsewhere'
        ? {
            id: 'retry',
            label: t('action.retry', { count: failed }),
            icon: RotateCcw,
            run: () => onGo('retry', campaign),
          }
        : null,
      { id: 'copy', label: t('copy'), icon: CopyPlus, run: () => onCopy(campaign.id) },
      isDraft || isOver(campaign)
        ? { id: 'delete', label: t('action.delete'), icon: Trash2, run: () => setAsking('delete') }
        : { id: 'cancel', label: t('action.cancel'), icon: X, run: () => setAsking('cancel') },
    ];
    return found.filter((tool) => tool !== null);
  }, [campaign, t, onGo, onChange, onCopy, doPause]);
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'campaigns.back', label: t('back'), group: t('group'), icon: ArrowLeft, run: onBack },
      ...tools.map(({ id, label, icon, run }) => ({ id: `campaigns.${id}`, label, group: t('group'), icon, run })),
    ],
    [t, tools, onBack],
  );
  useCommands(commands);
  const showAll = useCallback(() => setShown(null), []);

  if (detail.error !== null) return <ErrorNotice error={detail.error.error} onRetry={onBack} />;
  if (detail.data === undefined || campaign === undefined) return <LoadingState />;
  const failure = pause.error?.error ?? null;
  return (
    <ScreenFrame
      toolbar={
        <>
          <ToolButton icon={ArrowLeft} label={t('back')} iconOnly onClick={onBack} />
          <Typography variant="h3" component="h2" noWrap title={campaign.name} sx={{ maxWidth: 320 }}>
            {campaign.name}
          </Typography>
          <StatusChip tone={STANDING_TONE[campaign.standing]} label={words.standing(campaign)} />
          <span style={{ flex: 1 }} />
          {tools.map((tool) => (
            <ToolButton
              key={tool.id}
              icon={tool.icon}
              label={tool.label}
              primary={tool.isPrimary === true}
              onClick={tool.run}
            />
          ))}
        </>
      }
      notices={
        <>
          <Notice campaign={campaign} />
          {failure === null ? null : <ErrorNotice error={failure} compact />}
          <Typography
            variant="body2"
            color="textSecondary"
            sx={{ px: 2, py: 0.75, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}
          >
            {[words.steps(campaign.plan), ...words.facts(campaign)].join(' · ')}
          </Typography>
          <FactBar campaign={campaign} shown={shown} onShow={setShown}>
            <SearchField placeholder={t('search')} value={search} onChange={setSearch} sx={{ width: 220 }} />
          </FactBar>
        </>
      }
    >
      <Grid
        id="campaign-hosts"
        label={t('column.hosts')}
        rows={detail.data.hosts.length === 0 ? noRows : detail.data.hosts}
        rowId={uuidOf}
        columns={columns}
        visibleIds={visibleIds}
        quickSearch={search}
        filterWords={filterWords}
        selection="none"
        onOpen={setTries}
        menu={(row) => [
          { kind: 'item', id: 'tries', label: t('tries.title', { name: row.fqdn }), onSelect: () => setTries(row) },
        ]}
        noneShown={<EmptyState title={t('noneShown')} actions={<Button onClick={showAll}>{t('facts.all')}</Button>} />}
      />
      {tries === null ? null : <TriesDialog campaignId={campaignId} row={tries} onClose={() => setTries(null)} />}
      {asking === 'cancel' ? (
        <ConfirmDialog
          open
          tone="danger"
          title={t('cancelConfirm.title', { name: campaign.name })}
          confirmLabel={t('cancelConfirm.go')}
          isBusy={cancel.isPending}
          error={cancel.error?.error ?? null}
          onConfirm={() => cancel.mutate({ campaignId }, { onSuccess: () => setAsking(null) })}
          onClose={() => setAsking(null)}
        >
          {t('cancelConfirm.text')}
        </ConfirmDialog>
      ) : null}
      {asking === 'delete' ? (
        <ConfirmDialog
          open
          tone="danger"
          title={t('deleteConfirm.title', { name: campaign.name })}
          confirmLabel={t('common:delete')}
          isBusy={remove.isPending}
          error={remove.error?.error ?? null}
          onConfirm={() => remove.mutate({ campaignId }, { onSuccess: onBack })}
          onClose={() => setAsking(null)}
        >
          {t('deleteConfirm.text')}
        </ConfirmDialog>
      ) : null}
    </ScreenFrame>
  );
}

/** What holds the campaign up and what one can do about it. */
function Notice({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const askFor = useSignerRequest((request) => request.askFor);
  const { standing, waitsFor, limit } = campaign;
  const flat = { borderRadius: 0, py: 0 } as const;
  if (waitsFor === 'signer')
    return (
      <Alert
        severity="warning"
        sx={flat}
        action={
          <Button size="small" color="inherit" onClick={() => void askFor(t('go.why'))}>
            {t('notice.openSigner')}
          </Button>
        }
      >
        {t('notice.signer')}
      </Alert>
    );
  if (standing === 'stopped')
    return (
      <Alert severity="error" sx={flat}>
        {t('notice.stopped', { why: t(`limit.${limit ?? 'failures'}`) })}
      </Alert>
    );
  if (waitsFor === 'signed-out')
    return (
      <Alert severity="warning" sx={flat}>
        {t('notice.signedOut')}
      </Alert>
    );
  if (waitsFor === 'elsewhere')
    return (
      <Alert severity="info" sx={flat}>
        {t('notice.elsewhere')}
      </Alert>
    );
  return standing === 'draft' || isOver(campaign) ? null : (
    <Alert severity="info" sx={flat}>
      {t('onlyOpen')}
    </Alert>
  );
}
