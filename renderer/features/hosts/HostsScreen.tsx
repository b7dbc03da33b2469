import { Alert, Button } from '@mui/material';
import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { GitCompareArrows, ListChecks, Megaphone, RefreshCw, Search } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { ActionKind } from '../../../contract/schemas/actions.ts';
import type { HostRow } from '../../../contract/schemas/hosts.ts';
import type { UpdateHost } from '../../../contract/schemas/updates.ts';
import { COMPARED } from '../../../domain/comparison.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { ask, callKey, useAction, useBridge, useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { ViewFilter } from '../../grid/grid-props.ts';
import type { MenuEntry } from '../../grid/menu.ts';
import { addWords } from '../../i18n/i18n.ts';
import { useCopy } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useMakeCampaign } from '../campaigns/new-campaign.ts';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { useWhere } from '../where/use-where.ts';
import { WhereBar } from '../where/WhereBar.tsx';
import { WHERE } from '../where/where.ts';
import { actionIcons, actionKeys, ORDERS } from './action-look.ts';
import { COMPARE, compareAddress } from './compare/address.ts';
import { CompareScreen } from './compare/CompareScreen.tsx';
import { HostFilterBar } from './HostFilterBar.tsx';
import { HostPanel } from './HostPanel.tsx';
import { useHostColumns } from './host-columns.ts';
import { filterHosts, type HostFilter, noHostFilter } from './host-filter.ts';
import { OrderDialog } from './OrderDialog.tsx';
import { useStartOrder } from './order.ts';
import { RunsPanel } from './RunsPanel.tsx';
import { COMMANDS } from './trigger-plan.ts';
import { useHostFilterWords } from './use-filter-words.ts';
import { readHostViewFilter, writeHostViewFilter } from './view-filter.ts';

const NO_ROWS: readonly HostRow[] = [];
const hostId = (host: HostRow): string => host.uuid;
const canCompare = (uuids: readonly string[]): boolean =>
  uuids.length >= COMPARED.least && uuids.length <= COMPARED.most;

/** The screen of hosts: list, filters, orders, the panel of one host and the panel of the orders. */
export function HostsScreen() {
  const { i18n } = useTranslation();
  // Severities, products and classifications are named as in the list of updates.
  useState(() => addWords(i18n, 'updates', { en: updatesEn, fr: updatesFr }));
  const compared = useSearchParams()[0].getAll(COMPARE);
  const [left, setLeft] = useState<ListState>({ filter: noHostFilter, selection: [] });
  return compared.length === 0 ? <HostList left={left} onLeave={setLeft} /> : <CompareScreen uuids={compared} />;
}

/** What one comes back to from a comparison. */
interface ListState {
  readonly filter: HostFilter;
  readonly selection: readonly string[];
}

