import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configFolder, dataFolder, paths } from './paths.ts';
import { openProfiles, type StoredProfile } from './profiles.ts';
import { defaultSettings, openSettings } from './settings.ts';

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'console-settings-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const aside = (): string[] => readdirSync(data).filter((name) => name.includes('.broken-'));

describe('settings', () => {
  const file = (): string => paths(data).settings;

  it('begin with the defaults, and are kept at every change', async () => {
    const settings = await openSettings(file());
    expect(settings.problem).toBeNull();
    expect(settings.get()).toEqual(defaultSettings);
    expect(await settings.set({ theme: 'dark', language: undefined })).toEqual({
      ok: true,
      value: { ...defaultSettings, theme: 'dark' },
    });
    expect(settings.get().theme).toBe('dark');
    expect((await openSettings(file())).get()).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(data)).toEqual(['settings.json']);
  });

  it('refuse what is none', async () => {
    const settings = await openSettings(file());
    expect(await settings.set({ theme: 'pink' as 'dark' })).toEqual({ ok: false, error: { code: 'bad-request' } });
    expect(settings.get()).toEqual(defaultSettings);
  });

  it.each([
    ['no JSON', '{"theme": "da'],
    ['no object', '["dark"]'],
    ['nothing', ''],
  ])('set a broken file aside and say so: %s', async (_what, content) => {
    writeFileSync(file(), content);
    const settings = await openSettings(file());
    expect(settings.get()).toEqual(defaultSettings);
    expect(settings.problem).toContain('set aside');
    expect(aside().length).toBe(1);
    expect(readFileSync(join(data, aside()[0] ?? ''), 'utf8')).toBe(content);
  });

  it('lose one bad value, not the others', async () => {
    writeFileSync(file(), JSON.stringify({ theme: 'pink', language: 'fr', unknown: 1, packagePrefix: 'lab' }));
    const settings = await openSettings(file());
    expect(settings.get()).toEqual({ ...defaultSettings, language: 'fr', packagePrefix: 'lab' });
    expect(settings.problem).toContain('theme');
  });

  it('of two consoles are merged', async () => {
    const [one, two] = [await openSettings(file()), await openSettings(file())];
    await Promise.all([one.set({ theme: 'dark' }), one.set({ density: 'compact' })]);
    await two.set({ language: 'fr' });
    expect((await openSettings(file())).get()).toEqual({
      ...defaultSettings,
      theme: 'dark',
      density: 'compact',
      language: 'fr',
    });
  });

  it('say that the disk refuses, and stay', async () => {
    const settings = await openSettings(join(data, 'plain', 'settings.json'));
    writeFileSync(join(data, 'plain'), '');
    expect(await settings.set({ theme: 'dark' })).toMatchObject({ ok: false, error: { code: 'disk' } });
    expect(settings.get().theme).toBe('system');
  });
});

