import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostList } from '../../contract/schemas/hosts.ts';
import type { UpdateList } from '../../contract/schemas/updates.ts';
import type { Host } from '../../domain/host.ts';
import { host, NOW, openHere, parsed, row, temporaryFolder, update, value } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let here: ReturnType<typeof openHere>;

beforeEach(() => {
  own = temporaryFolder();
  here = openHere(own.folder);
});
afterEach(() => {
  here.close();
  own.remove();
});

const limit = { staleDays: 14, now: NOW };
const list = (): HostList => parsed<HostList>(here.store.hostsList(limit));
const apply = (hosts: readonly Host[], isComplete = true) => value(here.store.applyHosts({ hosts, isComplete }));
const toRead = (full = false): readonly string[] => value(here.store.hostsToRead({ full })).map((each) => each.uuid);
const read = (uuid: string, readAt: string): void => {
  const mark = value(here.store.hostsToRead({ full: true })).find((each) => each.uuid === uuid)?.mark ?? null;
  value(here.store.applyHostRows({ uuid, mark, updates: [update(1)], rows: [row(uuid, 1)], readAt }));
};

describe('the host list', () => {
  it('shows what the host says, with its counts and rule packages', () => {
    apply([
      host('a', {
        wuaStatus: {
          status: 'PENDING_UPDATES',
          waptwua_enabled: 'True',
          rebootrequired: true,
          wsusscn2cab_date: '2026-11-10',
        },
      }),
      host('b'),
    ]);
    read('a', '2026-11-21T10:00:00Z');
    value(
      here.store.applyHostPackages({
        uuids: null,
        packages: [
          { uuid: 'a', package: 'lab-rules', version: '1', section: 'wsus', installStatus: 'OK', installDate: null },
          {
            uuid: 'a',
            package: 'lab-coming',
            version: '1',
            section: 'wsus',
            installStatus: 'NEED-INSTALL',
            installDate: null,
          },
          { uuid: 'a', package: 'firefox', version: '1', section: 'base', installStatus: 'OK', installDate: null },
        ],
      }),
    );
    const [a, b] = list().rows;
    expect(a).toMatchObject({
      fqdn: 'a.example',
      wuaStatus: 'PENDING_UPDATES',
      wuaEnabled: true,
      rebootRequired: true,
      indexDate: '2026-11-10',
      lastScan: null,
      isStale: true,
      rulePackages: ['lab-rules'],
      updates: { reported: 1, missing: 1 },
    });
    expect(b).toMatchObject({ isStale: false, rebootRequired: null, rulePackages: [], updates: { reported: 0 } });
    const detail = value(here.store.hostDetail({ uuid: 'a', ...limit }));
    expect(detail.host).toEqual(a);
    expect(detail.packages.map((each) => each.package)).toEqual(['firefox', 'lab-coming', 'lab-rules']);
    expect(detail.wuaStatus).toMatchObject({ rebootrequired: true });
    expect(detail.lastSynced).toBe('2026-11-21T10:00:00Z');
  });

  it('gives hosts back as the server described them, also without a name', () => {
    const nameless = host('n', { fqdn: null, name: null, wuaStatus: null, serviceStatus: null, platform: null });
    const whole = host('w', { statusHashes: { waptwua_status: 'aa' }, maturities: ['PROD'], trustedSigners: ['ff'] });
    apply([nameless, whole]);
    expect(value(here.store.hostsByUuid(['w', 'x', 'n']))).toEqual([whole, nameless]);
    expect(list().rows[0]?.fqdn).toBe('n');
  });

  it('removes those that a complete list does not name, with their rows', () => {
    apply([host('a'), host('b')]);
    read('a', '1');
    read('b', '1');
    expect(apply([host('b')], false)).toEqual({ changed: 0, removed: 0 });
    expect(apply([host('b', { description: 'new' })])).toEqual({ changed: 1, removed: 1 });
    expect(list().rows.map((each) => each.uuid)).toEqual(['b']);
    expect(parsed<UpdateList>(here.store.updatesList(limit)).rows[0]?.hosts.reported).toBe(1);
    expect(here.store.hostDetail({ uuid: 'a', ...limit })).toEqual({ ok: false, error: { code: 'not-found' } });
  });

  it('says which Windows versions nobody scanned in time, and who could', () => {
    const scanned = (date: string | null) => ({ wuaStatus: date === null ? null : { last_scan_date: date } });
    apply([
      host('fresh', { osVersion: '10.0.22631', ...scanned('2026-11-20T11:00:00.851000') }),
      host('stale', { osVersion: '10.0.22631', ...scanned('2026-01-01T00:00:00') }),
      host('off', { osVersion: '10.0.19045', reachable: 'DISCONNECTED', ...scanned(null), lastSeenOn: '2026-11-21' }),
      host('on', { osVersion: '10.0.19045', ...scanned('not a date'), lastSeenOn: '2026-11-19' }),
      host('alone', { osName: 'Windows Server 2022', osVersion: '10.0.20348', reachable: null, ...scanned(null) }),
      host('linux', { platform: 'Linux', osName: 'Debian', osVersion: '13', wuaStatus: null }),
    ]);
    const { unscanned, hostCount, neverScanned } = parsed<UpdateList>(here.store.updatesList(limit));
    expect(unscanned).toEqual([
      { osName: 'Windows 11 Pro 10.0.19045', hosts: 2, candidate: 'on' },
      { osName: 'Windows Server 2022 10.0.20348', hosts: 1, candidate: null },
    ]);
    expect({ hostCount, neverScanned }).toEqual({ hostCount: 6, neverScanned: 2 });
  });
});

