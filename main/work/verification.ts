import type { ConsoleError } from '../../contract/errors.ts';
import type { Verification } from '../../contract/schemas/packages.ts';
import { type CertificateInfo, readPackage, verifyPackage } from '../../wapt/index.ts';
import type { Store } from '../store/store.ts';

/** A judgement, and until when it holds: when the first certificate of the path ends, ISO in UTC; null: as long as the bytes. */
export interface Judgement {
  readonly verification: Verification;
  readonly until: string | null;
}

const firstEnd = (path: readonly CertificateInfo[]): string | null =>
  path.map(({ notAfter }) => notAfter).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;

/**
 * Whether a package is what its signer made: `verified` when the signer chains to a trusted certificate, `intact` when everything but that
 * holds, else refused with the agent's reason (protocol 5.10).
 */
export async function verify(bytes: Uint8Array, trusted: readonly string[], now = new Date()): Promise<Judgement> {
  const strict = await verifyPackage(bytes, { trusted, now });
  if (strict.ok) return { verification: { kind: 'verified' }, until: firstEnd(strict.value.signer.path) };
  if (strict.error.code !== 'certificate-untrusted') return refused(strict.error.code);
  const own = (await readPackage(bytes)).files.get('WAPT/certificate.crt');
  const rest = await verifyPackage(bytes, {
    trusted: own === undefined ? [] : [Buffer.from(own).toString('utf8')],
    now,
  });
  if (!rest.ok) return refused(rest.error.code);
  return { verification: { kind: 'intact' }, until: firstEnd(rest.value.signer.path) };
}

/** A refusal that lasts as long as the bytes. */
export const refused = (reason: string): Judgement => ({ verification: { kind: 'refused', reason }, until: null });

/** Forgets what was found of every signature: whom the profile trusts has changed. Needs no server. */
export async function doubtAll(store: Store): Promise<void> {
  const records = await store.packageRecords();
  if (!records.ok) return;
  for (const record of records.value) {
    await store.setVerification({
      filename: record.filename,
      md5: record.md5 ?? '',
      verification: { kind: 'pending' },
      until: null,
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
