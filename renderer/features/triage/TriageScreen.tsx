import { Box, Stack } from '@mui/material';
import { PackagePlus, Search, Undo2 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TriageRow } from '../../../contract/schemas/triage.ts';
import type { TriageState } from '../../../domain/triage.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import { addWords } from '../../i18n/i18n.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { en as packagesEn } from '../packages/words/en.ts';
import { fr as packagesFr } from '../packages/words/fr.ts';
import { UpdateDetails } from '../updates/UpdateDetails.tsx';
import { useUpdateActions } from '../updates/update-actions.ts';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { useWhyFocus } from '../why/open.ts';
import { useTriageColumns } from './columns.ts';
import { countRows, isShown } from './counts.ts';
import { type Deed, useDeeds, useTriageMenu } from './deeds.ts';
import { SnoozeMenu } from './SnoozeMenu.tsx';
import { idsOf, type TriageStep } from './steps.ts';
import { ToDraftDialog } from './ToDraftDialog.tsx';
import { Tray } from './Tray.tsx';
import { NothingWaits, TriageFooter, TriageNotices, ViewEmpty } from './TriageStates.tsx';
import { TriageToolbar } from './TriageToolbar.tsx';
import { type Triage, useTriage } from './use-triage.ts';

const noRows: readonly TriageRow[] = [];
const noIds: readonly string[] = [];
const idOf = (row: TriageRow): string => row.updateId;

/** What some host needs and no rule mentions: decided by one key, many at once, into one package. */
export function TriageScreen() {
  const { i18n } = useTranslation();
  // Names of severities and the choice of a package are those of the other screens, and so are their words.
  useState(() => {
    addWords(i18n, 'updates', { en: updatesEn, fr: updatesFr });
    addWords(i18n, 'packages', { en: packagesEn, fr: packagesFr });
  });
  return <Screen />;
}

