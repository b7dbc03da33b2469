import { Layers, ListChecks, RefreshCw, Search, ShieldCheck, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateFilter } from '../../../domain/catalogue.ts';
import { type Command, useCommands } from '../../app/commands.ts';

/** What the commands of the list do. */
interface Deeds {
  readonly refresh: () => void;
  readonly focusSearch: () => void;
  readonly clear: () => void;
  readonly change: (patch: Partial<UpdateFilter>) => void;
  readonly showTasks: () => void;
  readonly setAllOpen: (isOpen: boolean) => void;
}

/** Offers what the list can do by keys and in the palette; the deeds should stay the same functions. */
export function useUpdateCommands(
  { refresh, focusSearch, clear, change, showTasks, setAllOpen }: Deeds,
  hideSuperseded: boolean,
): void {
  const { t } = useTranslation('updates');
  const commands = useMemo<readonly Command[]>(() => {
    const group = t('title');
    const scope = (to: UpdateFilter['scope']): Command => ({
      id: `updates.${to}`,
      label: t(`scope.${to}`),
      group,
      icon: ShieldCheck,
      run: () => change({ scope: to }),
    });
    return [
      { id: 'updates.refresh', label: t('refresh'), group, keys: 'F5', icon: RefreshCw, run: refresh },
      { id: 'updates.search', label: t('filter.focus'), group, keys: '/', icon: Search, run: focusSearch },
      { id: 'updates.find', label: t('filter.focus'), group, keys: 'Ctrl+F', icon: Search, run: focusSearch },
      { id: 'updates.clear', label: t('filter.clear'), group, icon: X, run: clear },
      scope('needed'),
      scope('reported'),
      { id: 'updates.tasks', label: t('showTasks'), group, icon: ListChecks, run: showTasks },
      {
        id: 'updates.superseded',
        label: t(hideSuperseded ? 'hidden.commandShow' : 'hidden.commandHide'),
        group,
        icon: Layers,
        run: () => change({ hideSuperseded: !hideSuperseded }),
      },
      { id: 'updates.unfold', label: t('hidden.commandUnfold'), group, icon: Layers, run: () => setAllOpen(true) },
      { id: 'updates.fold', label: t('hidden.commandFold'), group, icon: Layers, run: () => setAllOpen(false) },
    ];
  }, [t, refresh, focusSearch, clear, change, showTasks, setAllOpen, hideSuperseded]);
  useCommands(commands);
}
