type Handler = (...args: readonly unknown[]) => unknown;
interface Frame {
  readonly url: string;
  readonly origin: string;
  readonly parent: object | null;
}

/** What a test says about the system on which the stand-in plays Electron. */
export interface System {
  /** Runs a preload in the page, as Electron does when a document loads. */
  readonly loadPreload: (path: string) => Promise<unknown>;
  readonly isFirstInstance: boolean;
  readonly secretBackend: string;
  /** What the person chooses in a file dialog; null cancels it. */
  readonly chosenFile: string | null;
  /** Where the person wants a file to be saved; null or left out cancels. */
  readonly savedFile?: string | null;
  readonly proxy: string;
  /** Whether the system can tell anything; left out: yes. */
  readonly canNotify?: boolean;
}

/** As much of an event emitter as the entry uses; `once` is `on`, since nothing here happens twice that must not. */
class Emitter {
  readonly listeners = new Map<string, Handler[]>();
  on(name: string, listener: Handler): this {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    return this;
  }
  once(name: string, listener: Handler): this {
    return this.on(name, listener);
  }
  /** Whether anybody listened. */
  emit(name: string, ...args: readonly unknown[]): boolean {
    const listeners = this.listeners.get(name) ?? [];
    for (const listener of listeners) listener(...args);
    return listeners.length > 0;
  }
}

const recorder = (log: [string, ...unknown[]][], names: readonly string[]): Record<string, Handler> =>
  Object.fromEntries(names.map((name) => [name, (...args: readonly unknown[]) => void log.push([name, ...args])]));

