/** Rows for the tests of this folder. */
import type { ActionRun, HostProgress, RunHost } from '../../../contract/schemas/actions.ts';
import type { HostRow, HostUpdateRow } from '../../../contract/schemas/hosts.ts';
import type { SignerState } from '../../../contract/schemas/signer.ts';
import { updateRow } from '../packages/testing.ts';

/** A host of which only what a test names is set. */
export function hostRow(uuid: string, facts: Partial<HostRow> = {}): HostRow {
  return {
    uuid,
    fqdn: `${uuid}.example.org`,
    name: null,
    description: null,
    reachable: 'OK',
    hostStatus: 'OK',
    auditStatus: null,
    platform: 'Windows',
    osName: 'Windows 11 Pro',
    osVersion: '10.0.22631',
    ipAddresses: [],
    macAddresses: [],
    lastSeenOn: null,
    users: [],
    lastUser: null,
    waptVersion: null,
    manufacturer: null,
    model: null,
    serialNumber: null,
    organizationalUnit: null,
    site: null,
    groups: [],
    repositories: null,
    wuaStatus: 'OK',
    wuaEnabled: true,
    lastScan: null,
    isStale: false,
    rebootRequired: null,
    indexDate: null,
    trustedSigners: null,
    updates: {
      reported: 0,
      needed: 0,
      pending: 0,
      missing: 0,
      failed: 0,
      heldBack: 0,
      forbidden: 0,
      done: 0,
      superseded: 0,
    },
    sharesName: false,
    rulePackages: [],
    ...facts,
  };
}

/** A host's row of one update. */
export function hostUpdate(updateId: string, facts: Partial<HostUpdateRow> = {}): HostUpdateRow {
  return {
    update: updateRow(updateId),
    state: 'pending',
    status: 'PENDING',
    allowed: true,
    installed: false,
    present: true,
    hidden: false,
    delayed: false,
    downloaded: false,
    installDate: null,
    history: [],
    ...facts,
  };
}

/** A run with a host in each of the given states. */
export function runOf(states: readonly HostProgress[], facts: Partial<ActionRun> = {}): ActionRun {
  const host = (progress: HostProgress, index: number): RunHost => ({
    uuid: `h${index}`,
    fqdn: `h${index}.example.org`,
    progress,
    taskId: null,
    percent: null,
    message: null,
    code: null,
    changedAt: '2026-11-21T10:00:00.000Z',
  });
  return {
    id: 'run-1',
    action: 'scan',
    startedAt: '2026-11-21T10:00:00.000Z',
    endedAt: null,
    serverMessage: null,
    hosts: states.map(host),
    ...facts,
  };
}

/** An open signer with this fingerprint, issued by a certificate with the other. */
export function openSigner(fingerprint: string, issuer = 'ca'): SignerState {
  return {
    kind: 'open',
    certificateId: 'c',
    until: '2099-01-01T00:00:00.000Z',
    chain: [fingerprint, issuer],
    certificate: {
      commonName: 'signer',
      subject: 'CN=signer',
      issuer: 'CN=signer',
      names: [],
      notBefore: '2020-01-01T00:00:00.000Z',
      notAfter: '2099-01-01T00:00:00.000Z',
      fingerprint,
      isCa: false,
      isCodeSigning: true,
      isSelfSigned: true,
    },
  };
}
