import type { CertificateView } from '../../contract/schemas/common.ts';
import type { Capability, Profile, ServerInfo, SessionState } from '../../contract/schemas/session.ts';

/** A server that one signed in to before. */
export const profile: Profile = {
  id: 'p1',
  name: 'Site',
  address: 'https://srvwapt.example',
  user: 'admin',
  proxy: '',
  dialect: 'auto',
  clientCertificate: null,
  staleDays: 14,
  trust: { kind: 'system' },
  isLab: false,
  hasPassword: false,
  lastSignIn: '2026-11-20T10:00:00Z',
};

/** A certificate that signs, and serves. */
export const certificate: CertificateView = {
  commonName: 'srvwapt.example',
  subject: 'CN=srvwapt.example',
  issuer: 'CN=Our authority',
  names: ['srvwapt.example'],
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2036-01-01T00:00:00Z',
  fingerprint: 'ab12'.repeat(16),
  isCa: false,
  isCodeSigning: true,
  isSelfSigned: false,
};

/** A session at a server whose Windows Update operations are all there, or all missing. */
export function openSession(capability: Capability = { available: true }): SessionState {
  const server: ServerInfo = {
    version: '2.5.0',
    edition: 'enterprise',
    uuid: null,
    dialect: capability.available ? 'v3' : 'derived',
    user: 'admin',
    rights: ['admin'],
    clockDifference: 0,
    capabilities: {
      'list-updates': { available: true },
      'index-state': { available: true },
      'list-downloads': capability,
      'forget-downloads': capability,
      'download-index': capability,
      'download-missing': capability,
      'download-updates': capability,
      'delete-files': capability,
      'wake-hosts': { available: true },
    },
    hostCount: 3,
  };
  return { kind: 'open', profile, server };
}
