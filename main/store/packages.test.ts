import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verification } from '../../contract/schemas/packages.ts';
import type { HostPackage } from '../../domain/host.ts';
import type { PackageRecord } from './packages.ts';
import { host, openHere, temporaryFolder, value } from './testing.ts';

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

const record = (name: string, version: string, more: Partial<PackageRecord> = {}): PackageRecord => ({
  filename: `${name}_${version}_all.wapt`,
  package: name,
  version,
  maturity: 'PROD',
  description: 'rules',
  signer: 'CN=Admin',
  signerFingerprint: 'ab',
  signatureDate: '2026-11-01T00:00:00',
  size: 4_000,
  md5: 'm1',
  control: { package: name, version, target_os: 'windows' },
  isNewest: true,
  isLegacy: false,
  ...more,
});

const on = (uuid: string, version: string, installStatus = 'OK'): HostPackage => ({
  uuid,
  package: 'lab-rules',
  version,
  section: 'wsus',
  installStatus,
  installDate: '2026-11-02',
});

const readAt = '2026-11-21T10:00:00Z';

describe('rule packages', () => {
  it('come with their verification and the hosts that have them', () => {
    value(here.store.applyHosts({ hosts: ['a', 'b', 'c'].map((uuid) => host(uuid)), isComplete: true }));
    value(
      here.store.applyPackages({
        packages: [record('lab-rules', '1-0'), record('lab-rules', '2-0', { md5: 'm2' })],
        readAt,
      }),
    );
    const packages = [on('a', '1-0'), on('b', '2-0'), on('c', '2-0', 'ERROR'), on('gone', '2-0')];
    expect(value(here.store.applyHostPackages({ uuids: null, packages }))).toEqual({ changed: true });
    value(
      here.store.setVerification({
        filename: 'lab-rules_2-0_all.wapt',
        md5: 'm2',
        verification: { kind: 'verified' },
        until: '2100-01-01T00:00:00Z',
      }),
    );
    value(
      here.store.setVerification({
        filename: 'lab-rules_1-0_all.wapt',
        md5: 'other',
        verification: { kind: 'verified' },
        until: '2100-01-01T00:00:00Z',
      }),
    );
    const list = value(here.store.packagesList());
    expect(list).toMatchObject({
      readAt,
      packages: [
        { version: '1-0', verification: { kind: 'pending' }, hostsInstalled: 1, hostsAny: 3 },
        { version: '2-0', verification: { kind: 'verified' }, hostsInstalled: 1, hostsAny: 3 },
      ],
    });
    expect(list.packages[0]).not.toHaveProperty('md5');
    expect(
      value(here.store.packageHosts('lab-rules_1-0_all.wapt')).map((each) => [
        each.uuid,
        each.version,
        each.installStatus,
      ]),
    ).toEqual([
      ['a', '1-0', 'OK'],
      ['b', '2-0', 'OK'],
      ['c', '2-0', 'ERROR'],
    ]);
    expect(here.store.packageHosts('unknown')).toEqual({ ok: false, error: { code: 'not-found' } });
  });

  it('lose their verification with their bytes', () => {
    const filename = 'lab-rules_1-0_all.wapt';
    value(here.store.applyPackages({ packages: [record('lab-rules', '1-0')], readAt }));
    const verification = { kind: 'refused', reason: 'control-signature' } as const;
    value(here.store.setVerification({ filename, md5: 'm1', verification, until: null }));
    expect(value(here.store.verificationOf({ filename, md5: 'm1' }))).toEqual(verification);
    expect(value(here.store.verificationOf({ filename, md5: 'm2' }))).toBeNull();
    expect(value(here.store.applyPackages({ packages: [record('lab-rules', '1-0', { md5: 'm2' })], readAt }))).toEqual({
      changed: true,
    });
    expect(value(here.store.packagesList()).packages[0]?.verification).toEqual({ kind: 'pending' });
  });

  it('are to be looked at again once a certificate of the signature has ended', () => {
    const filename = 'lab-rules_1-0_all.wapt';
    value(here.store.applyPackages({ packages: [record('lab-rules', '1-0')], readAt }));
    const found = (verification: Verification, until: string | null): readonly unknown[] => {
      value(here.store.setVerification({ filename, md5: 'm1', verification, until }));
      return [
        value(here.store.packagesList()).packages[0]?.verification,
        value(here.store.verificationOf({ filename, md5: 'm1' })),
      ];
    };
    const [past, future] = ['2026-01-01T00:00:00.000Z', new Date(Date.now() + 60_000).toISOString()];
    for (const kind of ['verified', 'intact'] as const) {
      expect(found({ kind }, future)).toEqual([{ kind }, { kind }]);
      expect(found({ kind }, past)).toEqual([{ kind: 'pending' }, { kind: 'pending' }]);
      // An earlier console did not note when.
      expect(found({ kind }, null)).toEqual([{ kind: 'pending' }, { kind: 'pending' }]);
    }
    const refused = { kind: 'refused', reason: 'certificate-expired' } as const;
    expect(found(refused, past)).toEqual([refused, refused]);
  });

  it('say whether the index changed', () => {
    const packages = [record('a', '1'), record('b', '1')];
    expect(value(here.store.applyPackages({ packages, readAt }))).toEqual({ changed: true });
    expect(value(here.store.applyPackages({ packages: packages.toReversed(), readAt }))).toEqual({ changed: false });
    expect(value(here.store.applyPackages({ packages: packages.slice(1), readAt }))).toEqual({ changed: true });
    expect(value(here.store.packageRecords())).toEqual([record('b', '1')]);
  });

  it('are replaced on the hosts that were asked about, and on no other', () => {
    value(here.store.applyHosts({ hosts: ['a', 'b'].map((uuid) => host(uuid)), isComplete: true }));
    value(here.store.applyPackages({ packages: [record('lab-rules', '1-0')], readAt }));
    value(here.store.applyHostPackages({ uuids: null, packages: [on('a', '1-0'), on('b', '1-0')] }));
    expect(value(here.store.applyHostPackages({ uuids: ['a'], packages: [on('a', '1-0')] }))).toEqual({
      changed: false,
    });
    expect(value(here.store.applyHostPackages({ uuids: ['a'], packages: [] }))).toEqual({ changed: true });
    expect(value(here.store.packageHosts('lab-rules_1-0_all.wapt')).map((each) => each.uuid)).toEqual(['b']);
  });
});

