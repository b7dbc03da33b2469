import type { ConsoleError } from '../../contract/errors.ts';
import type { Verification } from '../../contract/schemas/packages.ts';
import { readPackage, verifyPackage } from '../../wapt/index.ts';
import type { Store } from '../store/store.ts';

/**
 * Whether a package is what its signer made: `verified` when the signer chains to a trusted certificate, `intact` when everything but that
 * holds, else refused with the agent's reason (protocol 5.10).
 */
export async function verify(bytes: Uint8Array, trusted: readonly string[], now = new Date()): Promise<Verification> {
  const strict = await verifyPackage(bytes, { trusted, now });
  if (strict.ok) return { kind: 'verified' };
  if (strict.error.code !== 'certificate-untrusted') return { kind: 'refused', reason: strict.error.code };
  const own = (await readPackage(bytes)).files.get('WAPT/certificate.crt');
  const rest = await verifyPackage(bytes, {
    trusted: own === undefined ? [] : [Buffer.from(own).toString('utf8')],
    now,
  });
  return rest.ok ? { kind: 'intact' } : { kind: 'refused', reason: rest.error.code };
}

/** Forgets what was found of every signature: whom the profile trusts has changed. Needs no server. */
export async function doubtAll(store: Store): Promise<void> {
  const records = await store.packageRecords();
  if (!records.ok) return;
  for (const record of records.value) {
    await store.setVerification({
      filename: record.filename,
      md5: record.md5 ?? '',
      verification: { kind: 'pending' },
    });
  }
}

/** Why hosts would refuse a package that cannot even be downloaded; null where the way failed, which says nothing of the package. */
export function downloadRefusal(error: ConsoleError): string | null {
  if (error.code === 'package-refused') return 'md5';
  if (error.code === 'too-large') return 'too-large';
  return error.code === 'malformed' ? 'not-a-package' : null;
}

/** Reasons of refusals that lie in the download: it is tried again once in each session. */
export const OF_THE_WAY: ReadonlySet<string> = new Set(['md5', 'too-large']);
