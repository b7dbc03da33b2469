import { Box, Link, Stack, Tab, Tabs, Typography } from '@mui/material';
import { ExternalLink, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { kbLabel, type UpdateRow } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import { formatCell } from '../../grid/columns.ts';
import { useLocale } from '../../i18n/locale.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatDateTime, formatSize } from '../../ui/format.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { severityTone } from '../../ui/tone.ts';
import { UpdateCves } from '../cves/UpdateCves.tsx';
import { WhyHere } from '../why/WhyHere.tsx';
import { useUpdateColumns } from './columns.ts';
import { entryKey, useEntryName } from './names.ts';
import { SupersedenceChains } from './SupersedenceChains.tsx';
import { UpdateHosts } from './UpdateHosts.tsx';

const shownElsewhere = new Set([
  'title',
  'severity',
  'needed',
  'pending',
  'missing',
  'failed',
  'forbidden',
  'heldBack',
  'done',
  'reported',
  'maxDownloadSize',
  'minDownloadSize',
  'downloadedOn',
  'supersededUpdateIds',
  'kbids',
  'reportedOn',
  'cveIds',
  'knownBad',
]);

function UpdateFacts({ row }: { readonly row: UpdateRow }) {
  const { t } = useTranslation(['updates', 'common']);
  const locale = useLocale();
  const columns = useUpdateColumns();
  const words = { yes: t('common:yes'), no: t('common:no') };
  const sizes = [row.minDownloadSize, row.maxDownloadSize].filter((size): size is number => size !== null && size > 0);
  const size =
    sizes.length === 2 && sizes[0] !== sizes[1]
      ? t('detail.sizeRange', { min: formatSize(sizes[0], locale), max: formatSize(sizes[1], locale) })
      : formatSize(sizes[0] ?? null, locale);
  return (
    <Facts
      items={[
        row.kbids.length === 0 ? null : { label: t('column.kbids'), value: row.kbids.map(kbLabel).join(', ') },
        {
          label: t('onServer.label'),
          value:
            row.downloadedOn === null
              ? t('detail.notOnServer')
              : t('detail.onServerSince', { date: formatDateTime(row.downloadedOn, locale) }),
        },
        { label: t('column.cveIds'), value: <UpdateCves updateId={row.updateId} /> },
        size === '' ? null : { label: t('detail.size'), value: size },
        ...columns
          .filter((column) => !shownElsewhere.has(column.key))
          .map((column) => {
            const text = formatCell(column.value(row), column.kind ?? 'text', locale, words);
            return text === '' ? null : { label: column.header, value: text };
          }),
      ]}
    />
  );
}

/** Everything known of one update: its facts, what it replaces, and where hosts stand with it. */
export function UpdateDetails({
  row,
  folded,
  onClose,
  onGo,
  onOpenKb,
}: {
  readonly row: UpdateRow;
  /** How many older definitions the update stands for in the list. */
  readonly folded: number;
  readonly onClose: () => void;
  readonly onGo: (updateId: string) => void;
  readonly onOpenKb: (row: UpdateRow) => void;
}) {
  const { t } = useTranslation(['updates', 'common']);
  const nameOf = useEntryName();
  const [tab, setTab] = useState<'hosts' | 'why' | 'facts' | 'supersedence'>('hosts');
  const detail = useCall('updates.get', { updateId: row.updateId });
  const severity = entryKey('severities', row.severity);
  return (
    <Stack component="section" aria-label={t('detail.label')} sx={{ height: '100%', minHeight: 0 }}>
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 1, px: 2, pt: 1 }}>
        <Typography variant="h2" dir="auto" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {row.title || row.updateId}
        </Typography>
        <ToolButton iconOnly icon={X} label={t('detail.close')} onClick={onClose} />
      </Stack>
      <Stack
        direction="row"
        sx={{
          alignItems: 'center',
          columnGap: 1,
          flexWrap: 'wrap',
          pl: 1,
          pr: 2,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Tabs value={tab} onChange={(_event, value: typeof tab) => setTab(value)}>
          <Tab value="hosts" label={t('detail.hosts')} id="update-tab-hosts" aria-controls="update-panel" />
          <Tab value="why" label={t('common:why.label')} id="update-tab-why" aria-controls="update-panel" />
          <Tab value="facts" label={t('detail.facts')} id="update-tab-facts" aria-controls="update-panel" />
          <Tab
            value="supersedence"
            label={t('detail.supersedence')}
            id="update-tab-supersedence"
            aria-controls="update-panel"
          />
        </Tabs>
        <Box sx={{ flex: 1 }} />
        {severity === null ? null : <StatusChip tone={severityTone(severity)} label={nameOf('severities', severity)} />}
        {folded === 0 ? null : <StatusChip tone="neutral" label={t('detail.standsFor', { count: folded })} />}
        {row.isSuperseded ? <StatusChip tone="neutral" label={t('column.isSuperseded')} /> : null}
        {row.kbids.map((kb) => (
          <Stack key={kb} direction="row" sx={{ alignItems: 'center' }}>
            <Link
              component="button"
              type="button"
              variant="body2"
              onClick={() => onOpenKb(row)}
              sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
            >
              {kbLabel(kb)} <ExternalLink size={12} aria-hidden />
            </Link>
            <CopyButton text={kbLabel(kb)} label={t('menu.copyKb')} />
          </Stack>
        ))}
      </Stack>
      <Box
        role="tabpanel"
        id="update-panel"
        aria-labelledby={`update-tab-${tab}`}
        tabIndex={tab === 'hosts' ? -1 : 0}
        sx={{ flex: 1, minHeight: 0, overflow: 'auto', p: tab === 'hosts' ? 0 : 2 }}
      >
        {tab === 'hosts' ? (
          <UpdateHosts row={row} />
        ) : tab === 'why' ? (
          <WhyHere updateId={row.updateId} uuid={null} draftId={null} />
        ) : tab === 'facts' ? (
          <UpdateFacts row={detail.data?.row ?? row} />
        ) : detail.data !== undefined ? (
          <SupersedenceChains detail={detail.data} onGo={onGo} />
        ) : detail.error !== null ? (
          <ErrorNotice error={detail.error.error} onRetry={() => void detail.refetch()} />
        ) : (
          <LoadingState />
        )}
      </Box>
    </Stack>
  );
}
