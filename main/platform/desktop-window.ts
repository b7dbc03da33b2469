import {
  BrowserWindow,
  Menu,
  type MenuItemConstructorOptions,
  nativeTheme,
  screen,
  type WebPreferences,
} from 'electron';
import { CONSOLE_PAGE } from '../security/navigation.ts';
import { readWindowState, type WindowState, writeWindowState } from './window-state.ts';

/** What every window gets; nothing of it depends on where the console runs but the tools for developers. */
function webPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Its dictionaries would come from the network.
    spellcheck: false,
    disableBlinkFeatures: 'Auxclick',
    devTools: !isPackaged,
  };
}

/** No menu bar, but its keys: edit, zoom, full screen, window. */
export function installMenu(os: NodeJS.Platform): void {
  const template: MenuItemConstructorOptions[] = [
    ...(os === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

const CRASH_PAUSE_MS = 10_000;

/** Opens the console's window where it was, and loads the page anew when its process dies. */
export async function openWindow(options: {
  readonly preload: string;
  readonly isPackaged: boolean;
  readonly stateFile: string;
  readonly onOpen: (window: BrowserWindow) => void;
  readonly onCrash: (reason: string) => void;
}): Promise<BrowserWindow> {
  const { stateFile, onOpen, onCrash } = options;
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const state = await readWindowState(stateFile, displays);
  const place = state
    ? { x: state.x, y: state.y, width: state.width, height: state.height }
    : { width: 1400, height: 900 };
  const window = new BrowserWindow({
    ...place,
    minWidth: 800,
    minHeight: 500,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121212' : '#ffffff',
    webPreferences: webPreferences(options.preload, options.isPackaged),
  });
  onOpen(window);
  window.setMenuBarVisibility(false);
  if (state?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const kept: WindowState = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    void writeWindowState(stateFile, kept);
  });
  let crashedAt = 0;
  window.webContents.on('render-process-gone', (_event, details) => {
    onCrash(details.reason);
    const isFirst = Date.now() - crashedAt > CRASH_PAUSE_MS;
    crashedAt = Date.now();
    if (details.reason !== 'clean-exit' && isFirst) void window.loadURL(CONSOLE_PAGE);
  });
  await window.loadURL(CONSOLE_PAGE);
  return window;
}
