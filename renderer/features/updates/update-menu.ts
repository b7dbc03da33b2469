import {
  Ban,
  CircleHelp,
  Clipboard,
  DownloadCloud,
  ExternalLink,
  Hash,
  Info,
  Layers,
  OctagonAlert,
  Search,
  ShieldCheck,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateRow } from '../../../domain/update.ts';
import { useCapability } from '../../app/session.ts';
import type { MenuEntry } from '../../grid/menu.ts';
import { useKnownBad } from '../failures/known-bad/use-known-bad.ts';
import { useKnownBadWords } from '../failures/known-bad/words.ts';
import { askWhy } from '../why/open.ts';
import type { UpdateActions } from './update-actions.ts';
import type { Folds } from './use-folds.ts';

/** The menu of the list (protocol 8.6); what the server cannot do says why. */
export function useUpdateMenu(
  actions: UpdateActions,
  onDetails: (row: UpdateRow) => void,
  folds: Pick<Folds, 'standing' | 'toggle'>,
): (row: UpdateRow, selection: readonly UpdateRow[]) => readonly MenuEntry[] {
  const { t } = useTranslation(['updates', 'session', 'common']);
  const bad = useKnownBad();
  const badWords = useKnownBadWords();
  const canDownload = useCapability('download-updates');
  const canDelete = useCapability('delete-files');
  return useCallback(
    (row, selection) => {
      const foldEntry = (updateId: string): readonly MenuEntry[] => {
        const one = folds.standing(updateId);
        if (one === null) return [];
        const label =
          one.kind === 'member'
            ? t('folds.closeHere')
            : t(one.isOpen ? 'folds.close' : 'folds.open', { count: one.count });
        const head = one.kind === 'member' ? one.under : updateId;
        return [{ kind: 'item', id: 'fold', label, icon: Layers, onSelect: () => folds.toggle(head) }];
      };
      const count = selection.length;
      const hasKb = selection.some((one) => one.kbids.length > 0);
      const isCached = selection.some((one) => one.downloadedOn !== null);
      return [
        { kind: 'heading', id: 'what', label: count === 1 ? row.title : t('common:updates', { count }) },
        {
          kind: 'item',
          id: 'details',
          label: t('menu.details'),
          icon: Info,
          shortcut: t('common:keys.enter'),
          onSelect: () => onDetails(row),
        },
        {
          kind: 'item',
          id: 'why',
          label: t('common:why.label'),
          icon: CircleHelp,
          shortcut: 'W',
          onSelect: () => askWhy({ updateId: row.updateId }),
        },
        ...foldEntry(row.updateId),
        {
          kind: 'item',
          id: 'download',
          label: t('menu.download', { count }),
          icon: DownloadCloud,
          disabled: !canDownload.available,
          reason: canDownload.available ? undefined : t(`session:unavailable.${canDownload.reason}`),
          onSelect: () => actions.download(selection),
        },
        { kind: 'separator', id: 's1' },
        {
          kind: 'item',
          id: 'allow',
          label: t('menu.allow'),
          icon: ShieldCheck,
          onSelect: () => actions.decide('allow', selection),
        },
        {
          kind: 'item',
          id: 'forbid',
          label: t('menu.forbid'),
          icon: Ban,
          onSelect: () => actions.decide('forbid', selection),
        },
        {
          kind: 'item',
          id: 'known-bad',
          label: badWords(selection.some((one) => bad.has(one.updateId)) ? 'change' : 'mark'),
          icon: OctagonAlert,
          onSelect: () => actions.markBad(selection),
        },
        ...(selection.some((one) => bad.has(one.updateId))
          ? [
              {
                kind: 'item',
                id: 'not-bad',
                label: badWords('unmark'),
                icon: Undo2,
                onSelect: () => actions.unmarkBad(selection),
              } satisfies MenuEntry,
            ]
          : []),
        { kind: 'separator', id: 's2' },
        {
          kind: 'item',
          id: 'copy-kb',
          label: t('menu.copyKb'),
          icon: Clipboard,
          disabled: !hasKb,
          reason: t('menu.noKb'),
          onSelect: () => actions.copyKbs(selection),
        },
        {
          kind: 'item',
          id: 'copy-id',
          label: t('menu.copyId'),
          icon: Hash,
          onSelect: () => actions.copyIds(selection),
        },
        {
          kind: 'item',
          id: 'microsoft',
          label: t('menu.microsoft'),
          icon: ExternalLink,
          disabled: row.kbids.length === 0,
          reason: t('menu.noKb'),
          onSelect: () => actions.openKb(row),
        },
        {
          kind: 'item',
          id: 'catalog',
          label: t('menu.catalog'),
          icon: Search,
          onSelect: () => actions.openCatalog(row),
        },
        { kind: 'separator', id: 's3' },
        {
          kind: 'item',
          id: 'delete',
          label: t('menu.deleteFiles'),
          icon: Trash2,
          shortcut: t('common:keys.delete'),
          danger: true,
          disabled: !canDelete.available || !isCached,
          reason: canDelete.available ? t('menu.notOnServer') : t(`session:unavailable.${canDelete.reason}`),
          onSelect: () => actions.askDelete(selection),
        },
      ];
    },
    [t, canDownload, canDelete, actions, onDetails, folds, bad, badWords],
  );
}
