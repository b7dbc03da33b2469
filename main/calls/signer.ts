import { X509Certificate } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { CertificateView } from '../../contract/schemas/common.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { holdsLabCertificate } from '../security/lab-certificate.ts';
import { certificateView } from '../server/certificate-view.ts';
import type { StoredProfile } from '../settings/profiles.ts';
import { doubtAll } from '../work/verification.ts';
import { type Answering, openProfile, type Parts } from './parts.ts';

const views = (profile: StoredProfile): readonly CertificateView[] =>
  profile.trustedSigners.map((pem) => certificateView(new X509Certificate(pem)));

/** Certificate files, the signer of the open profile, and the signers it trusts beside its own. */
export const signerCalls = (parts: Parts): Answering<'files' | 'signer'> => {
  const { files, signer, profiles } = parts;
  const opened = (): Result<StoredProfile, ConsoleError> => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const profile = profiles.get(workspace.value.profileId);
    return profile === null ? fail({ code: 'no-profile' }) : ok(profile);
  };
  /** What was verified was verified for other signers; without a server it waits, doubted, for the next sign-in. */
  const judgeAgain = async (): Promise<void> => {
    const workspace = parts.session.workspace;
    if (workspace === null) return;
    await doubtAll(workspace.store);
    workspace.online?.packages.judgeAgain();
  };
  const keep = async (profile: StoredProfile): Promise<Result<readonly CertificateView[], ConsoleError>> => {
    const saved = await profiles.save(profile);
    if (!saved.ok) return saved;
    await judgeAgain();
    return ok(views(saved.value));
  };
  return {
    'files.list': async ({ kind }) => ok(await files.list(kind)),
    'files.browse': ({ kind }) => files.browse(kind),
    'signer.state': () => ok(signer.state()),
    'signer.open': async (request) => {
      const profile = opened();
      if (!profile.ok) return profile;
      const state = await signer.open(request);
      if (!state.ok) return state;
      // Opening a key takes a moment: what was written of the profile meanwhile stays.
      const now = profiles.get(profile.value.id);
      if (now !== null && now.signerCertificate !== request.certificateId) {
        await profiles.save({ ...now, signerCertificate: request.certificateId });
        await judgeAgain();
      }
      return state;
    },
    'signer.lock': () => ok(signer.lock()),
    'signer.trusted': () => {
      const profile = opened();
      return profile.ok ? ok(views(profile.value)) : profile;
    },
    'signer.trust': async ({ fileId, fingerprint }) => {
      const profile = opened();
      if (!profile.ok) return profile;
      const file = await files.certificate(fileId);
      if (!file.ok) return fail({ ...file.error, field: 'fileId' });
      // The fingerprint is the one that was compared on screen: a file that changed since is another certificate.
      if (file.value.view.fingerprint !== fingerprint) {
        return fail({
          code: 'tls-changed',
          field: 'fingerprint',
          facts: { expected: fingerprint, fingerprint: file.value.view.fingerprint },
        });
      }
      // The first certificate is the one that was compared: what else the file holds is no anchor.
      const compared = new X509Certificate(file.value.pem).toString();
      if (!profile.value.isLab && holdsLabCertificate(compared)) return fail({ code: 'lab-only', field: 'fileId' });
      const others = profile.value.trustedSigners.filter(
        (pem) => certificateView(new X509Certificate(pem)).fingerprint !== fingerprint,
      );
      return keep({ ...profile.value, trustedSigners: [...others, compared] });
    },
    'signer.distrust': async ({ fingerprint }) => {
      const profile = opened();
      if (!profile.ok) return profile;
      const left = profile.value.trustedSigners.filter(
        (pem) => certificateView(new X509Certificate(pem)).fingerprint !== fingerprint,
      );
      return keep({ ...profile.value, trustedSigners: left });
    },
  };
};
