import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../contract/bridge.ts';
import type { Answer, Request } from '../../contract/calls.ts';
import { type CallName, CHANNELS } from '../../contract/names.ts';
import { readCertificates } from '../../wapt/index.ts';
import { type System, standIn } from './electron.ts';

const PRELOAD = new URL('../../preload/desktop.ts', import.meta.url).href;
const VECTORS = join(import.meta.dirname, '../../wapt/vectors');

let folder: string;
let bundle: string;
let argv: readonly string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-'));
  bundle = join(folder, 'renderer');
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'index.html'), '<head></head><p nonce="__CSP_NONCE__">');
  writeFileSync(join(bundle, 'app.js'), 'app');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  argv = process.argv;
  process.argv = ['console', '--data', join(folder, 'data'), '--no-sandbox'];
  vi.resetModules();
});

afterEach(() => {
  process.argv = [...argv];
  vi.doUnmock('electron');
  vi.doUnmock('../../main/platform/places.ts');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the real entry on the stand-in and waits until it shows its window, or gives up. */
const start = async (over: Partial<System> = {}) => {
  const { electron, world } = standIn({
    loadPreload: (path) => {
      expect(path).toBe('/app/out/preload/desktop.cjs');
      return import(/* @vite-ignore */ PRELOAD);
    },
    isFirstInstance: true,
    secretBackend: 'gnome_libsecret',
    chosenFile: null,
    proxy: 'DIRECT',
    ...over,
  });
  vi.doMock('electron', () => electron);
  vi.doMock('../../main/platform/places.ts', () => ({
    placesFrom: () => ({ renderer: bundle, bridge: '', preload: '/app/out/preload/desktop.cjs', root: '/app' }),
  }));
  await import('../../main/desktop.ts');
  await vi.waitFor(
    () => expect(world.log.map(([name]) => name)).toContain(over.isFirstInstance === false ? 'quit' : 'show'),
    {
      timeout: 30_000,
      interval: 5,
    },
  );
  const bridge = world.page['waptwua'] as Bridge;
  const quit = async (): Promise<void> => {
    electron.app.quit();
    await vi.waitFor(() => expect(world.log.at(-1)).toEqual(['quit']), { timeout: 30_000, interval: 5 });
  };
  return { electron, world, bridge, quit, window: world.windows[0] };
};

const valueOf = <T>(
  answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
};

const event = () => {
  const seen = { isPrevented: false };
  return { seen, preventDefault: () => void (seen.isPrevented = true) };
};

describe('the desktop entry, before there is a window', () => {
  it('turns the sandbox on and registers its scheme before Electron is ready', async () => {
    const { world, quit } = await start();
    const names = world.log.map(([name]) => name);
    const before = names.slice(0, names.indexOf('ready'));
    expect(before).toEqual(['enableSandbox', 'registerSchemesAsPrivileged', 'setPath']);
    const [, schemes] = world.log.find(([name]) => name === 'registerSchemesAsPrivileged') ?? [];
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    await quit();
  });

  it('leaves the field to a console that already runs on the folder', async () => {
    const { world } = await start({ isFirstInstance: false });
    expect(world.windows).toEqual([]);
    expect(world.handlers.size).toBe(0);
  });
});

describe('the window', () => {
  it('is isolated, in a sandbox, without Node', async () => {
    const { window, quit } = await start();
    expect(window?.options.webPreferences).toEqual({
      preload: '/app/out/preload/desktop.cjs',
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
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
      devTools: false,
    });
    await quit();
  });

  it('gets one frozen object of two functions', async () => {
    const { world, bridge, quit } = await start();
    expect(Object.keys(world.page)).toEqual(['waptwua']);
    expect(Object.entries(bridge).map(([name, part]) => [name, typeof part])).toEqual([
      ['call', 'function'],
      ['on', 'function'],
    ]);
    expect(Object.isFrozen(bridge)).toBe(true);
    await quit();
  });

  it('cannot leave its page', async () => {
    const { window, quit } = await start();
    for (const [name, facts] of [
      ['will-navigate', { url: 'https://evil.example/' }],
      ['will-redirect', { url: 'https://evil.example/' }],
      ['will-frame-navigate', { url: 'https://evil.example/', isMainFrame: false }],
      ['will-attach-webview', {}],
    ] as const) {
      const { seen, preventDefault } = event();
      window?.webContents.emit(name, { ...facts, preventDefault });
      expect([name, seen.isPrevented]).toEqual([name, true]);
    }
    expect(window?.webContents.openHandler?.({ url: 'https://support.microsoft.com/' })).toEqual({ action: 'deny' });
    await quit();
  });

  it('has no permission and no network', async () => {
    const { world, quit } = await start();
    const granted: unknown[] = [];
    world.session.get('PermissionRequest')?.({}, 'clipboard-read', (answer: unknown) => granted.push(answer));
    granted.push(world.session.get('PermissionCheck')?.({}, 'notifications'));
    granted.push(world.session.get('DevicePermission')?.({}));
    expect(granted).toEqual([false, false, false]);
    expect(world.session.has('DisplayMediaRequest')).toBe(true);
    const [rule] = world.blocked;
    expect(rule?.urls).toEqual(
      expect.arrayContaining(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*']),
    );
    const answers: unknown[] = [];
    rule?.handler({ url: 'https://evil.example/' }, (answer: unknown) => answers.push(answer));
    expect(answers).toEqual([{ cancel: true }]);
    await quit();
  });

  it('comes back where it was, and once when its process dies', async () => {
    const first = await start();
    first.window?.emit('close');
    const file = join(folder, 'data', 'window.json');
    await vi.waitFor(() => expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ x: 10, width: 1000 }), {
      timeout: 30_000,
    });
    await first.quit();
    vi.resetModules();
    const second = await start();
    expect(second.window?.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
    const before = second.world.document;
    second.window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await vi.waitFor(() => expect(second.world.document).not.toBe(before), { timeout: 30_000 });
    const after = second.world.document;
    second.window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await new Promise((done) => setTimeout(done, 20));
    expect(second.world.document).toBe(after);
    await second.quit();
  });
});

describe('its scheme', () => {
  it('serves the page with a policy that allows no connection, another nonce at each load', async () => {
    const { world, quit } = await start();
    const policy = world.document?.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']+'; img-src 'self' data:; font-src 'self'; connect-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'$/,
    );
    const html = (await world.document?.text()) ?? '';
    const nonce = /nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(html).toBe(`<head></head><p nonce="${nonce}">`);
    const again = await world.schemes.get('app')?.({ url: 'app://console/index.html', method: 'GET' });
    expect(await again?.text()).not.toContain(nonce);
    await quit();
  });

  it.each([
    ['app://console/app.js', 'GET', 200],
    ['app://console/../secret.js', 'GET', 404],
    ['app://console/..%2fsecret.js', 'GET', 404],
    ['app://console/%2e%2e/secret.js', 'GET', 404],
    ['app://console//secret.js', 'GET', 404],
    ['app://console/C:/secret.js', 'GET', 404],
    ['app://other/app.js', 'GET', 404],
    ['app://evilone/app.js', 'GET', 404],
    ['app://console.evil/app.js', 'GET', 404],
    ['app://console/app.js', 'POST', 404],
    ['app://console/', 'POST', 404],
  ])('answers %s by %s with %i', async (url, method, status) => {
    const { world, quit } = await start();
    expect((await world.schemes.get('app')?.({ url, method }))?.status).toBe(status);
    await quit();
  });
});

describe('its channel', () => {
  it('is the only one, and another that is asked throws', async () => {
    const { world, electron, quit } = await start();
    expect([...world.handlers.keys()]).toEqual([CHANNELS.call]);
    await expect(electron.ipcRenderer.invoke('other:channel')).rejects.toThrow('No handler registered');
    await quit();
  });

  it('answers the page through the preload', async () => {
    const { bridge, quit } = await start();
    expect(await bridge.call('app.info', {})).toEqual({
      ok: true,
      value: {
        version: '0.0.0-stand-in',
        entry: 'desktop',
        languages: ['fr-FR', 'en-US'],
        canKeepSecrets: true,
        canBrowseFiles: true,
      },
    });
    const wrong = bridge.call as unknown as (name: string, request: unknown) => Promise<unknown>;
    expect(await wrong('fs.readFile', { path: '/etc/passwd' })).toEqual({
      ok: false,
      error: { code: 'bad-request', field: 'name' },
    });
    expect(await wrong('files.list', { kind: 'key', path: '/etc' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    await quit();
  });

  it.each([
    [
      'a frame inside the page',
      { senderFrame: { url: 'app://console/index.html', origin: 'app://console', parent: {} } },
    ],
    ['a foreign page', { senderFrame: { url: 'https://evil.example/', origin: 'https://evil.example', parent: null } }],
    ['about:blank', { senderFrame: { url: 'about:blank', origin: 'null', parent: null } }],
    ['a frame that is gone', { senderFrame: null }],
    ['another window', { sender: { id: 99, isDestroyed: () => false } }],
    ['contents that are gone', { sender: { id: 1, isDestroyed: () => true } }],
  ])('does not answer %s', async (_who, over) => {
    const { world, quit } = await start();
    const answer = await world.invoke(CHANNELS.call, ['app.info', {}], over);
    expect(answer).toEqual({ ok: false, error: { code: 'foreign-sender' } });
    await quit();
  });

  it('answers a call that cannot reach main', async () => {
    const { world, bridge, quit } = await start();
    world.handlers.clear();
    expect(await bridge.call('app.info', {})).toEqual({ ok: false, error: { code: 'internal' } });
    await quit();
  });

  it('passes events on until one stops listening', async () => {
    const { bridge, quit } = await start();
    const heard: unknown[] = [];
    const end = bridge.on('settings.changed', (payload) => heard.push(payload));
    await bridge.call('settings.set', { theme: 'dark' });
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 30_000 });
    end();
    await bridge.call('settings.set', { theme: 'light' });
    expect(heard).toHaveLength(1);
    await quit();
  });
});

describe('the system behind it', () => {
  it('opens pages of the list and copies text, by main', async () => {
    const { bridge, world, quit } = await start();
    expect(await bridge.call('app.open', { page: 'kb', kb: 'KB5043064' })).toMatchObject({ value: { opened: true } });
    expect(await bridge.call('app.copy', { text: 'KB5043064' })).toMatchObject({ ok: true });
    expect(world.log).toContainEqual(['openExternal', 'https://support.microsoft.com/help/5043064']);
    expect(world.log).toContainEqual(['writeText', 'KB5043064']);
    await quit();
  });

  it('tells what ended, and brings the window in front when one clicks on it', async () => {
    const { bridge, world, quit } = await start();
    const heard: unknown[] = [];
    bridge.on('app.notified', (payload) => heard.push(payload));
    const note = { id: 'n1', title: 'Lab', text: 'Scan: 3 of 3 hosts' };
    expect(await bridge.call('app.notify', note)).toEqual({ ok: true, value: true });
    expect(world.log).toContainEqual(['notify', { title: 'Lab', body: 'Scan: 3 of 3 hosts', silent: true }]);
    world.notifications[0]?.emit('click');
    await vi.waitFor(() => expect(heard).toEqual([{ id: 'n1' }]), { timeout: 30_000 });
    expect(world.log.at(-1)).toEqual(['focus']);
    expect(await bridge.call('app.notify', { ...note, text: 'x'.repeat(301) })).toMatchObject({
      error: { code: 'bad-request', field: 'text' },
    });
    await quit();
  });

  it('says so where the system tells nothing', async () => {
    const { bridge, quit } = await start({ canNotify: false });
    expect(await bridge.call('app.notify', { id: 'n', title: 'T', text: '' })).toEqual({ ok: true, value: false });
    await quit();
  });

  it('lets the person choose a file in a dialog of main, and gives the page no path', async () => {
    const chosenFile = join(VECTORS, 'cert.crt');
    const { bridge, world, quit } = await start({ chosenFile });
    const file = await bridge.call('files.browse', { kind: 'ca' });
    const [certificate] = readCertificates(readFileSync(chosenFile, 'latin1'));
    expect(file).toMatchObject({
      ok: true,
      value: { name: 'cert.crt', certificate: { fingerprint: certificate?.sha256 } },
    });
    expect(JSON.stringify(file)).not.toContain(VECTORS);
    expect(world.log.map(([name]) => name)).toContain('showOpenDialog');
    await quit();
  });

  it.each([
    ['basic_text', false],
    ['gnome_libsecret', true],
  ])('offers to keep secrets with %s: %s', async (secretBackend, offered) => {
    const { bridge, quit } = await start({ secretBackend });
    expect(await bridge.call('app.info', {})).toMatchObject({ value: { canKeepSecrets: offered } });
    await quit();
  });
});

describe('a list that is exported', () => {
  const begin = (format: 'csv' | 'pdf'): Request<'exports.begin'> => ({
    format,
    title: 'Hosts',
    language: 'en',
    locale: 'en-GB',
    columns: [{ header: 'Name', kind: 'text' }],
    filter: [],
    isSelection: false,
    rows: 1,
    total: 1,
  });
  const opened = async (savedFile: string | null) => {
    const { bridge, ...rest } = await start({ savedFile });
    const [desk] = valueOf(await bridge.call('desks.list', {}));
    const ask = <N extends CallName>(name: N, request: Request<N>): Promise<Answer<N>> =>
      bridge.call(name, request, desk);
    const profile = valueOf(
      await ask('profiles.save', { id: null, name: 'n', address: 'https://srv.example', user: 'admin' }),
    );
    valueOf(await ask('session.openOffline', { profileId: profile.id }));
    return { ask, ...rest };
  };

  it('goes where the person says in a dialog of main, for nobody but its owner, and the page hears no path', async () => {
    const savedFile = join(folder, 'chosen.csv');
    const { ask, world, quit } = await opened(savedFile);
    const exportId = valueOf(await ask('exports.begin', begin('csv')))?.exportId ?? '';
    valueOf(await ask('exports.rows', { exportId, at: 0, rows: [['<b>pc-1</b>']] }));
    const outcome = await ask('exports.finish', { exportId });
    expect(outcome).toMatchObject({ ok: true, value: { kind: 'saved', rows: 1 } });
    expect(JSON.stringify(outcome)).not.toContain(folder);
    expect(readFileSync(savedFile, 'utf8')).toContain('<b>pc-1</b>');
    expect(statSync(savedFile).mode & 0o777).toBe(0o600);
    expect(world.log.find(([name]) => name === 'showSaveDialog')?.[1]).toMatchObject({
      defaultPath: expect.stringMatching(/^hosts-[\d-]+\.csv$/),
    });
    await quit();
  });

  it('is not written when the person closes the dialog', async () => {
    const { ask, quit } = await opened(null);
    expect(await ask('exports.begin', begin('csv'))).toEqual({ ok: true, value: null });
    await quit();
  });

  it('is printed in a window without script, preload, permission and network, which goes away', async () => {
    const savedFile = join(folder, 'chosen.pdf');
    const { ask, world, quit } = await opened(savedFile);
    const exportId = valueOf(await ask('exports.begin', begin('pdf')))?.exportId ?? '';
    valueOf(await ask('exports.rows', { exportId, at: 0, rows: [['<b>pc-1</b>']] }));
    expect(await ask('exports.finish', { exportId })).toMatchObject({ ok: true, value: { kind: 'saved' } });
    const printed = readFileSync(savedFile, 'utf8');
    expect(printed).toMatch(/^%PDF stand-in of <!doctype html>/);
    expect(printed).toContain('&lt;b&gt;pc-1&lt;/b&gt;');
    const preferences = world.windows[1]?.options.webPreferences ?? {};
    expect(preferences).toMatchObject({
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(preferences).not.toHaveProperty('preload');
    expect(world.windows[1]?.options['show']).toBe(false);
    const [own] = [...world.partitions.values()];
    expect(own?.name).not.toMatch(/^persist:/);
    expect([...(own?.denials.keys() ?? [])]).toEqual([
      'PermissionRequest',
      'PermissionCheck',
      'DevicePermission',
      'DisplayMediaRequest',
    ]);
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'report://console/other',
      'app://console/index.html',
    ])
      expect([url, own?.isBlocked(url)]).toEqual([url, true]);
    expect(own?.schemes.size).toBe(0);
    expect(world.log.map(([name]) => name)).toContain('destroy');
    await quit();
  });
});