function HostList({ left, onLeave }: { readonly left: ListState; readonly onLeave: (state: ListState) => void }) {
  const { t } = useTranslation(['hosts', 'common']);
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const openUuid = (useParams()['*'] || query.get('uuid')) ?? null;
  const run = query.get('run');
  const needs = query.get('needs');
  const hosts = useCall('hosts.list', {});
  const signer = useCall('signer.state', {}).data ?? null;
  const sync = useAction('sync.start');
  const startOrder = useStartOrder();
  const copy = useCopy();
  const rows = hosts.data?.rows ?? NO_ROWS;
  const columns = useHostColumns(signer);
  const [chosen, setChosen] = useState<HostFilter>(left.filter);
  const needing = useNeeding(needs);
  const where = useWhere();
  // What one chose before would hide part of the set.
  const [shownWhere, setShownWhere] = useState(where.text);
  if (shownWhere !== where.text) {
    setShownWhere(where.text);
    if (where.text !== null) setChosen(noHostFilter);
  }
  const deferred = useDeferredValue(chosen);
  const only = useMemo(() => {
    if (where.set === undefined) return where.isPending ? new Set<string>() : needing.uuids;
    const needed = needing.uuids;
    return new Set(needed === null ? where.set.uuids : where.set.uuids.filter((uuid) => needed.has(uuid)));
  }, [where.set, where.isPending, needing.uuids]);
  const filter = useMemo(() => ({ ...deferred, only }), [deferred, only]);
  const answer = useMemo(() => filterHosts(rows, filter), [rows, filter]);
  const viewFilter = useMemo(
    () =>
      where.text !== null || needs !== null
        ? null
        : {
            value: writeHostViewFilter(chosen),
            apply: (kept: ViewFilter['value']) => setChosen(readHostViewFilter(kept)),
            isKept: false,
          },
    [where.text, needs, chosen],
  );
  const filterWords = useHostFilterWords(filter, needs === null ? null : needing.title, where);
  const [selection, setSelection] = useState<readonly string[]>([]);
  const searchBox = useRef<HTMLInputElement>(null);
  const targets = useMemo(
    () => (selection.length > 0 || openUuid === null ? selection : [openUuid]),
    [selection, openUuid],
  );

  const open = useCallback(
    (uuid: string | null): void => {
      const rest = new URLSearchParams(query);
      rest.delete('uuid');
      void navigate({
        pathname: uuid === null ? '/hosts' : `/hosts/${encodeURIComponent(uuid)}`,
        search: rest.toString(),
      });
    },
    [navigate, query],
  );
  const showRun = useCallback(
    (id: string | null): void => {
      setQuery((before) => {
        const next = new URLSearchParams(before);
        if (id === null) next.delete('run');
        else next.set('run', id);
        return next;
      });
    },
    [setQuery],
  );
  const without =
    (...names: readonly string[]) =>
    (): void =>
      setQuery((before) => {
        const next = new URLSearchParams(before);
        for (const name of names) next.delete(name);
        return next;
      });
  const showAllNeeds = without('needs');
  const order = useCallback(
    (action: ActionKind, uuids: readonly string[]): void => void startOrder({ action, uuids }),
    [startOrder],
  );

  const makeCampaign = useMakeCampaign();
  const compare = useCallback(
    (uuids: readonly string[]): void => {
      onLeave({ filter: chosen, selection: uuids });
      void navigate(compareAddress(uuids));
    },
    [navigate, onLeave, chosen],
  );

  const commands = useMemo<readonly Command[]>(
    () => [
      ...ORDERS.map((action) => ({
        id: `hosts.${action}`,
        label: t(`action.${action}`),
        group: t('command.group'),
        keys: actionKeys[action],
        icon: actionIcons[action],
        isDisabled: targets.length === 0,
        reason: t('selectFirst'),
        run: () => order(action, targets),
      })),
      {
        id: 'hosts.search',
        label: t('command.search'),
        group: t('command.group'),
        keys: '/',
        icon: Search,
        run: () => searchBox.current?.focus(),
      },
      {
        id: 'hosts.campaign',
        label: targets.length === 0 ? t('campaign') : t('campaignWith', { count: targets.length }),
        group: t('command.group'),
        icon: Megaphone,
        isDisabled: targets.length === 0,
        reason: t('selectFirst'),
        run: () => makeCampaign(targets),
      },
      {
        id: 'hosts.compare',
        label: t('compare.title'),
        group: t('command.group'),
        icon: GitCompareArrows,
        isDisabled: !canCompare(targets),
        reason: t('compare.choose', COMPARED),
        run: () => compare(targets),
      },
      {
        id: 'hosts.orders',
        label: t('command.orders'),
        group: t('command.group'),
        icon: ListChecks,
        run: () => showRun('all'),
      },
    ],
    [t, targets, order, showRun, compare, makeCampaign],
  );
  useCommands(commands);

  const menu = (row: HostRow, chosenRows: readonly HostRow[]): readonly MenuEntry[] => {
    const uuids = chosenRows.map(hostId);
    return [
      { kind: 'heading', id: 'count', label: t('menu.heading', { count: uuids.length }) },
      {
        kind: 'item',
        id: 'open',
        label: t('menu.open'),
        shortcut: t('common:keys.enter'),
        onSelect: () => open(row.uuid),
      },
      { kind: 'separator', id: 's1' },
      ...ORDERS.map(
        (action): MenuEntry => ({
          kind: 'item',
          id: action,
          label: t(`action.${action}`),
          icon: actionIcons[action],
          shortcut: actionKeys[action],
          onSelect: () => order(action, uuids),
        }),
      ),
      {
        kind: 'item',
        id: 'campaign',
        label: t('campaignWith', { count: uuids.length }),
        icon: Megaphone,
        onSelect: () => makeCampaign(uuids),
      },
      { kind: 'separator', id: 's2' },
      {
        kind: 'item',
        id: 'compare',
        label: t('compare.title'),
        icon: GitCompareArrows,
        disabled: !canCompare(uuids),
        reason: t('compare.choose', COMPARED),
        onSelect: () => compare(uuids),
      },
      {
        kind: 'item',
        id: 'names',
        label: t('menu.copyNames'),
        onSelect: () => void copy(chosenRows.map((host) => host.fqdn || host.uuid).join('\n')),
      },
      { kind: 'item', id: 'command', label: t('menu.copyCommand'), onSelect: () => void copy(COMMANDS.scan) },
    ];
  };

  const grid = (
    <Grid
      id="hosts"
      label={t('title')}
      rows={rows}
      rowId={hostId}
      columns={columns}
      filterWords={filterWords}
      viewFilter={viewFilter}
      visibleIds={answer.ids}
      selectedIds={left.selection}
      onSelectionChange={setSelection}
      onFocusRow={(row) => {
        if (row !== null && openUuid !== null && row.uuid !== openUuid) open(row.uuid);
      }}
      menu={menu}
      onOpen={(row) => open(row.uuid)}
      isLoading={hosts.isPending || where.isPending}
      error={hosts.error?.error ?? null}
      onRetry={() => void hosts.refetch()}
      empty={
        <EmptyState
          title={t('empty.title')}
          text={t('empty.text')}
          actions={
            <Button variant="contained" loading={sync.isPending} onClick={() => sync.mutate({ full: false })}>
              {t('empty.read')}
            </Button>
          }
        />
      }
      noneShown={
        <EmptyState
          title={t('noneShown.title')}
          text={t('noneShown.text', { count: rows.length })}
          actions={
            <Button
              onClick={() => {
                setChosen(noHostFilter);
                without('needs', WHERE)();
              }}
            >
              {t('clearFilters')}
            </Button>
          }
        />
      }
    />
  );

  return (
    <ScreenFrame
      toolbar={
        <>
          <SearchField
            inputRef={searchBox}
            placeholder={t('searchPlaceholder')}
            label={t('command.search')}
            value={chosen.search}
            onChange={(text) => setChosen({ ...chosen, search: text })}
            sx={{ flex: '100 1 170px', maxWidth: 320 }}
          />
          {ORDERS.map((action) => (
            <ToolButton
              key={action}
              icon={actionIcons[action]}
              label={t(`short.${action}`)}
              shortcut={`${t(`action.${action}`)} (${actionKeys[action]})`}
              disabled={targets.length === 0}
              reason={t('selectFirst')}
              onClick={() => order(action, targets)}
            />
          ))}
          <ToolButton
            icon={Megaphone}
            label={t('campaignShort')}
            shortcut={t('campaignWith', { count: targets.length })}
            disabled={targets.length === 0}
            reason={t('selectFirst')}
            onClick={() => makeCampaign(targets)}
          />
          <ToolButton
            icon={GitCompareArrows}
            label={t('compare.button')}
            disabled={!canCompare(selection)}
            reason={t('compare.choose', COMPARED)}
            onClick={() => compare(selection)}
          />
          <span style={{ flex: 1 }} />
          <OrdersButton isOpen={run !== null} onClick={() => showRun(run === null ? 'all' : null)} />
          <ToolButton
            icon={RefreshCw}
            label={t('common:refresh')}
            iconOnly
            shortcut="F5"
            isBusy={sync.isPending}
            onClick={() => sync.mutate({ full: false })}
          />
        </>
      }
      notices={
        <>
          <HostFilterBar filter={chosen} rows={rows} answer={answer} onChange={setChosen} />
          <WhereBar state={where} of="hosts" />
          {needs === null ? null : (
            <Alert severity="info" sx={{ borderRadius: 0, py: 0 }} onClose={showAllNeeds}>
              {t('onlyUpdate', { title: needing.title })}
            </Alert>
          )}
          {hosts.data?.isCutOff === true ? (
            <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }}>
              {t('cutOff')}
            </Alert>
          ) : null}
        </>
      }
    >
      <SplitPane
        id="hosts-runs"
        side="right"
        initial={500}
        min={340}
        pane={run === null ? null : <RunsPanel runId={run === 'all' ? null : run} onShow={showRun} />}
      >
        <HostPanel uuid={openUuid} onClose={() => open(null)} onOrder={order}>
          {grid}
        </HostPanel>
      </SplitPane>
      <OrderDialog onOrdered={(ordered) => showRun(ordered.id)} />
    </ScreenFrame>
  );
}