type Scheme = (request: { url: string; method: string }) => Promise<Response>;
type Blocker = (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void;

/** A session of one window alone. */
class StandInSession {
  readonly name: string;
  readonly schemes = new Map<string, Scheme>();
  readonly denials = new Map<string, Handler>();
  readonly proxy: string;
  blocker: Blocker | null = null;
  constructor(name: string, proxy: string) {
    this.name = name;
    this.proxy = proxy;
  }
  setPermissionRequestHandler = (handler: Handler) => void this.denials.set('PermissionRequest', handler);
  setPermissionCheckHandler = (handler: Handler) => void this.denials.set('PermissionCheck', handler);
  setDevicePermissionHandler = (handler: Handler) => void this.denials.set('DevicePermission', handler);
  setDisplayMediaRequestHandler = (handler: Handler) => void this.denials.set('DisplayMediaRequest', handler);
  webRequest = { onBeforeRequest: (blocker: Blocker) => void (this.blocker = blocker) };
  protocol = {
    handle: (scheme: string, answer: Scheme) => void this.schemes.set(scheme, answer),
    unhandle: (scheme: string) => void this.schemes.delete(scheme),
  };
  resolveProxy = () => Promise.resolve(this.proxy);
  isBlocked(url: string): boolean {
    let isBlocked = false;
    this.blocker?.({ url }, ({ cancel }) => {
      isBlocked = cancel;
    });
    return isBlocked;
  }
}

/**
 * Plays the `electron` module for the real desktop entry and the real preload, in one process. `electron` is what they
 * import, `page` the global object of the window's page, `world` what a test looks at. Values cross by structured clone, as
 * between processes, and a channel that nobody answers throws.
 */
export function standIn(system: System) {
  const page: Record<string, unknown> = {};
  const toPage = new Emitter();
  const world = {
    page,
    /** Everything asked of Electron that has no answer of interest, in its order. */
    log: [] as [string, ...unknown[]][],
    handlers: new Map<string, Handler>(),
    schemes: new Map<string, (request: { url: string; method: string }) => Promise<Response>>(),
    session: new Map<string, Handler>(),
    blocked: [] as { urls: readonly string[]; handler: Handler }[],
    windows: [] as StandInWindow[],
    /** What the system tells; `emit('click')` clicks on it. */
    notifications: [] as Emitter[],
    document: null as Response | null,
    /** What the last window with a session of its own was shown. */
    report: null as Response | null,
    /** Sessions of single windows, by their partition. */
    partitions: new Map<string, StandInSession>(),
    /** Sends on a channel as a given frame of given contents would. */
    invoke: async (
      channel: string,
      args: readonly unknown[],
      over: { sender?: object; senderFrame?: Frame | null } = {},
    ) => {
      const handler = world.handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const contents = world.windows[0]?.webContents;
      const event = { sender: contents, senderFrame: contents?.mainFrame, ...over };
      return structuredClone(await handler(event, ...structuredClone(args)));
    },
  };

  class StandInContents extends Emitter {
    readonly id = world.windows.length + 1;
    mainFrame: Frame = { url: 'about:blank', origin: 'null', parent: null };
    openHandler: Handler | null = null;
    isDestroyed = () => false;
    printToPDF = async (options: unknown): Promise<Buffer> => {
      world.log.push(['printToPDF', options]);
      return Buffer.from(`%PDF stand-in of ${await (world.report?.text() ?? '')}`);
    };
    setWindowOpenHandler = (handler: Handler) => void (this.openHandler = handler);
    send = (channel: string, ...args: readonly unknown[]) => {
      if (!toPage.emit(channel, {}, ...structuredClone(args)))
        throw new Error(`nobody in the page listens to '${channel}'`);
    };
  }

  class StandInWindow extends Emitter {
    readonly webContents = new StandInContents();
    readonly options: { readonly webPreferences: Readonly<Record<string, unknown>>; readonly [name: string]: unknown };
    isMinimized = () => false;
    isMaximized = () => false;
    isDestroyed = () => false;
    destroy = () => void world.log.push(['destroy']);
    getNormalBounds = () => ({ x: 10, y: 20, width: 1000, height: 700 });
    constructor(options: StandInWindow['options']) {
      super();
      this.options = options;
      Object.assign(this, recorder(world.log, ['show', 'focus', 'restore', 'maximize', 'setMenuBarVisibility']));
      world.windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(url: string): Promise<void> {
      const own = this.options.webPreferences['session'] as StandInSession | undefined;
      if (own !== undefined) {
        const scheme = own.schemes.get(url.split(':', 1)[0] ?? '');
        if (!scheme || own.isBlocked(url)) throw new Error(`nobody serves ${url}`);
        world.report = await scheme({ url, method: 'GET' });
        return;
      }
      const scheme = world.schemes.get(url.split(':', 1)[0] ?? '');
      if (!scheme) throw new Error(`nobody serves ${url}`);
      world.document = await scheme({ url, method: 'GET' });
      this.webContents.mainFrame = { url, origin: url.split('/').slice(0, 3).join('/'), parent: null };
      await system.loadPreload(String(this.options.webPreferences['preload']));
      this.emit('ready-to-show');
    }
  }

  class StandInNotification extends Emitter {
    static isSupported = (): boolean => system.canNotify ?? true;
    readonly options: unknown;
    constructor(options: unknown) {
      super();
      this.options = options;
    }
    show = (): void => {
      world.log.push(['notify', this.options]);
      world.notifications.push(this);
    };
  }

  const app = Object.assign(new Emitter(), {
    ...recorder(world.log, ['enableSandbox', 'setPath', 'exit', 'disableHardwareAcceleration', 'setActivationPolicy']),
    isPackaged: true,
    getVersion: () => '0.0.0-stand-in',
    getPreferredSystemLanguages: () => ['fr-FR', 'en-US'],
    requestSingleInstanceLock: () => system.isFirstInstance,
    whenReady: () => Promise.resolve(void world.log.push(['ready'])),
    quit: () => {
      let isPrevented = false;
      app.emit('before-quit', { preventDefault: () => (isPrevented = true) });
      world.log.push([isPrevented ? 'quit-delayed' : 'quit']);
    },
  });

  const electron = {
    app,
    BrowserWindow: StandInWindow,
    clipboard: recorder(world.log, ['writeText']),
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void (page[name] = api) },
    dialog: {
      showOpenDialog: (_window: unknown, options: unknown) => {
        world.log.push(['showOpenDialog', options]);
        const filePaths = system.chosenFile === null ? [] : [system.chosenFile];
        return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
      },
      showSaveDialog: (_window: unknown, options: unknown) => {
        world.log.push(['showSaveDialog', options]);
        const filePath = system.savedFile ?? '';
        return Promise.resolve({ canceled: filePath === '', filePath });
      },
    },
    ipcMain: { handle: (channel: string, handler: Handler) => void world.handlers.set(channel, handler) },
    ipcRenderer: {
      invoke: (channel: string, ...args: readonly unknown[]) => world.invoke(channel, args),
      on: (channel: string, listener: Handler) => toPage.on(channel, listener),
    },
    Menu: { buildFromTemplate: (template: unknown) => template, ...recorder(world.log, ['setApplicationMenu']) },
    nativeTheme: { shouldUseDarkColors: false },
    Notification: StandInNotification,
    protocol: {
      ...recorder(world.log, ['registerSchemesAsPrivileged']),
      handle: (scheme: string, answer: (request: { url: string; method: string }) => Promise<Response>) =>
        void world.schemes.set(scheme, answer),
    },
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(true),
      getSelectedStorageBackend: () => system.secretBackend,
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(Buffer.from(text).toReversed())),
      decryptStringAsync: (bytes: Buffer) =>
        Promise.resolve({ shouldReEncrypt: false, result: Buffer.from(bytes.toReversed()).toString() }),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: {
      fromPartition: (name: string) => {
        const made = new StandInSession(name, system.proxy);
        world.partitions.set(name, made);
        return made;
      },
      defaultSession: {
        ...Object.fromEntries(
          ['PermissionRequest', 'PermissionCheck', 'DevicePermission', 'DisplayMediaRequest'].map((name) => [
            `set${name}Handler`,
            (handler: Handler) => void world.session.set(name, handler),
          ]),
        ),
        webRequest: {
          onBeforeRequest: (filter: { urls: readonly string[] }, handler: Handler) =>
            void world.blocked.push({ urls: filter.urls, handler }),
        },
        resolveProxy: () => Promise.resolve(system.proxy),
      },
    },
    shell: { openExternal: (address: string) => Promise.resolve(void world.log.push(['openExternal', address])) },
  };
  return { electron, world };
}
