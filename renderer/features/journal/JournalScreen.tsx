import { Box, InputAdornment, Stack, TextField, Typography } from '@mui/material';
import { NotebookText, Search, X } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../contract/schemas/sync.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { fonts } from '../../theme/theme.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { Time } from '../../ui/Time.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';

const LIMIT = 2_000;
const noEntries: readonly JournalEntry[] = [];
const idOf = (entry: JournalEntry): string => String(entry.id);

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The facts of an entry in one line. */
function factLine(entry: JournalEntry): string {
  return Object.entries(entry.facts)
    .map(([name, value]) => `${name}: ${text(value)}`)
    .join(' · ');
}

/** What was done from this console, newest first. */
export function JournalScreen() {
  const { t } = useTranslation('journal');
  const searchBox = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  const [detailId, setDetailId] = useState<string | null>(null);
  const list = useCall('journal.list', { limit: LIMIT });
  const entries = list.data ?? noEntries;
  const detail = entries.find((entry) => idOf(entry) === detailId);
  const columns = useMemo<readonly GridColumn<JournalEntry>[]>(
    () => [
      { key: 'at', header: t('at'), kind: 'datetime', width: 150, sort: 'desc', value: (entry) => entry.at },
      { key: 'kind', header: t('kind'), width: 180, value: (entry) => entry.kind },
      { key: 'user', header: t('user'), width: 130, value: (entry) => entry.user },
      { key: 'facts', header: t('facts'), width: 320, flex: 1, value: factLine },
      { key: 'reason', header: t('reason'), width: 240, value: (entry) => entry.reason },
      { key: 'id', header: t('id'), kind: 'number', width: 80, hidden: true, value: (entry) => entry.id },
      { key: 'hash', header: t('hash'), width: 240, hidden: true, value: (entry) => entry.hash },
    ],
    [t],
  );
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'journal.search',
        label: t('search'),
        group: t('title'),
        keys: '/',
        icon: Search,
        run: () => searchBox.current?.focus(),
      },
      {
        id: 'journal.find',
        label: t('search'),
        group: t('title'),
        keys: 'Ctrl+F',
        icon: Search,
        run: () => searchBox.current?.focus(),
      },
    ],
    [t],
  );
  useCommands(commands);
  return (
    <ScreenFrame
      toolbar={
        <TextField
          inputRef={searchBox}
          type="search"
          placeholder={t('search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          sx={{ width: 260 }}
          slotProps={{
            htmlInput: { 'aria-label': t('search') },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <Search size={15} aria-hidden />
                </InputAdornment>
              ),
            },
          }}
        />
      }
    >
      <SplitPane
        id="journal-detail"
        side="bottom"
        initial={220}
        min={120}
        pane={
          detail === undefined ? null : (
            <Stack
              component="section"
              aria-label={t('details', { id: detail.id })}
              sx={{ height: '100%', overflow: 'auto', px: 2, py: 1, gap: 1 }}
            >
              <Stack direction="row" sx={{ alignItems: 'center' }}>
                <Typography variant="h2" sx={{ flex: 1 }}>
                  {detail.kind} · <Time at={detail.at} />
                </Typography>
                <ToolButton iconOnly icon={X} label={t('close')} onClick={() => setDetailId(null)} />
              </Stack>
              <Facts
                items={[
                  { label: t('user'), value: detail.user },
                  detail.reason === '' ? null : { label: t('reason'), value: detail.reason },
                  ...Object.entries(detail.facts).map(([label, value]) => ({ label, value: text(value) })),
                  {
                    label: t('hash'),
                    value: (
                      <Box component="code" sx={{ fontFamily: fonts.mono, fontSize: '0.75rem' }}>
                        {detail.hash}
                      </Box>
                    ),
                  },
                ]}
              />
            </Stack>
          )
        }
      >
        <Grid
          id="journal"
          label={t('grid')}
          rows={entries}
          rowId={idOf}
          columns={columns}
          selection="none"
          quickSearch={search}
          onOpen={(entry) => setDetailId(idOf(entry))}
          onFocusRow={(entry) => {
            if (detail !== undefined && entry !== null) setDetailId(idOf(entry));
          }}
          isLoading={list.isPending}
          error={list.error?.error ?? null}
          onRetry={() => void list.refetch()}
          empty={<EmptyState icon={NotebookText} title={t('empty')} text={t('emptyText')} />}
        />
      </SplitPane>
    </ScreenFrame>
  );
}
