import { Box, Button, FormControlLabel, Switch } from '@mui/material';
import { Copy, History, MonitorCheck, Pencil, Plus, RefreshCw, Search, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { RulePackage } from '../../../contract/schemas/packages.ts';
import type { Result } from '../../../domain/result.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useAction, useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { MenuEntry } from '../../grid/menu.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { OrderDialog } from '../hosts/OrderDialog.tsx';
import { AssignmentDialog } from './assignment/AssignmentDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { DraftStrip } from './DraftStrip.tsx';
import { IntentDialog } from './IntentDialog.tsx';
import { takeIntent, useIntent } from './intent.ts';
import { PackageHosts } from './PackageHosts.tsx';
import { usePackageColumns } from './package-columns.ts';
import { useDrafts } from './use-drafts.ts';

const NO_PACKAGES: readonly RulePackage[] = [];
const packageId = (row: RulePackage): string => row.filename;

/** The list of rule packages, drafts on top, the hosts of the selected package below. */
export function PackageList() {
  const { t } = useTranslation(['packages', 'common', 'assignment', 'history']);
  const navigate = useNavigate();
  const list = useCall('packages.list', {});
  const packages = list.data?.packages ?? NO_PACKAGES;
  const columns = usePackageColumns();
  const ways = useDrafts();
  const sync = useAction('sync.start');
  const [search, setSearch] = useState('');
  const [isLastOnly, setLastOnly] = useState(true);
  const [areHostsShown, setHostsShown] = useState(true);
  const [selection, setSelection] = useState<readonly string[]>([]);
  const [toAssign, setToAssign] = useState<RulePackage | null>(null);
  const [toDelete, setToDelete] = useState<readonly RulePackage[] | null>(null);
  const [failure, setFailure] = useState<ConsoleError | null>(null);
  const intent = useIntent((state) => state.pending);
  const searchBox = useRef<HTMLInputElement>(null);
  const visibleIds = useMemo(
    () => (isLastOnly ? new Set(packages.filter((row) => row.isNewest).map(packageId)) : null),
    [packages, isLastOnly],
  );
  const chosen = packages.filter((row) => selection.includes(row.filename));
  const single = chosen.length === 1 ? (chosen[0] ?? null) : null;
  // The package is read from the server first.
  const [isOpening, setOpening] = useState(false);
  const attempt = (work: Promise<Result<unknown, ConsoleError>>): void => {
    setFailure(null);
    setOpening(true);
    void work
      .then((answer) => {
        if (!answer.ok) setFailure(answer.error);
      })
      .finally(() => setOpening(false));
  };
  const showHistory = useCallback(
    (row: RulePackage) => void navigate(`/packages/history/${encodeURIComponent(row.package)}`),
    [navigate],
  );
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'packages.new',
        label: t('newLong'),
        group: t('commandGroup'),
        keys: 'Ctrl+Shift+N',
        icon: Plus,
        run: () => void ways.create(),
      },
      {
        id: 'packages.search',
        label: t('search'),
        group: t('commandGroup'),
        keys: '/',
        icon: Search,
        run: () => searchBox.current?.focus(),
      },
      {
        id: 'packages.history',
        label: t('history:openLong'),
        group: t('commandGroup'),
        keys: 'H',
        icon: History,
        isDisabled: single === null,
        reason: t('selectOne'),
        run: () => single !== null && showHistory(single),
      },
    ],
    [t, ways, single, showHistory],
  );
  useCommands(commands);

  const menu = (row: RulePackage, rows: readonly RulePackage[]): readonly MenuEntry[] => {
    const isMany = rows.length > 1;
    return [
      {
        kind: 'item',
        id: 'edit',
        label: row.isLegacy ? t('open') : t('common:edit'),
        icon: Pencil,
        shortcut: t('common:keys.enter'),
        disabled: isMany,
        reason: t('selectOne'),
        onSelect: () => attempt(ways.edit(row.filename)),
      },
      {
        kind: 'item',
        id: 'duplicate',
        label: t('duplicate'),
        icon: Copy,
        disabled: isMany,
        reason: t('selectOne'),
        onSelect: () => attempt(ways.duplicate(row.filename)),
      },
      {
        kind: 'item',
        id: 'assign',
        label: t('assignment:assign'),
        icon: MonitorCheck,
        disabled: isMany,
        reason: t('selectOne'),
        onSelect: () => setToAssign(row),
      },
      {
        kind: 'item',
        id: 'history',
        label: t('history:open'),
        icon: History,
        shortcut: 'H',
        disabled: isMany,
        reason: t('selectOne'),
        onSelect: () => showHistory(row),
      },
      { kind: 'separator', id: 's' },
      {
        kind: 'item',
        id: 'delete',
        label: t('common:delete'),
        icon: Trash2,
        shortcut: t('common:keys.delete'),
        danger: true,
        onSelect: () => setToDelete(rows),
      },
    ];
  };

  return (
    <ScreenFrame
      toolbar={
        <>
          <SearchField
            inputRef={searchBox}
            placeholder={t('searchPlaceholder')}
            label={t('search')}
            value={search}
            onChange={setSearch}
            sx={{ flex: '4 1 130px', maxWidth: 260 }}
          />
          <ToolButton
            icon={Plus}
            label={t('new')}
            primary
            shortcut={`${t('newLong')} (Ctrl+Shift+N)`}
            onClick={() => attempt(ways.create())}
          />
          <ToolButton
            icon={Pencil}
            isBusy={isOpening}
            label={t('common:edit')}
            disabled={single === null}
            reason={t('selectOne')}
            onClick={() => single !== null && attempt(ways.edit(single.filename))}
          />
          <ToolButton
            icon={Copy}
            iconOnly
            label={t('duplicate')}
            disabled={single === null}
            reason={t('selectOne')}
            onClick={() => single !== null && attempt(ways.duplicate(single.filename))}
          />
          <ToolButton
            icon={MonitorCheck}
            label={t('assignment:assign')}
            disabled={single === null}
            reason={t('selectOne')}
            shortcut={t('assignment:assignLong')}
            onClick={() => setToAssign(single)}
          />
          <ToolButton
            icon={Trash2}
            label={t('common:delete')}
            disabled={chosen.length === 0}
            reason={t('selectSome')}
            onClick={() => setToDelete(chosen)}
          />
          <ToolButton
            icon={History}
            iconOnly
            label={t('history:openLong')}
            shortcut="H"
            disabled={single === null}
            reason={t('selectOne')}
            onClick={() => single !== null && showHistory(single)}
          />
          <span style={{ flex: 1 }} />
          <FormControlLabel
            sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
            control={<Switch size="small" checked={isLastOnly} onChange={(_event, isOn) => setLastOnly(isOn)} />}
            label={t('lastVersionOnly')}
          />
          <FormControlLabel
            sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
            control={<Switch size="small" checked={areHostsShown} onChange={(_event, isOn) => setHostsShown(isOn)} />}
            label={t('showHosts')}
          />
          <ToolButton
            icon={RefreshCw}
            label={t('refreshList')}
            iconOnly
            shortcut="F5"
            isBusy={sync.isPending}
            onClick={() => sync.mutate({ full: false })}
          />
        </>
      }
      notices={
        <>
          {failure === null ? null : (
            <Box sx={{ px: 2, pt: 1.5 }}>
              <ErrorNotice
                error={failure}
                compact
                actions={<Button onClick={() => setFailure(null)}>{t('common:dismiss')}</Button>}
              />
            </Box>
          )}
          {sync.error === null ? null : (
            <Box sx={{ px: 2, pt: 1.5 }}>
              <ErrorNotice error={sync.error.error} compact />
            </Box>
          )}
          <DraftStrip onContinue={ways.goTo} />
        </>
      }
    >
      <SplitPane
        id="package-hosts"
        side="bottom"
        initial={230}
        min={140}
        max={600}
        pane={areHostsShown ? <PackageHosts row={single} onAssign={setToAssign} /> : null}
      >
        <Grid
          id="packages"
          label={t('title')}
          rows={packages}
          rowId={packageId}
          columns={columns}
          visibleIds={visibleIds}
          quickSearch={search}
          onSelectionChange={setSelection}
          menu={menu}
          onOpen={(row) => attempt(ways.edit(row.filename))}
          onDelete={setToDelete}
          isLoading={list.isPending}
          error={list.error?.error ?? null}
          onRetry={() => void list.refetch()}
          empty={
            <EmptyState
              title={t('empty.title')}
              text={t('empty.text')}
              actions={
                <Button variant="contained" onClick={() => attempt(ways.create())}>
                  {t('newLong')}
                </Button>
              }
            />
          }
          noneShown={<EmptyState title={t('noneShown.title')} text={isLastOnly ? t('noneShown.text') : undefined} />}
        />
      </SplitPane>
      {toAssign === null ? null : <AssignmentDialog name={toAssign.package} onClose={() => setToAssign(null)} />}
      {toDelete === null ? null : <DeleteDialog rows={toDelete} all={packages} onClose={() => setToDelete(null)} />}
      {intent === null ? null : <IntentDialog intent={intent} onClose={takeIntent} />}
      <OrderDialog onOrdered={(run) => void navigate(`/hosts?run=${encodeURIComponent(run.id)}`)} />
    </ScreenFrame>
  );
}
