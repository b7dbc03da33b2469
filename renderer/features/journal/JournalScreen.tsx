import { Alert, Button, MenuItem, TextField } from '@mui/material';
import { NotebookText, Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../contract/schemas/sync.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { addWords } from '../../i18n/i18n.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { historyWords } from '../packages/history/words.ts';
import { en as packagesEn } from '../packages/words/en.ts';
import { fr as packagesFr } from '../packages/words/fr.ts';
import { ChainLine, ChainNotice } from './ChainLine.tsx';
import { EntryDetail } from './EntryDetail.tsx';
import { countBy, filterEntries } from './entry-facts.ts';
import { useEntryWords } from './use-entry-words.ts';

const LIMIT = 2_000;
const ALL = '*';
const noEntries: readonly JournalEntry[] = [];
const idOf = (entry: JournalEntry): string => String(entry.id);

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly name: string; readonly count: number }[];
  readonly onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation('journal');
  return (
    <TextField
      select
      label={label}
      value={value ?? ALL}
      onChange={(event) => onChange(event.target.value === ALL ? null : event.target.value)}
      sx={{ width: 230 }}
    >
      <MenuItem value={ALL}>{all}</MenuItem>
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {t('option', { name: option.name, count: option.count })}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** What was done from this console, newest first, and whether it still reads as it was written. */
export function JournalScreen() {
  const { t, i18n } = useTranslation('journal');
  // A publication is shown as in the history of its package.
  useState(() => {
    addWords(i18n, 'packages', { en: packagesEn, fr: packagesFr });
    addWords(i18n, 'history', historyWords);
  });
  const searchBox = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<string | null>(null);
  const [user, setUser] = useState<string | null>(null);
  const [detailId, setDetailId] = useState<string | null>(null);
  const list = useCall('journal.list', { limit: LIMIT });
  const check = useCall('journal.check', {});
  const words = useEntryWords();
  const entries = list.data ?? noEntries;
  const detail = entries.find((entry) => idOf(entry) === detailId);
  const isFiltered = kind !== null || user !== null;
  const visibleIds = useMemo(
    () => (isFiltered ? new Set(filterEntries(entries, { kind, user }).map(idOf)) : null),
    [entries, isFiltered, kind, user],
  );
  const kinds = useMemo(
    () =>
      countBy(filterEntries(entries, { kind: null, user }), (entry) => entry.kind).map((one) => ({
        ...one,
        name: words.kind(one.value),
      })),
    [entries, user, words],
  );
  const users = useMemo(
    () =>
      countBy(filterEntries(entries, { kind, user: null }), (entry) => entry.user).map((one) => ({
        ...one,
        name: one.value,
      })),
    [entries, kind],
  );
  const columns = useMemo<readonly GridColumn<JournalEntry>[]>(
    () => [
      { key: 'at', header: t('at'), kind: 'datetime', width: 176, sort: 'desc', value: (entry) => entry.at },
      { key: 'kind', header: t('kind'), width: 210, value: (entry) => words.kind(entry.kind) },
      { key: 'user', header: t('user'), width: 120, value: (entry) => entry.user },
      { key: 'facts', header: t('facts'), width: 320, flex: 1, value: words.about },
      { key: 'reason', header: t('reason'), width: 240, flex: 1, value: (entry) => entry.reason },
      { key: 'id', header: t('id'), kind: 'number', width: 80, value: (entry) => entry.id },
      { key: 'rawKind', header: t('rawKind'), width: 180, hidden: true, value: (entry) => entry.kind },
      { key: 'hash', header: t('hash'), width: 240, hidden: true, value: (entry) => entry.hash },
    ],
    [t, words],
  );
  const commands = useMemo<readonly Command[]>(() => {
    const focus = (): void => searchBox.current?.focus();
    const group = t('title');
    return [
      { id: 'journal.search', label: t('search'), group, keys: '/', icon: Search, run: focus },
      { id: 'journal.find', label: t('search'), group, keys: 'Ctrl+F', icon: Search, run: focus },
    ];
  }, [t]);
  useCommands(commands);
  const clear = (): void => {
    setSearch('');
    setKind(null);
    setUser(null);
  };
  const isBroken = check.data !== undefined && (check.data.brokenAt !== null || check.data.brokenSeal !== null);

  return (
    <ScreenFrame
      toolbar={
        <>
          <SearchField inputRef={searchBox} placeholder={t('search')} value={search} onChange={setSearch} />
          <Choice label={t('kind')} all={t('allKinds')} value={kind} options={kinds} onChange={setKind} />
          <Choice label={t('user')} all={t('allUsers')} value={user} options={users} onChange={setUser} />
          {isFiltered || search !== '' ? <Button onClick={clear}>{t('clear')}</Button> : null}
        </>
      }
      notices={
        <>
          {isBroken ? (
            <ChainNotice
              state={check.data}
              onCheck={() => void check.refetch()}
              onShow={(id) => {
                clear();
                setDetailId(String(id));
              }}
            />
          ) : null}
          {check.error === null ? null : <ErrorNotice compact error={check.error.error} />}
          {entries.length === LIMIT ? (
            <Alert severity="info" sx={{ borderRadius: 0, py: 0 }}>
              {t('cutOff', { count: LIMIT })}
            </Alert>
          ) : null}
        </>
      }
    >
      <SplitPane
        id="journal-detail"
        side="bottom"
        initial={300}
        min={140}
        pane={
          detail === undefined ? null : <EntryDetail key={detail.id} entry={detail} onClose={() => setDetailId(null)} />
        }
      >
        <Grid
          id="journal"
          label={t('grid')}
          rows={entries}
          rowId={idOf}
          columns={columns}
          selection="none"
          visibleIds={visibleIds}
          quickSearch={search}
          onOpen={(entry) => setDetailId(idOf(entry))}
          onFocusRow={(entry) => {
            if (detail !== undefined && entry !== null) setDetailId(idOf(entry));
          }}
          isLoading={list.isPending}
          error={list.error?.error ?? null}
          onRetry={() => void list.refetch()}
          empty={<EmptyState icon={NotebookText} title={t('empty')} text={t('emptyText')} />}
          noneShown={
            <EmptyState
              icon={Search}
              title={t('noneShown')}
              actions={
                <Button variant="outlined" onClick={clear}>
                  {t('clear')}
                </Button>
              }
            />
          }
          footer={<ChainLine state={check.data} />}
        />
      </SplitPane>
    </ScreenFrame>
  );
}