describe('hosts to read', () => {
  it('are those never read, then those whose mark moved, longest unread first; Windows only', () => {
    apply([host('a'), host('b'), host('c'), host('lin', { platform: 'Linux' }), host('old', { platform: null })]);
    expect(toRead()).toEqual(['a', 'b', 'c', 'old']);
    read('b', '2026-11-21T10:00:00Z');
    read('a', '2026-11-21T11:00:00Z');
    read('old', '2026-11-21T12:00:00Z');
    expect(toRead()).toEqual(['c']);
    const later = { updatedOn: '2026-11-21T12:00:00' };
    apply([host('a', later), host('b', later), host('c'), host('lin'), host('old', { platform: null })]);
    expect(toRead()).toEqual(['c', 'lin', 'b', 'a']);
    expect(toRead(true)).toEqual(['c', 'lin', 'b', 'a', 'old']);
  });

  it.each<[string, Partial<Host>]>([
    ['a later scan', { wuaStatus: { status: 'PENDING_UPDATES', last_scan_date: '2026-11-21T11:00:00' } }],
    ['a later change', { updatedOn: '2026-11-21T00:00:00' }],
    ['another hash', { statusHashes: { waptwua_updates_localstatus: 'bb', waptwua_status: 'cc' } }],
  ])('come back after %s', (_what, change) => {
    const known = host('a', { statusHashes: { waptwua_status: 'cc', waptwua_updates_localstatus: 'aa' } });
    apply([known]);
    read('a', '1');
    apply([
      {
        ...known,
        statusHashes: { waptwua_updates_localstatus: 'aa', waptwua_status: 'cc' },
        lastSeenOn: '2026-11-21',
        reachable: 'DISCONNECTED',
      },
    ]);
    expect(toRead()).toEqual([]);
    apply([{ ...known, ...change }]);
    expect(toRead()).toEqual(['a']);
  });

  it('are read again when older rows arrive last', () => {
    apply([host('a')]);
    const [before] = value(here.store.hostsToRead({ full: false }));
    apply([host('a', { updatedOn: '2026-11-21T00:00:00' })]);
    read('a', '2');
    expect(toRead()).toEqual([]);
    value(here.store.applyHostRows({ uuid: 'a', mark: before!.mark, updates: [], rows: [], readAt: '3' }));
    expect(toRead()).toEqual(['a']);
  });
});
