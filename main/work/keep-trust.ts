import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Trust } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { FileRegistry } from '../platform/files.ts';
import { holdsLabCertificate } from '../security/lab-certificate.ts';
import { fingerprintOf } from '../server/certificate-view.ts';
import type { Profiles, StoredProfile } from '../settings/profiles.ts';

/**
 * Keeps the certificate by which a profile knows its server; `leaf` is the one that the server showed last (PEM). A pin is only taken for
 * the certificate that was on screen. Fails with `tls-changed`, `lab-only`, `disk` and what reading a file fails with.
 */
export async function keepTrust(
  { profiles, files }: { readonly profiles: Profiles; readonly files: FileRegistry },
  profile: StoredProfile,
  trust: Parsed<'session.trust'>['trust'],
  leaf: string | null,
): Promise<Result<Trust, ConsoleError>> {
  if (trust.kind === 'system') return ok({ kind: 'system' });
  if (trust.kind === 'ca') {
    const file = await files.certificate(trust.fileId);
    if (!file.ok) return fail({ ...file.error, field: 'fileId' });
    if (!profile.isLab && holdsLabCertificate(file.value.pem)) return fail({ code: 'lab-only', field: 'fileId' });
    const written = await profiles.writeTrust(profile.id, 'ca.pem', file.value.pem);
    if (!written.ok) return written;
    return ok({ kind: 'ca', name: file.value.name, fingerprint: file.value.view.fingerprint });
  }
  if (leaf === null || fingerprintOf(leaf) !== trust.fingerprint) {
    return fail({ code: 'tls-changed', field: 'fingerprint', facts: { expected: trust.fingerprint } });
  }
  if (!profile.isLab && holdsLabCertificate(leaf)) return fail({ code: 'lab-only', field: 'fingerprint' });
  const written = await profiles.writeTrust(profile.id, 'pinned.pem', leaf);
  return written.ok ? ok({ kind: 'pin', fingerprint: trust.fingerprint }) : written;
}
