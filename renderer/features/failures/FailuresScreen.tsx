import { Box, Stack, ToggleButton, Typography } from '@mui/material';
import { CircleCheck, HardDrive } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FailureBoard, FailureLine } from '../../../contract/schemas/failures.ts';
import { FAILURE_BY, type FailureBy, type FailureSet } from '../../../domain/failures.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import { addWords } from '../../i18n/i18n.ts';
import { Choices } from '../../ui/Choices.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { OrderDialog } from '../hosts/OrderDialog.tsx';
import { en as hostsEn } from '../hosts/words/en.ts';
import { fr as hostsFr } from '../hosts/words/fr.ts';
import { useFailureColumns } from './columns.ts';
import { FailureDetail } from './FailureDetail.tsx';
import { KnownBadList } from './known-bad/KnownBadList.tsx';
import { useKnownBadWords } from './known-bad/words.ts';
import { setOf } from './set-of.ts';

const noLines: readonly FailureLine[] = [];
const idOf = (line: FailureLine): string => line.key ?? '-';
type View = FailureBy | 'bad';
const VIEWS = [...FAILURE_BY, 'bad'] as const satisfies readonly View[];

/** What failed, why, and what to do next; and what is known to be bad. */
export function FailuresScreen() {
  const { i18n } = useTranslation();
  // Orders are confirmed as on the screen of hosts.
  useState(() => addWords(i18n, 'hosts', { en: hostsEn, fr: hostsFr }));
  return <Screen />;
}

function Screen() {
  const { t } = useTranslation('failures');
  const bad = useKnownBadWords();
  const navigate = useNavigate();
  const [view, setView] = useState<View>('code');
  const [isDisk, setDisk] = useState(false);
  const by: FailureBy = view === 'bad' ? 'code' : view;
  const within = useMemo<FailureSet>(() => (isDisk ? { disk: true } : {}), [isDisk]);
  const board = useCall('failures.board', { by, within }, { keepPrevious: true });
  const marks = useCall('failures.knownBad', {}).data?.length ?? 0;
  const toggleDisk = useCallback(() => setDisk((is) => !is), []);
  const commands = useMemo<readonly Command[]>(
    () => [
      ...VIEWS.map(
        (each): Command => ({
          id: `failures.${each}`,
          label: t(`view.${each}`),
          group: t('command.group'),
          run: () => setView(each),
        }),
      ),
      {
        id: 'failures.disk',
        label: t('command.disk'),
        group: t('command.group'),
        icon: HardDrive,
        run: toggleDisk,
      },
    ],
    [t, toggleDisk],
  );
  useCommands(commands);

  return (
    <ScreenFrame
      toolbar={
        <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1, flex: 1 }}>
          <Choices
            label={t('views')}
            value={view}
            onChange={setView}
            choices={VIEWS.map((each) => ({
              value: each,
              label: each === 'bad' ? bad('count', { count: marks }) : t(`view.${each}`),
            }))}
          />
          {view === 'bad' || board.data === undefined ? null : (
            <DiskToggle board={board.data} isOn={isDisk} onToggle={toggleDisk} />
          )}
        </Stack>
      }
    >
      {view === 'bad' ? (
        <KnownBadList />
      ) : (
        <Board
          key={`${by} ${isDisk}`}
          by={by}
          within={within}
          board={board.data}
          isLoading={board.isPending}
          error={board.error?.error ?? null}
          onRetry={() => void board.refetch()}
        />
      )}
      <OrderDialog onOrdered={(run) => void navigate(`/hosts?run=${encodeURIComponent(run.id)}`)} />
    </ScreenFrame>
  );
}

/** Hosts that lack disk space have an entry of their own: nothing else helps them. */
function DiskToggle({
  board,
  isOn,
  onToggle,
}: {
  readonly board: FailureBoard;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}) {
  const { t } = useTranslation('failures');
  const count = board.disk.hosts;
  return (
    <ToggleButton
      value="disk"
      size="small"
      selected={isOn}
      disabled={count === 0 && !isOn}
      onChange={onToggle}
      title={t('diskOnly')}
      sx={{ textTransform: 'none', py: 0.375, px: 1.25, gap: 0.75 }}
    >
      <HardDrive size={15} aria-hidden />
      {t('disk', { count })}
    </ToggleButton>
  );
}

function Board({
  by,
  within,
  board,
  ...state
}: {
  readonly by: FailureBy;
  readonly within: FailureSet;
  readonly board: FailureBoard | undefined;
} & Pick<Parameters<typeof Grid<FailureLine>>[0], 'isLoading' | 'error' | 'onRetry'>) {
  const { t } = useTranslation('failures');
  const [focused, setFocused] = useState<string | null>(null);
  const columns = useFailureColumns(by, within);
  const rows = board?.groups ?? noLines;
  const line = rows.find((row) => idOf(row) === focused) ?? rows[0];
  const focusRow = useCallback((row: FailureLine | null) => {
    if (row !== null) setFocused(idOf(row));
  }, []);
  const hostCount = board?.hostCount ?? 0;
  return (
    <SplitPane
      id="failures-detail"
      side="right"
      initial={430}
      min={320}
      pane={
        line === undefined ? null : (
          <FailureDetail key={idOf(line)} by={by} line={line} set={setOf(by, line.key, within)} />
        )
      }
    >
      <Box sx={{ height: '100%', minHeight: 0 }}>
        <Grid
          id={`failures-${by}`}
          label={t(`grid.${by}`)}
          rows={rows}
          rowId={idOf}
          columns={columns}
          selection="none"
          onFocusRow={focusRow}
          onOpen={focusRow}
          {...state}
          empty={
            hostCount === 0 ? (
              <EmptyState title={t('empty.none')} text={t('empty.noneText')} />
            ) : (
              <EmptyState icon={CircleCheck} title={t('empty.title')} text={t('empty.text', { count: hostCount })} />
            )
          }
          footer={board === undefined ? undefined : <Totals board={board} />}
        />
      </Box>
    </SplitPane>
  );
}

function Totals({ board }: { readonly board: FailureBoard }) {
  const { t } = useTranslation('failures');
  const { hosts, stale, updates } = board.total;
  return (
    <Typography variant="caption" color="textSecondary" noWrap>
      {[
        t('total', { count: hosts }),
        t('totalUpdates', { count: updates }),
        ...(stale === 0 ? [] : [t('beside', { count: stale })]),
      ].join(' · ')}
    </Typography>
  );
}
