import { Alert, Button } from '@mui/material';
import { Megaphone, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Campaign } from '../../../contract/schemas/campaigns.ts';
import type { CampaignSet } from '../../../domain/campaign.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useStable } from '../../grid/use-stable.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { hostsBehind } from '../where/where.ts';
import { STANDING_TONE, useCampaignWords } from './words.ts';

const idOf = (campaign: Campaign): string => campaign.id;

/** Hosts that have come to an end. */
const endedOf = ({ counts }: Campaign): number => counts.done + counts.failed + counts.missed + counts.cancelled;

/** All campaigns, with how far each is. */
export function CampaignList({
  campaigns,
  onMake,
  onOpen,
}: {
  readonly campaigns: readonly Campaign[];
  readonly onMake: () => void;
  readonly onOpen: (campaignId: string) => void;
}) {
  const { t } = useTranslation('campaigns');
  const words = useCampaignWords();
  const navigate = useNavigate();
  const show = useStable(
    (id: string, state: CampaignSet) => void navigate(hostsBehind({ kind: 'campaign', id, state })),
  );
  const columns = useMemo(
    (): readonly GridColumn<Campaign>[] => [
      { key: 'name', header: t('column.name'), width: 220, flex: 1, value: (row) => row.name },
      {
        key: 'standing',
        header: t('column.standing'),
        kind: 'chip',
        width: 250,
        value: words.standing,
        chip: (row) => ({ label: words.standing(row), tone: STANDING_TONE[row.standing] }),
        tooltip: (row) => words.facts(row).join('\n'),
      },
      {
        key: 'progress',
        header: t('column.progress'),
        headerTooltip: t('meaning.progress'),
        kind: 'meter',
        width: 170,
        value: (row) => t('progress', { ended: endedOf(row), count: row.counts.hosts }),
        sortBy: (row) => endedOf(row) / Math.max(1, row.counts.hosts),
        meter: (row) => ({
          share: endedOf(row) / Math.max(1, row.counts.hosts),
          label: t('progress', { ended: endedOf(row), count: row.counts.hosts }),
          tone: row.counts.failed > 0 ? 'warning' : row.standing === 'done' ? 'ok' : 'info',
        }),
      },
      { key: 'what', header: t('column.what'), width: 220, value: (row) => words.steps(row.plan) },
      {
        key: 'hosts',
        header: t('column.hosts'),
        kind: 'number',
        width: 92,
        value: (row) => row.counts.hosts,
        open: { run: ({ id }) => show(id, 'hosts'), hint: t('facts.show') },
      },
      {
        key: 'failed',
        header: t('column.failed'),
        kind: 'number',
        width: 84,
        value: (row) => (row.counts.failed === 0 ? null : row.counts.failed),
        open: { run: ({ id }) => show(id, 'failed'), hint: t('facts.show') },
      },
      { key: 'next', header: t('column.next'), kind: 'datetime', width: 140, value: (row) => row.nextAt },
      { key: 'startedAt', header: t('column.startedAt'), kind: 'datetime', width: 140, value: (row) => row.startedAt },
      { key: 'endedAt', header: t('column.endedAt'), kind: 'datetime', width: 140, value: (row) => row.endedAt },
      { key: 'startedBy', header: t('column.startedBy'), width: 100, hidden: true, value: (row) => row.startedBy },
    ],
    [t, words, show],
  );
  const commands = useMemo<readonly Command[]>(
    () => [{ id: 'campaigns.make', label: t('make'), group: t('group'), keys: 'N', icon: Plus, run: onMake }],
    [t, onMake],
  );
  useCommands(commands);
  return (
    <ScreenFrame
      toolbar={<ToolButton icon={Plus} label={t('make')} primary onClick={onMake} />}
      notices={
        campaigns.length === 0 ? null : (
          <Alert severity="info" sx={{ borderRadius: 0, py: 0 }}>
            {t('onlyOpen')}
          </Alert>
        )
      }
    >
      <Grid
        id="campaigns"
        label={t('title')}
        rows={campaigns}
        rowId={idOf}
        columns={columns}
        selection="none"
        onOpen={(row) => onOpen(row.id)}
        menu={(row) => [{ kind: 'item', id: 'open', label: t('open'), onSelect: () => onOpen(row.id) }]}
        empty={
          <EmptyState
            icon={Megaphone}
            title={t('empty.title')}
            text={`${t('empty.text')} ${t('onlyOpen')}`}
            actions={
              <Button variant="contained" onClick={onMake}>
                {t('make')}
              </Button>
            }
          />
        }
      />
    </ScreenFrame>
  );
}
