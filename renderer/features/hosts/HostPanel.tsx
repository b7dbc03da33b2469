import { Alert, Box, Button, IconButton, Stack, Tab, Tabs, Tooltip, Typography } from '@mui/material';
import { Maximize2, Minimize2, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionKind } from '../../../contract/schemas/actions.ts';
import type { HostDetail } from '../../../contract/schemas/hosts.ts';
import { useCall } from '../../app/console.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { actionIcons } from './action-look.ts';
import { HostFacts } from './HostFacts.tsx';
import { HostPackages } from './HostPackages.tsx';
import { HostRepository } from './HostRepository.tsx';
import { HostService } from './HostService.tsx';
import { HostTasksTab } from './HostTasksTab.tsx';
import { HostUpdates } from './HostUpdates.tsx';
import { hostName, reachChip } from './host-columns.ts';
import { isWindowsRow } from './trigger-plan.ts';

const TABS = ['updates', 'tasks', 'service', 'repository', 'packages'] as const;
type TabName = (typeof TABS)[number];

/** The list of hosts, and under it the panel of the one that is open; the panel may take all the room. */
export function HostPanel({
  uuid,
  onClose,
  onOrder,
  children,
}: {
  readonly uuid: string | null;
  readonly onClose: () => void;
  readonly onOrder: (action: ActionKind, uuids: readonly string[]) => void;
  readonly children: ReactNode;
}) {
  const [isWide, setWide] = useState(false);
  const [tab, setTab] = useState<TabName>('updates');
  const isExpanded = uuid !== null && isWide;
  const panel =
    uuid === null ? null : (
      <OneHost
        key={uuid}
        uuid={uuid}
        tab={tab}
        onTab={setTab}
        isWide={isWide}
        onWide={setWide}
        onClose={onClose}
        onOrder={onOrder}
      />
    );
  return (
    <Box sx={{ height: '100%', position: 'relative' }}>
      <SplitPane id="hosts-panel" side="bottom" initial={380} min={240} max={900} pane={isExpanded ? null : panel}>
        {children}
      </SplitPane>
      {isExpanded ? (
        <Box sx={{ position: 'absolute', inset: 0, bgcolor: 'background.paper', zIndex: 2 }}>{panel}</Box>
      ) : null}
    </Box>
  );
}

function OneHost({
  uuid,
  tab,
  onTab,
  isWide,
  onWide,
  onClose,
  onOrder,
}: {
  readonly uuid: string;
  readonly tab: TabName;
  readonly onTab: (tab: TabName) => void;
  readonly isWide: boolean;
  readonly onWide: (isWide: boolean) => void;
  readonly onClose: () => void;
  readonly onOrder: (action: ActionKind, uuids: readonly string[]) => void;
}) {
  const { t } = useTranslation('hosts');
  const detail = useCall('hosts.get', { uuid });
  const host = detail.data?.host;
  const name = host === undefined ? uuid : hostName(host);
  const reach = host === undefined ? null : reachChip(host, t);
  return (
    <Stack
      component="section"
      aria-label={t('panel.label', { host: name })}
      sx={{ height: '100%', minHeight: 0 }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, px: 2, minHeight: 44 }}>
        <Typography variant="h2" noWrap>
          {name}
        </Typography>
        {reach === null ? null : <StatusChip tone={reach.tone} label={reach.label} />}
        <Typography variant="body2" color="textSecondary" noWrap sx={{ flex: 1, minWidth: 0 }}>
          {[host?.description, host?.osName]
            .filter((text) => text !== null && text !== undefined && text !== '')
            .join(' · ')}
        </Typography>
        {(['scan', 'download', 'install'] as const).map((action) => {
          const Icon = actionIcons[action];
          return (
            <Tooltip key={action} title={t(`action.${action}`)}>
              <IconButton aria-label={t(`action.${action}`)} onClick={() => onOrder(action, [uuid])}>
                <Icon size={17} aria-hidden />
              </IconButton>
            </Tooltip>
          );
        })}
        <Tooltip title={t(isWide ? 'panel.shrink' : 'panel.expand')}>
          <IconButton aria-label={t(isWide ? 'panel.shrink' : 'panel.expand')} onClick={() => onWide(!isWide)}>
            {isWide ? <Minimize2 size={16} aria-hidden /> : <Maximize2 size={16} aria-hidden />}
          </IconButton>
        </Tooltip>
        <Tooltip title={t('panel.close')}>
          <IconButton aria-label={t('panel.close')} onClick={onClose}>
            <X size={17} aria-hidden />
          </IconButton>
        </Tooltip>
      </Stack>
      {detail.error !== null ? (
        detail.error.error.code === 'not-found' ? (
          <EmptyState
            title={t('panel.unknown')}
            text={t('panel.unknownText')}
            actions={<Button onClick={onClose}>{t('panel.toList')}</Button>}
          />
        ) : (
          <Box sx={{ p: 2, maxWidth: 760 }}>
            <ErrorNotice error={detail.error.error} onRetry={() => void detail.refetch()} />
          </Box>
        )
      ) : detail.data === undefined ? (
        <LoadingState />
      ) : (
        <>
          {isWindowsRow(detail.data.host) ? (
            <HostFacts detail={detail.data} />
          ) : (
            <Alert severity="info" sx={{ borderRadius: 0 }}>
              {t('panel.notWindows')}
            </Alert>
          )}
          <Tabs
            value={tab}
            onChange={(_event, next: TabName) => onTab(next)}
            aria-label={t('panel.label', { host: name })}
            sx={{
              minHeight: 36,
              px: 1,
              borderBottom: 1,
              borderColor: 'divider',
              '& .MuiTab-root': { minHeight: 36, py: 0 },
            }}
          >
            {TABS.map((one) => (
              <Tab
                key={one}
                value={one}
                id={`host-tab-${one}`}
                aria-controls={`host-panel-${one}`}
                label={t(`panel.tabs.${one}`)}
              />
            ))}
          </Tabs>
          <Box
            role="tabpanel"
            {...(tab === 'service' || tab === 'repository' ? { tabIndex: 0 } : {})}
            id={`host-panel-${tab}`}
            aria-labelledby={`host-tab-${tab}`}
            sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}
          >
            <TabContent tab={tab} detail={detail.data} onOrder={(action) => onOrder(action, [uuid])} />
          </Box>
        </>
      )}
    </Stack>
  );
}

function TabContent({
  tab,
  detail,
  onOrder,
}: {
  readonly tab: TabName;
  readonly detail: HostDetail;
  readonly onOrder: (action: ActionKind) => void;
}) {
  switch (tab) {
    case 'updates':
      return <HostUpdates host={detail.host} onOrder={onOrder} />;
    case 'tasks':
      return <HostTasksTab host={detail.host} />;
    case 'service':
      return <HostService detail={detail} />;
    case 'repository':
      return <HostRepository detail={detail} />;
    case 'packages':
      return <HostPackages detail={detail} />;
  }
}
