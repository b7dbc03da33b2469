import { Ban, Pencil, ShieldX, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { KnownBad } from '../../../../contract/schemas/failures.ts';
import { kbLabel } from '../../../../domain/update.ts';
import { useAction, useCall } from '../../../app/console.ts';
import type { GridColumn } from '../../../grid/columns.ts';
import { Grid } from '../../../grid/Grid.tsx';
import type { MenuEntry } from '../../../grid/menu.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useErrorWords } from '../../../ui/error-words.ts';
import { useToasts } from '../../../ui/toasts.ts';
import { startDraft } from '../../packages/intent.ts';
import { hostsBehind } from '../../where/where.ts';
import { MarkDialog } from './MarkDialog.tsx';
import { useKnownBadWords } from './words.ts';

const none: readonly KnownBad[] = [];
const idOf = (mark: KnownBad): string => mark.updateId;

/** What one marked as known to be bad, who has it and who gets it next. */
export function KnownBadList() {
  const t = useKnownBadWords();
  const navigate = useNavigate();
  const say = useToasts((toasts) => toasts.say);
  const errorWords = useErrorWords();
  const marks = useCall('failures.knownBad', {});
  const known = useCall('updates.list', {}).data?.rows;
  const unmark = useAction('failures.unmark');
  const [changed, setChanged] = useState<KnownBad | null>(null);
  const columns = useMemo<readonly GridColumn<KnownBad>[]>(() => {
    return [
      { key: 'kbids', header: t('column.kbids'), kind: 'list', width: 104, value: (mark) => mark.kbids.map(kbLabel) },
      { key: 'title', header: t('column.title'), width: 280, flex: 1, value: (mark) => mark.title ?? mark.updateId },
      { key: 'note', header: t('column.note'), width: 260, flex: 1, value: (mark) => mark.note },
      {
        key: 'open',
        header: t('column.open'),
        headerTooltip: t('openMeaning'),
        kind: 'number',
        width: 90,
        value: (mark) => mark.open,
        open: {
          run: ({ updateId }) => void navigate(hostsBehind({ kind: 'known-bad', updateId })),
          hint: t('showHosts'),
        },
      },
      {
        key: 'installed',
        header: t('column.installed'),
        headerTooltip: t('installedMeaning'),
        kind: 'number',
        width: 96,
        value: (mark) => mark.installed,
        open: {
          run: ({ updateId }) => void navigate(hostsBehind({ kind: 'update', updateId, measure: 'done' })),
          hint: t('showHosts'),
        },
      },
      {
        key: 'markedOn',
        header: t('column.markedOn'),
        kind: 'datetime',
        width: 140,
        sort: 'desc',
        value: (mark) => mark.markedOn,
      },
      { key: 'markedBy', header: t('column.markedBy'), width: 110, value: (mark) => mark.markedBy },
    ];
  }, [t, navigate]);
  const takeBack = (updateIds: readonly string[]): void =>
    unmark.mutate(
      { updateIds },
      {
        onSuccess: () => say({ tone: 'ok', text: t('unmarked') }),
        onError: ({ error }) => say({ tone: 'error', text: errorWords(error).title }),
      },
    );
  const menu = (mark: KnownBad, selection: readonly KnownBad[]): readonly MenuEntry[] => {
    const ids = new Set(selection.map(idOf));
    const updates = known?.filter((row) => ids.has(row.updateId)) ?? [];
    return [
      { kind: 'item', id: 'note', label: t('change'), icon: Pencil, onSelect: () => setChanged(mark) },
      {
        kind: 'item',
        id: 'forbid',
        label: t('forbid'),
        icon: ShieldX,
        disabled: updates.length === 0,
        onSelect: () => {
          startDraft({ list: 'forbid', updates });
          void navigate('/packages');
        },
      },
      { kind: 'item', id: 'unmark', label: t('unmark'), icon: Undo2, onSelect: () => takeBack([...ids]) },
    ];
  };
  return (
    <>
      <Grid
        id="known-bad"
        label={t('grid')}
        rows={marks.data ?? none}
        rowId={idOf}
        columns={columns}
        menu={menu}
        onOpen={setChanged}
        onDelete={(selection) => takeBack(selection.map(idOf))}
        isLoading={marks.isPending}
        error={marks.error?.error ?? null}
        onRetry={() => void marks.refetch()}
        empty={<EmptyState icon={Ban} title={t('empty')} text={t('emptyText')} />}
      />
      {changed === null ? null : <MarkDialog updateIds={[changed.updateId]} onClose={() => setChanged(null)} />}
    </>
  );
}
