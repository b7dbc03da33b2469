import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { FleetOverview } from '../../../contract/schemas/fleet.ts';
import type { Cell } from '../../../domain/compliance-tally.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { putAnswer, useAction, useBridge, useCall } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useWhereWords } from '../where/where-words.ts';
import { ApartPanel } from './ApartPanel.tsx';
import { CompliancePanel, SHOWN_DIMENSIONS, type ShownDimension } from './CompliancePanel.tsx';
import { Headline } from './Headline.tsx';
import { NewsPanel } from './NewsPanel.tsx';
import { ServerPanel } from './ServerPanel.tsx';
import { TrendPanel } from './TrendPanel.tsx';

const WHOLE: Pick<Cell, 'dimension' | 'key'> = { dimension: 'fleet', key: '' };

/** The fleet at a glance: how well it is patched, what stands apart, what changed; every figure opens the list behind it. */
export function OverviewScreen() {
  // The names of entries are those of the lists, and their words are here before anything asks for them.
  useWhereWords();
  const { t } = useTranslation(['overview', 'common']);
  const bridge = useBridge();
  const overview = useCall('fleet.overview', {});
  const news = useCall('fleet.news', {});
  const { mutate: startSync, ...sync } = useAction('sync.start');
  const refresh = useCallback(() => startSync({ full: false }), [startSync]);
  const client = useQueryClient();
  const isRead = typeof overview.data?.freshness.syncedAt === 'string';
  useEffect(() => {
    if (!isRead) return;
    // The visit says what is news from now on; what was asked a moment ago may not know of it.
    void bridge.call('fleet.visit', {}).then((told) => {
      if (told.ok) putAnswer(client, 'fleet.news', {}, told.value);
    });
  }, [bridge, client, isRead]);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'overview.refresh',
        label: t('common:refresh'),
        group: t('group'),
        keys: 'F5',
        icon: RefreshCw,
        run: refresh,
      },
    ],
    [t, refresh],
  );
  useCommands(commands);
  return (
    <ScreenFrame
      toolbar={
        <>
          {overview.data === undefined ? null : <Scope overview={overview.data} />}
          <ToolButton
            icon={RefreshCw}
            label={t('common:refresh')}
            iconOnly
            shortcut="F5"
            isBusy={sync.isPending}
            onClick={refresh}
          />
        </>
      }
      notices={
        <>
          {sync.error === null ? null : <ErrorBar error={sync.error.error} onRetry={refresh} />}
          {overview.data?.isCutOff === true ? (
            <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }}>
              {t('cutOff')}
            </Alert>
          ) : null}
        </>
      }
    >
      {overview.data === undefined ? (
        overview.error === null ? (
          <LoadingState />
        ) : (
          <Box sx={{ p: 2 }}>
            <ErrorNotice error={overview.error.error} onRetry={() => void overview.refetch()} />
          </Box>
        )
      ) : (
        <Content
          overview={overview.data}
          news={<NewsPanel news={news.data} />}
          onRead={refresh}
          isReading={sync.isPending}
        />
      )}
    </ScreenFrame>
  );
}

function Content({
  overview,
  news,
  onRead,
  isReading,
}: {
  readonly overview: FleetOverview;
  readonly news: ReactNode;
  readonly onRead: () => void;
  readonly isReading: boolean;
}) {
  const { t } = useTranslation('overview');
  // In the address, so that one comes back from a list to what one looked at.
  const [query, setQuery] = useSearchParams();
  const dimension = SHOWN_DIMENSIONS.find((each) => each === query.get('by')) ?? 'severity';
  const setDimension = (by: ShownDimension): void => setQuery({ by }, { replace: true });
  const [trendOf, setTrendOf] = useState(WHOLE);
  const fleet = overview.cells.find((cell) => cell.dimension === 'fleet');
  if (fleet === undefined || fleet.hosts === 0) {
    return (
      <EmptyState
        title={t('empty.title')}
        text={t('empty.text')}
        actions={
          <Button variant="contained" loading={isReading} onClick={onRead}>
            {t('empty.read')}
          </Button>
        }
      />
    );
  }
  return (
    <Box sx={{ height: '100%', overflow: 'auto', p: 2 }}>
      <Stack sx={{ gap: 1.5, maxWidth: 1760, mx: 'auto' }}>
        <Headline cell={fleet} staleDays={overview.staleDays} />
        <Box
          sx={{
            display: 'grid',
            gap: 1.5,
            alignItems: 'start',
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 320px', xl: 'minmax(0, 1fr) 400px' },
          }}
        >
          <Stack sx={{ gap: 1.5, minWidth: 0 }}>
            <TrendPanel of={trendOf} onWhole={() => setTrendOf(WHOLE)} />
            <CompliancePanel
              cells={overview.cells}
              staleDays={overview.staleDays}
              spellings={overview.systemNames}
              dimension={dimension}
              onDimension={setDimension}
              trendOf={trendOf}
              onTrend={setTrendOf}
            />
          </Stack>
          <Stack sx={{ gap: 1.5, minWidth: 0 }}>
            {news}
            <ApartPanel overview={overview} />
            <ServerPanel overview={overview} />
          </Stack>
        </Box>
      </Stack>
    </Box>
  );
}

/** Which hosts the figures speak of. */
function Scope({ overview }: { readonly overview: FleetOverview }) {
  const { t } = useTranslation('overview');
  const locale = useLocale();
  return (
    <Typography variant="body2" color="textSecondary" sx={{ flex: '1 1 0', minWidth: 240 }}>
      {t('scope', { days: overview.staleDays })}{' '}
      {overview.otherHosts === 0
        ? null
        : t('others', { count: overview.otherHosts, shown: formatNumber(overview.otherHosts, locale) })}
    </Typography>
  );
}
