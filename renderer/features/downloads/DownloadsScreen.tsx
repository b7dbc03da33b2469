import { Box, Stack, Tab, Tabs } from '@mui/material';
import { DownloadCloud, HardDrive, ListChecks, Network } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { bytesOf } from '../../../domain/disk.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { useStable } from '../../grid/use-stable.ts';
import { addWords } from '../../i18n/i18n.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber, formatSize } from '../../ui/format.ts';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { CleanUpTab } from './CleanUpTab.tsx';
import { IndexStrip } from './IndexStrip.tsx';
import { LackingTab } from './LackingTab.tsx';
import { QueueTab } from './QueueTab.tsx';
import { RepositoriesTab } from './RepositoriesTab.tsx';

const TABS = ['queue', 'lacking', 'files', 'repositories'] as const;
type TabName = (typeof TABS)[number];

const icons = { queue: ListChecks, lacking: DownloadCloud, files: HardDrive, repositories: Network } as const;
const panels = {
  queue: QueueTab,
  lacking: LackingTab,
  files: CleanUpTab,
  repositories: RepositoriesTab,
} as const;
const isTab = (name: string | null): name is TabName => TABS.some((tab) => tab === name);

/** The server's downloads and its disk: the queue, what it lacks, what it could do without. */
export function DownloadsScreen() {
  const { i18n } = useTranslation();
  // The index, severities and columns of updates are named as in the list of updates.
  useState(() => addWords(i18n, 'updates', { en: updatesEn, fr: updatesFr }));
  return <Screen />;
}

function Screen() {
  const { t } = useTranslation('downloads');
  const locale = useLocale();
  const [query, setQuery] = useSearchParams();
  const asked = query.get('tab');
  const tab: TabName = isTab(asked) ? asked : 'queue';
  const disk = useCall('downloads.disk', {}).data;
  const show = useStable((name: TabName) =>
    setQuery((before) => {
      const next = new URLSearchParams(before);
      next.set('tab', name);
      return next;
    }),
  );
  const commands = useMemo<readonly Command[]>(
    () =>
      TABS.map((name) => ({
        id: `downloads.tab.${name}`,
        label: t(`tab.${name}`),
        group: t('title'),
        icon: icons[name],
        run: () => show(name),
      })),
    [t, show],
  );
  useCommands(commands);

  const Panel = panels[tab];
  const wanted = disk?.lacking.filter((row) => row.lack === 'wanted') ?? [];
  const noteOf = (name: TabName): string => {
    if (disk === undefined) return '';
    const rows = name === 'lacking' ? wanted : name === 'files' ? disk.idle : [];
    return rows.length === 0 ? '' : `${formatNumber(rows.length, locale)} · ${formatSize(bytesOf(rows), locale)}`;
  };
  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <IndexStrip disk={disk} />
      <Tabs
        value={tab}
        onChange={(_event, name: TabName) => show(name)}
        aria-label={t('tabs')}
        sx={{ minHeight: 38, px: 1, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}
      >
        {TABS.map((name) => (
          <Tab
            key={name}
            value={name}
            id={`downloads-tab-${name}`}
            aria-controls="downloads-panel"
            sx={{ minHeight: 38, textTransform: 'none' }}
            label={
              <span>
                {t(`tab.${name}`)}
                <Box component="span" sx={{ pl: 0.75, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
                  {noteOf(name)}
                </Box>
              </span>
            }
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id="downloads-panel" aria-labelledby={`downloads-tab-${tab}`} sx={{ flex: 1, minHeight: 0 }}>
        <Panel />
      </Box>
    </Stack>
  );
}