describe('profiles', () => {
  const open = () => openProfiles({ file: paths(data).profiles, folderOf: (id) => paths(data).profile(id).folder });
  const profile = (id: string, more: Partial<StoredProfile> = {}): StoredProfile => ({
    id,
    name: 'Work',
    address: 'https://srvwapt.example',
    user: 'admin',
    proxy: '',
    dialect: 'auto',
    clientCertificate: null,
    staleDays: 14,
    trust: { kind: 'ca', name: 'ca.crt', fingerprint: 'ab' },
    isLab: false,
    lastSignIn: null,
    trustedSigners: [],
    signerCertificate: null,
    ...more,
  });

  it('are added, changed, kept and forgotten with all they have', async () => {
    const profiles = await open();
    const id = profiles.newId();
    expect(await profiles.save(profile(id))).toEqual({ ok: true, value: profile(id) });
    await profiles.save(profile('lab', { isLab: true }));
    await profiles.save(profile(id, { name: 'Home' }));
    expect((await open()).list()).toEqual([profile(id, { name: 'Home' }), profile('lab', { isLab: true })]);
    expect(await profiles.writeTrust(id, 'ca.pem', 'PEM')).toEqual({ ok: true, value: null });
    expect(await profiles.readTrust(id, 'ca.pem')).toBe('PEM');
    expect(await profiles.readTrust(id, 'client.pem')).toBeNull();
    const { folder, trust } = paths(data).profile(id);
    expect([statSync(folder).mode & 0o777, statSync(trust('ca.pem')).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(statSync(paths(data).profiles).mode & 0o777).toBe(0o600);
    expect(await profiles.remove(id)).toEqual({ ok: true, value: null });
    expect(profiles.get(id)).toBeNull();
    expect(readdirSync(join(data, 'profiles'))).toEqual([]);
    expect((await open()).list().map((each) => each.id)).toEqual(['lab']);
  });

  it('of two consoles do not lose each other', async () => {
    const [one, two] = [await open(), await open()];
    await one.save(profile('a'));
    await two.save(profile('b'));
    expect(two.list().map((each) => each.id)).toEqual(['a', 'b']);
  });

  it('keep what is sound of a broken file, and the file beside', async () => {
    const content = JSON.stringify({
      profiles: [profile('a'), { id: 'b' }, profile('c', { address: 'http://plain.example' }), 7],
    });
    writeFileSync(paths(data).profiles, content);
    const profiles = await open();
    expect(profiles.list()).toEqual([profile('a')]);
    expect(profiles.problem).toContain('3 of 4 profiles');
    expect(readFileSync(join(data, aside()[0] ?? ''), 'utf8')).toBe(content);
    expect((await open()).problem).toBeNull();
    expect((await open()).list()).toEqual([profile('a')]);
  });

  it('begin anew when nothing of the file is sound', async () => {
    writeFileSync(paths(data).profiles, '<html>');
    const profiles = await open();
    expect([profiles.list(), aside().length]).toEqual([[], 1]);
    expect((await profiles.save(profile('a'))).ok).toBe(true);
  });

  it('have no id that leads out of their folder', async () => {
    const profiles = await open();
    for (const id of ['..', '../other', 'a/b', 'a\\b', '', '.hidden', 'x'.repeat(65)]) {
      expect(await profiles.save(profile(id))).toMatchObject({
        ok: false,
        error: { code: 'bad-request', field: 'id' },
      });
      expect(await profiles.remove(id)).toEqual({ ok: false, error: { code: 'not-found' } });
      expect(await profiles.writeTrust(id, 'ca.pem', 'PEM')).toEqual({ ok: false, error: { code: 'not-found' } });
      expect(await profiles.readTrust(id, 'ca.pem')).toBeNull();
    }
    expect(readdirSync(data)).toEqual([]);
  });
});

describe('folders', () => {
  const home = '/home/ada';
  it.each<[NodeJS.Platform, Record<string, string>, string, string]>([
    ['linux', {}, '/home/ada/.local/share/waptwua-console', '/home/ada/.config/waptwua-console'],
    ['linux', { XDG_DATA_HOME: '/d', XDG_CONFIG_HOME: '/c' }, '/d/waptwua-console', '/c/waptwua-console'],
    [
      'linux',
      { XDG_DATA_HOME: 'relative', XDG_CONFIG_HOME: '' },
      '/home/ada/.local/share/waptwua-console',
      '/home/ada/.config/waptwua-console',
    ],
    [
      'darwin',
      {},
      '/home/ada/Library/Application Support/waptwua-console',
      '/home/ada/Library/Application Support/waptwua-console',
    ],
    ['win32', { LOCALAPPDATA: 'C:\\L', APPDATA: 'C:\\R' }, 'C:\\L\\waptwua-console', 'C:\\R\\waptwua-console'],
    ['win32', {}, '\\home\\ada\\AppData\\Local\\waptwua-console', '\\home\\ada\\AppData\\Roaming\\waptwua-console'],
  ])('follow the platform: %s %j', (platform, env, dataPath, configPath) => {
    expect(dataFolder({ platform, env, home })).toBe(dataPath);
    expect(configFolder({ platform, env, home })).toBe(configPath);
  });

  it('are what the person says', () => {
    expect(dataFolder({ override: '/srv/console', platform: 'linux', env: { XDG_DATA_HOME: '/d' }, home })).toBe(
      '/srv/console',
    );
    expect(paths('/srv/console')).toMatchObject({
      settings: '/srv/console/settings.json',
      profiles: '/srv/console/profiles.json',
      logs: '/srv/console/logs',
    });
    expect(paths('/srv/console').profile('lab').store).toBe('/srv/console/profiles/lab/store.db');
  });
});
