import { describe, expect, it } from 'vitest';
import { day, isoSeconds } from '../clock.ts';
import { type CatalogueUpdate, catalogueFile, makeCatalogue } from '../origin/catalogue.ts';
import type { LocalStatus } from '../server/records.ts';
import { evaluate, type FilesOnServer } from './evaluate.ts';
import { historyEntry } from './first-state.ts';
import { type AgentOptions, type HostProfile, hostProfiles } from './profile.ts';
import { mergeRules, type RuleLists } from './rules.ts';
import type { LocalUpdate } from './state.ts';

const now = Date.UTC(2026, 10, 21, 12);
const base = hostProfiles(1, 30).find((host) => host.family === 'windows-11-24h2' && host.behaviour === 'ordinary');
if (base === undefined) throw new Error('no such host');

const update = (name: string, change: Partial<CatalogueUpdate> = {}): CatalogueUpdate => ({
  id: `${name}_200`,
  guid: name,
  title: { en: `Update ${name}`, fr: `Mise à jour ${name}` },
  type: 'Software',
  kbs: ['5000001'],
  severity: 'Critical',
  published: now - 30 * day,
  product: 'Windows 11',
  classification: 'Security Updates',
  files: [catalogueFile(`http://download.windowsupdate.com/c/${name}.cab`, 10_000_000, null)],
  minSize: 1,
  maxSize: 1,
  supersedes: [],
  bulletins: [],
  families: ['windows-11-24h2'],
  trait: null,
  chain: name,
  ...change,
});

const plain: AgentOptions = {
  ...base.options,
  default_allow: false,
  allow_direct_download: false,
  install_delay: null,
  allowed_severities: [],
};
type Setting = {
  readonly updates?: readonly CatalogueUpdate[];
  readonly local?: Readonly<Record<string, Partial<LocalUpdate>>>;
  readonly rules?: readonly RuleLists[];
  readonly options?: Partial<AgentOptions>;
  readonly onServer?: FilesOnServer;
  readonly index?: number;
  readonly profile?: Partial<HostProfile>;
};
const rows = (setting: Setting): Readonly<Record<string, LocalStatus>> => {
  const profile: HostProfile = { ...base, ...setting.profile, options: { ...plain, ...setting.options } };
  const local = Object.fromEntries(
    Object.entries(setting.local ?? {}).map(([id, one]) => [
      id,
      { installed: false, installDate: null, downloaded: false, history: [], ...one },
    ]),
  );
  const catalogue = makeCatalogue(setting.updates ?? [update('a')]);
  const rules = mergeRules(setting.rules ?? [{ allowed_severities: ['Critical'] }], profile.options);
  const result = evaluate(
    catalogue,
    profile,
    { updates: local },
    setting.index ?? now,
    rules,
    setting.onServer ?? (() => true),
    now,
  );
  return Object.fromEntries(result.statuses.map((row) => [row.update_id, row]));
};

describe('what a host reports of an update (protocol 9.1, 9.4)', () => {
  it.each<[string, Setting, Partial<LocalStatus>]>([
    ['allowed and on the server', {}, { status: 'PENDING', allowed: true, hidden: false, present: true }],
    [
      'allowed and absent from the server',
      { onServer: () => false },
      { status: 'MISSING', allowed: true, hidden: false },
    ],
    [
      'absent, but already on the host',
      { onServer: () => false, local: { a_200: { downloaded: true } } },
      { status: 'PENDING', downloaded: true },
    ],
    [
      'absent, but the host may ask Microsoft',
      { onServer: () => false, options: { allow_direct_download: true } },
      { status: 'PENDING' },
    ],
    ['not allowed', { rules: [] }, { status: 'DISCARDED', allowed: false, hidden: true, delayed: false }],
    ['allowed by default', { rules: [], options: { default_allow: true } }, { status: 'PENDING' }],
    [
      'allowed, too young',
      { options: { install_delay: '31d' } },
      { status: 'DISCARDED', allowed: true, hidden: true, delayed: true },
    ],
    ['allowed, old enough', { options: { install_delay: '30d' } }, { status: 'PENDING', delayed: false }],
    [
      'installed',
      { rules: [], local: { a_200: { installed: true, installDate: isoSeconds(now) } } },
      { status: 'OK', installed: true, hidden: false },
    ],
    [
      'failed the last time',
      { local: { a_200: { downloaded: true, history: [historyEntry(update('a'), base, now, '0x80070070')] } } },
      { status: 'ERROR', allowed: true },
    ],
  ])('%s', (_name, setting, expected) => {
    expect(rows(setting)['a_200']).toMatchObject(expected);
  });

  it('offers the newest of a chain, and calls the older ones superseded', () => {
    const chain = [update('old', { chain: 'c', published: now - 60 * day }), update('new', { chain: 'c' })];
    expect(rows({ updates: chain, local: { old_200: {} } })).toMatchObject({
      old_200: { status: 'SUPERSEDED', present: false },
      new_200: { status: 'PENDING' },
    });
    expect(rows({ updates: chain })['old_200']).toBeUndefined();
    const done = rows({ updates: chain, local: { old_200: {}, new_200: { installed: true } } });
    expect(done).toMatchObject({ old_200: { status: 'SUPERSEDED' }, new_200: { status: 'OK' } });
  });

  it('does not see what is newer than its index, or made for other Windows', () => {
    expect(rows({ index: now - 31 * day })).toEqual({});
    expect(rows({ updates: [update('a', { families: ['server-2019'] })] })).toEqual({});
    expect(rows({ updates: [update('a', { trait: 'exchange-2016' })] })).toEqual({});
  });

  it('compares classifications in its own language', () => {
    const rules = [{ allowed_classifications: ['Security Updates'] }];
    expect(rows({ rules, profile: { language: 'en' } })['a_200']?.status).toBe('PENDING');
    expect(rows({ rules, profile: { language: 'fr' } })['a_200']?.status).toBe('DISCARDED');
  });
});
