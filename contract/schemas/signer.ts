import { z } from 'zod';
import { type CertificateView, opaqueId } from './common.ts';

/** What kind of file one looks for. */
export const fileKind = z.enum(['ca', 'certificate', 'key', 'client-certificate']);

/** A file main found or the person chose; its path and content stay in main. */
export interface FileView {
  readonly id: string;
  /** File name without folder. */
  readonly name: string;
  readonly kind: 'certificate' | 'key';
  readonly certificate: CertificateView | null;
  /** For a certificate: id of a key file found beside it with the same modulus. */
  readonly keyId: string | null;
  /** For a key: whether it asks for a passphrase. */
  readonly isEncrypted: boolean | null;
}

export const filesRequest = z.strictObject({ kind: fileKind });

export const openSignerRequest = z.strictObject({
  certificateId: opaqueId,
  /** Null: the key with the same modulus beside the certificate. */
  keyId: opaqueId.nullable(),
  passphrase: z.string().max(1_000),
});

/** The signer of the profile. */
export type SignerState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'locked';
      readonly certificate: CertificateView;
      readonly certificateId: string;
      /** Until when it is lent to campaigns, which goes on while it is locked; not there where it is lent to none. */
      readonly lentUntil?: string;
    }
  | {
      readonly kind: 'open';
      readonly certificate: CertificateView;
      readonly certificateId: string;
      /** When it locks itself, ISO with zone. */
      readonly until: string;
      readonly lentUntil?: string;
      /** SHA-256 fingerprints of its chain, leaf first: a host that trusts one of them obeys it. */
      readonly chain: readonly string[];
    };

/** A certificate the profile trusts for packages, added after its fingerprint was compared. */
export const trustSignerRequest = z.strictObject({ fileId: opaqueId, fingerprint: z.string().regex(/^[0-9a-f]{64}$/) });
export const distrustSignerRequest = z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) });
