import {
  BellRing,
  CircleHelp,
  Contrast,
  DownloadCloud,
  FileDown,
  Keyboard,
  Languages,
  LockKeyhole,
  LogOut,
  Moon,
  Pause,
  Play,
  RefreshCw,
  Rows3,
  Search,
  Sun,
  UserCheck,
} from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDeskCommands } from '../desks/use-desk-commands.ts';
import { askWhy, showFacts } from '../features/why/open.ts';
import { EXPORT_KEYS, openTarget, useHasTarget } from '../grid/export/targets.ts';
import { useLabelled } from '../i18n/locale.ts';
import { type Command, useAllCommands, useCommandKeys, useCommands } from './commands.ts';
import { useAction, useCall } from './console.ts';
import { screens } from './screens.ts';
import { useSettings } from './settings.ts';

/** The commands that every screen has, and the two dialogs that list them. */
export function useFrameCommands(): {
  readonly isPaletteOpen: boolean;
  readonly isHelpOpen: boolean;
  readonly openPalette: () => void;
  readonly openHelp: () => void;
  readonly close: () => void;
} {
  const { t } = useTranslation(['common', 'session', 'signer']);
  const labelled = useLabelled();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'palette' | 'help' | null>(null);
  const [settings, change] = useSettings();
  const { mutate: startSync } = useAction('sync.start');
  const { mutate: pauseSync } = useAction('sync.pause');
  const { mutate: resumeSync } = useAction('sync.resume');
  const { data: sync } = useCall('sync.state', {});
  const isPaused = sync?.isPaused === true;
  const { mutate: lock } = useAction('signer.lock');
  const { mutate: signOut } = useAction('session.signOut');
  const hasList = useHasTarget();
  const openPalette = useCallback(() => setDialog('palette'), []);
  const openHelp = useCallback(() => setDialog('help'), []);
  const close = useCallback(() => setDialog(null), []);

  const commands = useMemo<readonly Command[]>(() => {
    const own = t('palette.console');
    return [
      { id: 'frame.palette', label: t('help.palette'), group: own, keys: 'Ctrl+K', icon: Search, run: openPalette },
      { id: 'frame.help', label: t('help.open'), group: own, keys: '?', icon: Keyboard, run: openHelp },
      { id: 'why.ask', label: t('why.ask'), group: own, keys: 'W', icon: CircleHelp, run: () => askWhy() },
      ...(hasList
        ? [
            {
              id: 'list.export',
              label: t('export.here'),
              group: t('export.group'),
              keys: EXPORT_KEYS,
              icon: FileDown,
              run: () => openTarget(),
            },
          ]
        : []),
      { id: 'why.facts', label: t('why.facts'), group: own, icon: UserCheck, run: () => showFacts(true) },
      ...screens.map(({ id, icon }, i) => ({
        id: `go.${id}`,
        label: t(`nav.${id}`).replaceAll('\u00ad', ''),
        group: t('palette.navigation'),
        ...(i < 9 ? { keys: `Alt+${i + 1}` } : {}),
        icon,
        run: () => void navigate(`/${id}`),
      })),
      {
        id: 'sync.start',
        label: t('work.readNow'),
        group: own,
        icon: RefreshCw,
        run: () => startSync({ full: false }),
      },
      {
        id: 'sync.full',
        label: t('work.readAll'),
        group: own,
        icon: DownloadCloud,
        run: () => startSync({ full: true }),
      },
      {
        id: 'sync.pause',
        label: t(isPaused ? 'work.resumeReading' : 'work.pauseReading'),
        group: own,
        icon: isPaused ? Play : Pause,
        run: () => (isPaused ? resumeSync({}) : pauseSync({})),
      },
      { id: 'signer.lock', label: t('signer:lock'), group: own, icon: LockKeyhole, run: () => lock({}) },
      {
        id: 'theme.light',
        label: labelled(t('prefs.theme'), t('prefs.light')),
        group: own,
        icon: Sun,
        run: () => change({ theme: 'light' }),
      },
      {
        id: 'theme.dark',
        label: labelled(t('prefs.theme'), t('prefs.dark')),
        group: own,
        icon: Moon,
        run: () => change({ theme: 'dark' }),
      },
      {
        id: 'theme.contrast',
        label: labelled(t('prefs.theme'), t('prefs.contrast')),
        group: own,
        icon: Contrast,
        run: () => change({ theme: 'contrast' }),
      },
      {
        id: 'language.en',
        label: 'English',
        group: t('prefs.language'),
        icon: Languages,
        run: () => change({ language: 'en' }),
      },
      {
        id: 'language.fr',
        label: 'Français',
        group: t('prefs.language'),
        icon: Languages,
        run: () => change({ language: 'fr' }),
      },
      {
        id: 'density.toggle',
        label: labelled(t('prefs.density'), t(settings.density === 'compact' ? 'prefs.comfortable' : 'prefs.compact')),
        group: own,
        icon: Rows3,
        run: () => change({ density: settings.density === 'compact' ? 'comfortable' : 'compact' }),
      },
      {
        id: 'endings.toggle',
        label: t(settings.notify ? 'endings.off' : 'endings.on'),
        group: own,
        icon: BellRing,
        run: () => change({ notify: !settings.notify }),
      },
      { id: 'session.signOut', label: t('session:signOut'), group: own, icon: LogOut, run: () => signOut({}) },
    ];
  }, [
    labelled,
    t,
    navigate,
    openPalette,
    openHelp,
    startSync,
    pauseSync,
    resumeSync,
    isPaused,
    lock,
    signOut,
    change,
    settings.density,
    settings.notify,
    hasList,
  ]);
  useCommands(commands, 'frame');
  useDeskCommands();
  useCommandKeys(useAllCommands());
  return { isPaletteOpen: dialog === 'palette', isHelpOpen: dialog === 'help', openPalette, openHelp, close };
}
