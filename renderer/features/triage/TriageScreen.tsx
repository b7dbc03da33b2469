import {
  Alert,
  Box,
  Button,
  InputAdornment,
  Stack,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import { Ban, Check, Clock, Inbox, Info, PackagePlus, RotateCcw, Search, Sparkles, Sunrise, Undo2 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TriageRow } from '../../../contract/schemas/triage.ts';
import type { TriageState } from '../../../domain/triage.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { MenuEntry } from '../../grid/menu.ts';
import { addWords } from '../../i18n/i18n.ts';
import { useLocale } from '../../i18n/locale.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { en as packagesEn } from '../packages/words/en.ts';
import { fr as packagesFr } from '../packages/words/fr.ts';
import { UpdateDetails } from '../updates/UpdateDetails.tsx';
import { useUpdateActions } from '../updates/update-actions.ts';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { useTriageColumns } from './columns.ts';
import { SnoozeMenu, snoozeEnds } from './SnoozeMenu.tsx';
import { idsOf, type TriageStep } from './steps.ts';
import { ToDraftDialog } from './ToDraftDialog.tsx';
import { Tray } from './Tray.tsx';
import { useTriage } from './use-triage.ts';

const VIEWS = ['open', 'decided', 'snoozed'] as const satisfies readonly TriageState[];
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
  const { t } = useTranslation(['triage', 'common']);
  const navigate = useNavigate();
  const triage = useTriage();
  const { list, run, undo } = triage;
  const [view, setView] = useState<TriageState>('open');
  const [search, setSearch] = useState('');
  const [isSupersededShown, setSupersededShown] = useState(false);
  const [selection, setSelection] = useState<readonly string[]>(noIds);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [detailId, setDetailId] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [snoozeAnchor, setSnoozeAnchor] = useState<HTMLElement | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const toolbar = useRef<HTMLDivElement>(null);
  const columns = useTriageColumns(view);
  const actions = useUpdateActions();
  const updates = useCall('updates.list', {}, { enabled: detailId !== null });

  const rows = list?.rows ?? noRows;
  const shown = useMemo(
    () => rows.filter((row) => row.state === view && (isSupersededShown || !row.isSuperseded)),
    [rows, view, isSupersededShown],
  );
  const visibleIds = useMemo(() => new Set(shown.map(idOf)), [shown]);
  const counts = useMemo(() => countRows(rows, isSupersededShown), [rows, isSupersededShown]);
  const chosen = useMemo(() => {
    const ids = new Set(selection.length > 0 ? selection : focusedId === null ? [] : [focusedId]);
    return shown.filter((row) => ids.has(row.updateId));
  }, [shown, selection, focusedId]);
  const detailRow = detailId === null ? undefined : updates.data?.rows.find((row) => row.updateId === detailId);

  const put = useCallback(
    (on: readonly TriageRow[], step: Omit<TriageStep, 'updateIds'>): void =>
      run({ updateIds: on.flatMap(idsOf), ...step }),
    [run],
  );
  const openSnooze = useCallback(
    () => setSnoozeAnchor(toolbar.current?.querySelector<HTMLElement>('[data-snooze]') ?? toolbar.current),
    [],
  );
  const focusRow = useCallback((row: TriageRow | null) => {
    setFocusedId(row?.updateId ?? null);
    setDetailId((now) => (now === null || row === null ? now : row.updateId));
  }, []);
  const openDetails = useCallback((row: TriageRow) => setDetailId(row.updateId), []);
  const decidedCount = counts.allowed + counts.forbidden;

  const isNone = chosen.length === 0;
  const commands = useMemo<readonly Command[]>(() => {
    const group = t('group');
    const reason = t('selectFirst');
    const none = isNone ? { isDisabled: true, reason } : {};
    const focusSearch = (): void => searchBox.current?.focus();
    return [
      {
        id: 'triage.allow',
        label: t('allow'),
        group,
        keys: 'A',
        icon: Check,
        ...none,
        run: () => put(chosen, { verdict: 'allow' }),
      },
      {
        id: 'triage.forbid',
        label: t('forbid'),
        group,
        keys: 'F',
        icon: Ban,
        ...none,
        run: () => put(chosen, { verdict: 'forbid' }),
      },
      { id: 'triage.snooze', label: t('snooze'), group, keys: 'S', icon: Clock, ...none, run: openSnooze },
      {
        id: 'triage.reset',
        label: t(view === 'snoozed' ? 'wake' : 'reset'),
        group,
        keys: 'R',
        icon: view === 'snoozed' ? Sunrise : RotateCcw,
        ...(view === 'open' ? { isDisabled: true } : none),
        run: () => put(chosen, view === 'snoozed' ? { snoozedUntil: null } : { verdict: null }),
      },
      {
        id: 'triage.undo',
        label: t('undo'),
        group,
        keys: 'U',
        icon: Undo2,
        isDisabled: !triage.canUndo,
        reason: t('nothingToUndo'),
        run: undo,
      },
      {
        id: 'triage.package',
        label: t('tray.go'),
        group,
        keys: 'Ctrl+Enter',
        icon: PackagePlus,
        isDisabled: decidedCount === 0,
        reason: t('toDraft.nothing'),
        run: () => setAsked(true),
      },
      { id: 'triage.search', label: t('searchLabel'), group, keys: '/', icon: Search, run: focusSearch },
      { id: 'triage.find', label: t('searchLabel'), group, keys: 'Ctrl+F', icon: Search, run: focusSearch },
    ];
  }, [t, isNone, chosen, put, openSnooze, view, triage.canUndo, undo, decidedCount]);
  useCommands(commands);

  const menu = (row: TriageRow, picked: readonly TriageRow[]): readonly MenuEntry[] => {
    const ends = snoozeEnds(Date.now());
    const snooze = (id: string, label: string, until: string): MenuEntry => ({
      kind: 'item',
      id,
      label: `${t('snooze')}: ${label}`,
      icon: Clock,
      onSelect: () => put(picked, { snoozedUntil: until }),
    });
    return [
      {
        kind: 'item',
        id: 'details',
        label: t('details'),
        icon: Info,
        shortcut: t('common:keys.enter'),
        onSelect: () => openDetails(row),
      },
      { kind: 'separator', id: 'decide' },
      {
        kind: 'item',
        id: 'allow',
        label: t('allow'),
        icon: Check,
        shortcut: 'A',
        onSelect: () => put(picked, { verdict: 'allow' }),
      },
      {
        kind: 'item',
        id: 'forbid',
        label: t('forbid'),
        icon: Ban,
        shortcut: 'F',
        onSelect: () => put(picked, { verdict: 'forbid' }),
      },
      ...(view === 'decided'
        ? [
            {
              kind: 'item',
              id: 'reset',
              label: t('reset'),
              icon: RotateCcw,
              shortcut: 'R',
              onSelect: () => put(picked, { verdict: null }),
            } satisfies MenuEntry,
          ]
        : []),
      { kind: 'separator', id: 'sleep' },
      ...(view === 'snoozed'
        ? [
            {
              kind: 'item',
              id: 'wake',
              label: t('wake'),
              icon: Sunrise,
              shortcut: 'R',
              onSelect: () => put(picked, { snoozedUntil: null }),
            } satisfies MenuEntry,
          ]
        : []),
      snooze('day', t('until.day'), ends.day),
      snooze('week', t('until.week'), ends.week),
    ];
  };

  return (
    <ScreenFrame
      toolbar={
        <Stack ref={toolbar} direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1, flex: 1 }}>
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label={t('views')}
            value={view}
            onChange={(_event, next: TriageState | null) => {
              if (next === null) return;
              setView(next);
              setSelection(noIds);
              setFocusedId(null);
            }}
          >
            {VIEWS.map((each) => (
              <ToggleButton key={each} value={each} sx={{ textTransform: 'none', py: 0.375, px: 1.25 }}>
                {t('viewCount', { view: t(`view.${each}`), count: counts[each] })}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <ToolButton
            icon={Check}
            label={t('allow')}
            shortcut="A"
            primary={!isNone}
            disabled={isNone}
            reason={t('selectFirst')}
            onClick={() => put(chosen, { verdict: 'allow' })}
          />
          <ToolButton
            icon={Ban}
            label={t('forbid')}
            shortcut="F"
            primary={!isNone}
            disabled={isNone}
            reason={t('selectFirst')}
            onClick={() => put(chosen, { verdict: 'forbid' })}
          />
          <span data-snooze>
            <ToolButton
              icon={Clock}
              label={t('snooze')}
              shortcut="S"
              disabled={isNone}
              reason={t('selectFirst')}
              onClick={openSnooze}
            />
          </span>
          {view === 'open' ? null : (
            <ToolButton
              icon={view === 'snoozed' ? Sunrise : RotateCcw}
              label={t(view === 'snoozed' ? 'wake' : 'reset')}
              shortcut="R"
              disabled={isNone}
              reason={t('selectFirst')}
              onClick={() => put(chosen, view === 'snoozed' ? { snoozedUntil: null } : { verdict: null })}
            />
          )}
          <ToolButton
            icon={Undo2}
            label={t('undo')}
            shortcut="U"
            disabled={!triage.canUndo}
            reason={t('nothingToUndo')}
            onClick={undo}
          />
          <span style={{ flex: 1 }} />
          <TextField
            inputRef={searchBox}
            type="search"
            placeholder={t('search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            sx={{ width: 190 }}
            slotProps={{
              htmlInput: { 'aria-label': t('searchLabel'), spellCheck: false },
              input: {
                startAdornment: (
                  <InputAdornment position="start">
                    <Search size={15} aria-hidden />
                  </InputAdornment>
                ),
              },
            }}
          />
        </Stack>
      }
      notices={
        <>
          {triage.failure === null ? null : <ErrorNotice compact error={triage.failure} onRetry={triage.retry} />}
          {list === undefined || list.unread.length === 0 ? null : (
            <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }}>
              {t('unread', { count: list.unread.length, names: list.unread.slice(0, 5).join(', ') })}
            </Alert>
          )}
          {list === undefined || list.inDrafts === 0 ? null : (
            <Alert
              severity="info"
              sx={{ borderRadius: 0, py: 0, alignItems: 'center' }}
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
              empty={
                list?.hostCount === 0 ? (
                  <EmptyState icon={Info} title={t('empty.never')} text={t('empty.neverText')} />
                ) : (
                  <EmptyState icon={Sparkles} title={t('empty.title')} text={t('empty.text')} />
                )
              }
              noneShown={
                search === '' ? <NoneShown view={view} decided={decidedCount} onGo={() => setAsked(true)} /> : undefined
              }
              footer={
                <Footer
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
          onShow={view === 'decided' ? null : () => setView('decided')}
          onGo={() => setAsked(true)}
        />
      </Stack>
      <SnoozeMenu
        anchor={snoozeAnchor}
        onChoose={(until) => put(chosen, { snoozedUntil: until })}
        onClose={() => setSnoozeAnchor(null)}
      />
      {isAsked ? <ToDraftDialog count={decidedCount} onClose={() => setAsked(false)} /> : null}
    </ScreenFrame>
  );
}

type Counts = Readonly<Record<TriageState | 'allowed' | 'forbidden' | 'superseded' | 'fresh', number>>;

function countRows(rows: readonly TriageRow[], isSupersededShown: boolean): Counts {
  const counts = { open: 0, decided: 0, snoozed: 0, allowed: 0, forbidden: 0, superseded: 0, fresh: 0 };
  for (const row of rows) {
    if (row.verdict !== null) counts[row.verdict === 'allow' ? 'allowed' : 'forbidden']++;
    if (row.isSuperseded && row.state === 'open') counts.superseded++;
    if (row.isSuperseded && !isSupersededShown) continue;
    counts[row.state]++;
    if (row.isNew && row.state === 'open') counts.fresh++;
  }
  return counts;
}

function Footer({
  counts,
  visitedBefore,
  isSupersededShown,
  onSuperseded,
}: {
  readonly counts: Counts;
  readonly visitedBefore: string | null;
  readonly isSupersededShown: boolean;
  readonly onSuperseded: (isShown: boolean) => void;
}) {
  const { t } = useTranslation('triage');
  const locale = useLocale();
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5 }}>
      {visitedBefore === null || counts.fresh === 0 ? null : (
        <Typography variant="caption" component="span">
          {t('since', { count: counts.fresh, date: formatDateTime(visitedBefore, locale) })}
        </Typography>
      )}
      {counts.superseded === 0 ? null : (
        <Button
          aria-pressed={isSupersededShown}
          sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }}
          onClick={() => onSuperseded(!isSupersededShown)}
        >
          {t('superseded', { count: counts.superseded })}
        </Button>
      )}
    </Stack>
  );
}

function NoneShown({
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
