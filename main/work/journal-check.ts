import { verify, X509Certificate } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { JournalState } from '../../contract/schemas/sync.ts';
import { ok, type Result } from '../../domain/result.ts';
import { certificateView, fingerprint } from '../server/certificate-view.ts';
import type { KeptSeal, Store } from '../store/store.ts';

/** What a check works with: the journal, and the certificates (PEM) by which its seals are verified. */
export interface JournalCheckParts {
  readonly store: Pick<Store, 'journalVerify' | 'journalSeals'>;
  readonly certificates: readonly string[];
}

function isTrue(seal: KeptSeal, certificate: X509Certificate): boolean {
  const [hash, signature] = [Buffer.from(seal.hash, 'ascii'), Buffer.from(seal.signature, 'base64')];
  return verify('RSA-SHA256', hash, certificate.publicKey, signature);
}

/**
 * Whether the journal is as it was written: every line follows from the one before it, and every seal whose certificate is known is true. A seal by a
 * certificate that is not known here can only be compared with its line.
 */
export async function checkJournal({
  store,
  certificates,
}: JournalCheckParts): Promise<Result<JournalState, ConsoleError>> {
  const chain = await store.journalVerify();
  if (!chain.ok) return chain;
  const seals = await store.journalSeals();
  if (!seals.ok) return seals;
  const known = new Map(
    certificates.map((pem) => {
      const certificate = new X509Certificate(pem);
      return [fingerprint(certificate), certificate] as const;
    }),
  );
  const { entries, brokenAt } = chain.value;
  const forged = seals.value.find((seal) => {
    const certificate = known.get(seal.fingerprint);
    return certificate !== undefined && !isTrue(seal, certificate);
  });
  const broken = [chain.value.brokenSeal, forged?.id ?? null].filter((id) => id !== null);
  const newest = seals.value.findLast((seal) => seal.at !== null && seal.id !== forged?.id);
  const signer = newest === undefined ? undefined : known.get(newest.fingerprint);
  return ok({
    entries,
    brokenAt,
    seals: seals.value.length,
    brokenSeal: broken.length === 0 ? null : Math.min(...broken),
    lastSeal:
      newest === undefined
        ? null
        : {
            id: newest.id,
            at: newest.at,
            fingerprint: newest.fingerprint,
            signer: signer === undefined ? null : certificateView(signer).subject,
          },
  });
}
