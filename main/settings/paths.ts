import { homedir } from 'node:os';
import { posix, resolve, win32 } from 'node:path';

/** Where the person's folders are looked for; what is left out comes from the process. */
export interface FolderOptions {
  /** What `--data` said; wins over the platform's place. */
  readonly override?: string | null | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

const NAME = 'waptwua-console';

function folder(options: FolderOptions, kind: 'data' | 'config'): string {
  const { override, env = process.env, platform = process.platform, home = homedir() } = options;
  if (typeof override === 'string' && override !== '') return resolve(override);
  if (platform === 'win32') {
    const base = kind === 'data' ? env['LOCALAPPDATA'] : env['APPDATA'];
    return win32.join(base || win32.join(home, 'AppData', kind === 'data' ? 'Local' : 'Roaming'), NAME);
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', NAME);
  // A relative path in these variables is to be ignored (XDG Base Directory Specification).
  const given = kind === 'data' ? env['XDG_DATA_HOME'] : env['XDG_CONFIG_HOME'];
  const base =
    given?.startsWith('/') === true
      ? given
      : posix.join(home, ...(kind === 'data' ? ['.local', 'share'] : ['.config']));
  return posix.join(base, NAME);
}

/** The folder of everything that the console keeps: stores, settings, logs. */
export function dataFolder(options: FolderOptions = {}): string {
  return folder(options, 'data');
}

/** The folder of what the person puts there for the console: `keys` below it holds certificates and keys. */
export function configFolder(options: FolderOptions = {}): string {
  return folder(options, 'config');
}

/** The folder of one profile and what lies in it. */
export interface ProfilePaths {
  readonly folder: string;
  readonly store: string;
  /** A file of trust material by its name. */
  readonly trust: (name: string) => string;
}

/** What lies where in the data folder. */
export interface DataPaths {
  readonly settings: string;
  readonly profiles: string;
  readonly logs: string;
  /** Files that are being exported. */
  readonly exports: string;
  readonly profile: (id: string) => ProfilePaths;
}

/** What lies where in a data folder. */
export function paths(data: string): DataPaths {
  return {
    settings: resolve(data, 'settings.json'),
    profiles: resolve(data, 'profiles.json'),
    logs: resolve(data, 'logs'),
    exports: resolve(data, 'exports', String(process.pid)),
    profile: (id) => {
      const own = resolve(data, 'profiles', id);
      return { folder: own, store: resolve(own, 'store.db'), trust: (name) => resolve(own, name) };
    },
  };
}
