import { describe, expect, it } from 'vitest';
import { isAllowedExternal, pageAddress } from './external-links.ts';
import { guardNavigation, isConsolePage, isTrustedSender, type SenderFacts } from './navigation.ts';
import { denyPermissions, type GuardedSession } from './permissions.ts';

describe('addresses that the system may open', () => {
  it.each([
    ['https://support.microsoft.com/help/5043064', true],
    ['https://www.catalog.update.microsoft.com/Search.aspx?q=KB5043064', true],
    ['https://msrc.microsoft.com/update-guide/vulnerability/CVE-2024-1', true],
    ['https://learn.microsoft.com/search/?terms=0x80240022', true],
    ['http://support.microsoft.com/help/5043064', false],
    ['https://support.microsoft.com.evil.example/', false],
    ['https://evil.example/support.microsoft.com', false],
    ['https://support.microsoft.com@evil.example/', false],
    ['https://user:pass@support.microsoft.com/', false],
    ['https://user@support.microsoft.com/', false],
    ['https://support.microsoft.com:8443/', false],
    ['https://microsoft.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['ms-msdt:/id PCWDiagnostic', false],
    ['search-ms:query=x', false],
    ['smb://support.microsoft.com/share', false],
    ['//support.microsoft.com/', false],
    ['', false],
  ])('%s: %s', (address, allowed) => expect(isAllowedExternal(address)).toBe(allowed));

  it.each([
    [{ page: 'kb', kb: 'KB5043064' } as const, 'https://support.microsoft.com/help/5043064'],
    [{ page: 'kb', kb: '5043064' } as const, 'https://support.microsoft.com/help/5043064'],
    [
      { page: 'catalog', query: '@evil.example/?a#b&c' } as const,
      'https://www.catalog.update.microsoft.com/Search.aspx?q=%40evil.example%2F%3Fa%23b%26c',
    ],
    [{ page: 'failure-code', code: '0x80240022' } as const, 'https://learn.microsoft.com/search/?terms=0x80240022'],
    [
      { page: 'cve', cve: 'cve-2024-43491' } as const,
      'https://msrc.microsoft.com/update-guide/vulnerability/CVE-2024-43491',
    ],
  ])('are made by main: %j', (request, address) => {
    expect(pageAddress(request)).toBe(address);
    expect(isAllowedExternal(address)).toBe(true);
  });
});

describe('pages that a window may show', () => {
  it.each([
    ['app://console/index.html', true],
    ['app://console/index.html#/updates', true],
    ['app://console/', false],
    ['app://console/assets/index.js', false],
    ['app://console/index.html?x=1', false],
    ['app://console/index.html/../evil.html', false],
    ['app://console.evil/index.html', false],
    ['app://other/index.html', false],
    ['http://console/index.html', false],
    ['https://evil.example/', false],
    ['file:///etc/passwd', false],
    ['about:blank', false],
    ['data:text/html,x', false],
    ['javascript:alert(1)', false],
    ['blob:app://console/1', false],
    ['', false],
  ])('%s: %s', (address, allowed) => expect(isConsolePage(address)).toBe(allowed));

  const guarded = () => {
    const listeners = new Map<string, (event: unknown) => void>();
    let opens: { readonly action: string } | null = null;
    guardNavigation({
      on: (name, listener) => listeners.set(name, listener as (event: unknown) => void),
      setWindowOpenHandler: (handler) => {
        opens = handler({ url: 'https://support.microsoft.com/' });
      },
    });
    const isPrevented = (name: string, facts: object): boolean => {
      let prevented = false;
      listeners.get(name)?.({ ...facts, preventDefault: () => (prevented = true) });
      return prevented;
    };
    return { isPrevented, opened: () => opens };
  };

  it.each([
    ['will-navigate', { url: 'https://evil.example/' }, true],
    ['will-navigate', { url: 'https://support.microsoft.com/' }, true],
    ['will-navigate', { url: 'app://console/index.html' }, false],
    ['will-redirect', { url: 'app://console/index.html' }, true],
    ['will-frame-navigate', { url: 'app://console/index.html', isMainFrame: false }, true],
    ['will-frame-navigate', { url: 'https://evil.example/', isMainFrame: true }, true],
    ['will-frame-navigate', { url: 'app://console/index.html', isMainFrame: true }, false],
    ['will-attach-webview', {}, true],
  ])('%s %j is prevented: %s', (name, facts, prevented) => {
    expect(guarded().isPrevented(name, facts)).toBe(prevented);
  });

  it('never opens a window', () => expect(guarded().opened()).toEqual({ action: 'deny' }));
});

describe('who may send on the channel', () => {
  const good: SenderFacts = {
    contentsId: 1,
    isMainFrame: true,
    origin: 'app://console',
    address: 'app://console/index.html#/hosts',
  };
  it.each<[string, Partial<SenderFacts>, boolean]>([
    ['our page', {}, true],
    ['a frame inside it', { isMainFrame: false }, false],
    ['another window', { contentsId: 2 }, false],
    ['contents that are gone', { contentsId: null }, false],
    ['a foreign origin', { origin: 'https://evil.example' }, false],
    ['an opaque origin', { origin: 'null' }, false],
    ['no origin', { origin: null }, false],
    ['another host of the scheme', { origin: 'app://other', address: 'app://other/index.html' }, false],
    ['another page of the scheme', { address: 'app://console/other.html' }, false],
    ['about:blank', { origin: 'null', address: 'about:blank' }, false],
    ['no address', { address: null }, false],
  ])('%s: %j → %s', (_who, over, trusted) => {
    expect(isTrustedSender({ ...good, ...over }, new Set([1]))).toBe(trusted);
  });
});

describe('permissions', () => {
  const handlers: Partial<Record<keyof GuardedSession, (...args: never[]) => unknown>> = {};
  const take = (name: keyof GuardedSession) => (handler: (...args: never[]) => unknown) => {
    handlers[name] = handler;
  };
  denyPermissions({
    setPermissionRequestHandler: take('setPermissionRequestHandler'),
    setPermissionCheckHandler: take('setPermissionCheckHandler'),
    setDevicePermissionHandler: take('setDevicePermissionHandler'),
    setDisplayMediaRequestHandler: take('setDisplayMediaRequestHandler'),
  });

  it.each([
    'clipboard-read',
    'clipboard-sanitized-write',
    'display-capture',
    'fullscreen',
    'geolocation',
    'hid',
    'idle-detection',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
    'keyboardLock',
    'serial',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'window-management',
    'fileSystem',
    'usb',
    'a-permission-of-tomorrow',
  ])('%s is neither granted nor held', (permission) => {
    const answers: unknown[] = [];
    const request = handlers.setPermissionRequestHandler as unknown as (...args: unknown[]) => void;
    request({}, permission, (granted: boolean) => answers.push(granted));
    const check = handlers.setPermissionCheckHandler as unknown as (...args: unknown[]) => unknown;
    answers.push(check({}, permission));
    expect(answers).toEqual([false, false]);
  });

  it('gives no device and no screen', () => {
    const device = handlers.setDevicePermissionHandler as unknown as (details: unknown) => unknown;
    expect(device({ deviceType: 'usb' })).toBe(false);
    const streams: unknown[] = [];
    const screen = handlers.setDisplayMediaRequestHandler as unknown as (...args: unknown[]) => void;
    screen({}, (given: unknown) => streams.push(given));
    expect(streams).toEqual([{}]);
  });
});