function Screen() {
  const { t } = useTranslation('triage');
  const triage = useTriage();
  const { list, run } = triage;
  const [view, setView] = useState<TriageState>('open');
  const [search, setSearch] = useState('');
  const [isSupersededShown, setSupersededShown] = useState(false);
  const [selection, setSelection] = useState<readonly string[]>(noIds);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [detailId, setDetailId] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [snoozeAnchor, setSnoozeAnchor] = useState<HTMLElement | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const snoozeButton = useRef<HTMLSpanElement>(null);
  const actions = useUpdateActions();
  const updates = useCall('updates.list', {}, { enabled: detailId !== null });

  const rows = list?.rows ?? noRows;
  const columns = useTriageColumns(
    view,
    rows.some((row) => row.isNew),
  );
  const shown = useMemo(
    () => rows.filter((row) => isShown(row, view, isSupersededShown)),
    [rows, view, isSupersededShown],
  );
  const visibleIds = useMemo(() => new Set(shown.map(idOf)), [shown]);
  const counts = useMemo(() => countRows(rows, isSupersededShown), [rows, isSupersededShown]);
  const decided = counts.allowed + counts.forbidden;
  // Keys work on what is selected, and where nothing is on the row one stands on.
  const chosen = useMemo(() => {
    const ids = new Set(selection.length > 0 ? selection : focusedId === null ? noIds : [focusedId]);
    return shown.filter((row) => ids.has(row.updateId));
  }, [shown, selection, focusedId]);
  const detailRow = detailId === null ? undefined : updates.data?.rows.find((row) => row.updateId === detailId);

  const put = useCallback(
    (on: readonly TriageRow[], step: Omit<TriageStep, 'updateIds'>): void =>
      run(view, { updateIds: on.flatMap(idsOf), ...step }),
    [run, view],
  );
  const perform = useCallback(
    (deed: Deed): void => {
      if (deed.step === null) setSnoozeAnchor(snoozeButton.current);
      else put(chosen, deed.step);
    },
    [put, chosen],
  );
  const focusWhy = useWhyFocus();
  const focusRow = useCallback(
    (row: TriageRow | null) => {
      setFocusedId(row?.updateId ?? null);
      focusWhy(row === null ? null : { updateId: row.updateId });
      setDetailId((now) => (now === null || row === null ? now : row.updateId));
    },
    [focusWhy],
  );
  const openDetails = useCallback((row: TriageRow) => setDetailId(row.updateId), []);
  const ask = useCallback(() => setAsked(true), []);
  const focusSearch = useCallback(() => searchBox.current?.focus(), []);
  const changeView = (next: TriageState): void => {
    setView(next);
    setSelection(noIds);
    setFocusedId(null);
  };

  const deeds = useDeeds(view);
  const menu = useTriageMenu(deeds, put, openDetails);
  const isNone = chosen.length === 0;
  useTriageCommands({ triage, deeds, isNone, perform, decided, ask, focusSearch });

  return (
    <ScreenFrame
      toolbar={
        <TriageToolbar
          view={view}
          onView={changeView}
          counts={counts}
          deeds={deeds}
          isNone={isNone}
          onDeed={perform}
          canUndo={triage.canUndo}
          onUndo={triage.undo}
          search={search}
          onSearch={setSearch}
          snoozeRef={snoozeButton}
          searchRef={searchBox}
        />
      }
      notices={
        <>
          {triage.failure === null ? null : <ErrorNotice compact error={triage.failure} onRetry={triage.retry} />}
          {list === undefined ? null : <TriageNotices list={list} />}
        </>
      }
    >
      <Stack sx={{ height: '100%', minHeight: 0 }}>
        <Box sx={{ flex: 1, minHeight: 0 }}>
          <SplitPane
            id="triage-detail"
            side="bottom"
            initial={300}
            min={160}
            pane={
              detailRow === undefined ? null : (
                <UpdateDetails
                  row={detailRow}
                  folded={rows.find((row) => row.updateId === detailId)?.folded.length ?? 0}
                  onClose={() => setDetailId(null)}
                  onGo={setDetailId}
                  onOpenKb={actions.openKb}
                />
              )
            }
          >
            <Grid
              key={view}
              id={`triage-${view}`}
              label={t('grid')}
              rows={rows}
              rowId={idOf}
              columns={columns}
              visibleIds={visibleIds}
              quickSearch={search}
              onSelectionChange={setSelection}
              onFocusRow={focusRow}
              onOpen={openDetails}
              menu={menu}
              isLoading={triage.isLoading}
              error={triage.error}
              onRetry={triage.retry}
              empty={<NothingWaits hostCount={list?.hostCount ?? 0} />}
              noneShown={search === '' ? <ViewEmpty view={view} decided={decided} onGo={ask} /> : undefined}
              footer={
                <TriageFooter
                  view={view}
                  counts={counts}
                  visitedBefore={list?.visitedBefore ?? null}
                  isSupersededShown={isSupersededShown}
                  onSuperseded={setSupersededShown}
                />
              }
            />
          </SplitPane>
        </Box>
        <Tray
          allowed={counts.allowed}
          forbidden={counts.forbidden}
          onShow={view === 'decided' ? null : () => changeView('decided')}
          onGo={ask}
        />
      </Stack>
      {snoozeAnchor === null ? null : (
        <SnoozeMenu
          anchor={snoozeAnchor}
          onChoose={(until) => put(chosen, { snoozedUntil: until })}
          onClose={() => setSnoozeAnchor(null)}
        />
      )}
      {isAsked ? <ToDraftDialog count={decided} onClose={() => setAsked(false)} /> : null}
    </ScreenFrame>
  );
}

/** The keys of triage. */
function useTriageCommands({
  triage,
  deeds,
  isNone,
  perform,
  decided,
  ask,
  focusSearch,
}: {
  readonly triage: Triage;
  readonly deeds: readonly Deed[];
  readonly isNone: boolean;
  readonly perform: (deed: Deed) => void;
  readonly decided: number;
  readonly ask: () => void;
  readonly focusSearch: () => void;
}): void {
  const { t } = useTranslation('triage');
  const { undo, canUndo } = triage;
  const commands = useMemo<readonly Command[]>(() => {
    const group = t('group');
    const search = { label: t('searchLabel'), group, icon: Search, run: focusSearch };
    return [
      ...deeds.map(
        (deed): Command => ({
          id: `triage.${deed.id}`,
          label: deed.label,
          group,
          keys: deed.keys,
          icon: deed.icon,
          isDisabled: isNone,
          reason: t('selectFirst'),
          run: () => perform(deed),
        }),
      ),
      {
        id: 'triage.undo',
        label: t('undo'),
        group,
        keys: 'U',
        icon: Undo2,
        isDisabled: !canUndo,
        reason: t('nothingToUndo'),
        run: undo,
      },
      {
        id: 'triage.package',
        label: t('tray.go'),
        group,
        keys: 'Ctrl+Enter',
        icon: PackagePlus,
        isDisabled: decided === 0,
        reason: t('toDraft.nothing'),
        run: ask,
      },
      { id: 'triage.search', keys: '/', ...search },
      { id: 'triage.find', keys: 'Ctrl+F', ...search },
    ];
  }, [t, deeds, isNone, perform, canUndo, undo, decided, ask, focusSearch]);
  useCommands(commands);
}