describe('drafts', () => {
  const rules = {
    allowedUpdates: [],
    forbiddenUpdates: [],
    allowedKbs: ['KB1'],
    forbiddenKbs: [],
    allowedProducts: [],
    allowedSeverities: [],
    allowedClassifications: [],
  };
  const input = { id: null, package: 'lab-rules', description: 'd', maturity: 'PROD', rules, base: null };

  it('are kept, changed and thrown away', () => {
    const first = value(here.store.draftSave(input));
    const second = value(here.store.draftSave({ ...input, package: 'lab-other' }));
    expect(first.id).not.toBe(second.id);
    const changed = value(here.store.draftSave({ ...first, description: 'changed' }));
    expect(changed.id).toBe(first.id);
    expect(value(here.store.draftGet(first.id))).toEqual(changed);
    expect(
      value(here.store.draftsList())
        .map((each) => each.id)
        .toSorted(),
    ).toEqual([first.id, second.id].toSorted());
    value(here.store.draftDiscard(first.id));
    value(here.store.draftDiscard(first.id));
    expect(here.store.draftGet(first.id)).toEqual({ ok: false, error: { code: 'not-found' } });
  });

  it('survive a restart', () => {
    const kept = value(here.store.draftSave(input));
    here.close();
    here = openHere(own.folder);
    expect(value(here.store.draftsList())).toEqual([kept]);
  });
});