/** The hosts that need an update, where the address names one; null uuids: no such restriction. */
function useNeeding(needs: string | null): { readonly uuids: ReadonlySet<string> | null; readonly title: string } {
  const bridge = useBridge();
  const ids = useMemo(() => needs?.split(',') ?? [], [needs]);
  const hosts = useQueries({
    queries: ids.map((updateId) => ({
      queryKey: callKey('updates.hosts', { updateId }),
      queryFn: () => ask(bridge, 'updates.hosts', { updateId }),
    })),
    combine: needingHosts,
  });
  const first = ids[0] ?? '-';
  const detail = useCall('updates.get', { updateId: first }, { enabled: ids.length > 0 }).data;
  return useMemo(() => {
    const title = detail?.update.title ?? needs ?? '';
    return {
      uuids: needs === null ? null : new Set(hosts),
      title: ids.length > 1 ? `${title} (+${ids.length - 1})` : title,
    };
  }, [needs, ids, hosts, detail]);
}

const needingHosts = (answers: readonly UseQueryResult<readonly UpdateHost[]>[]): readonly string[] =>
  answers.flatMap(
    ({ data }) =>
      data?.flatMap((host) => (host.state === 'done' || host.state === 'superseded' ? [] : [host.uuid])) ?? [],
  );

function OrdersButton({ isOpen, onClick }: { readonly isOpen: boolean; readonly onClick: () => void }) {
  const { t } = useTranslation('hosts');
  const running = useCall('actions.runs', {}).data?.filter((run) => run.endedAt === null).length ?? 0;
  const label = running === 0 ? t('orders') : t('ordersRunning', { count: running });
  return (
    <Button
      variant={isOpen ? 'contained' : 'outlined'}
      aria-pressed={isOpen}
      startIcon={<ListChecks size={16} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
