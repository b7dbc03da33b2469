import { z } from 'zod';

/** A call without parameters. */
export const nothing = z.strictObject({});

/** The id of something main keeps: profile, file, draft, run. Opaque to the window. */
export const opaqueId = z.string().min(1).max(200);

/** A host's uuid: opaque, compared exactly (protocol 2.2). */
export const hostUuid = z.string().min(1).max(200);

/** `GUID_revision`. */
export const updateId = z.string().min(1).max(200);

/** A set of update ids; the bound keeps a broken window from filling main's memory. */
export const updateIds = z.array(updateId).min(1).max(20_000);

/** One line of text. */
export const line = z.string().max(1_000);

/** A certificate as the window may see it: names, dates and fingerprint. */
export interface CertificateView {
  /** CN of the subject, or the whole subject when it has none. */
  readonly commonName: string;
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  /** ISO dates with zone. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 over DER, lower-case hex. */
  readonly fingerprint: string;
  readonly isCa: boolean;
  readonly isCodeSigning: boolean;
  readonly isSelfSigned: boolean;
}

/** How old what one sees is, and what is going on. Times are ISO with zone (UTC). */
export interface Freshness {
  /** End of the last complete sync, null when there was none. */
  readonly syncedAt: string | null;
  /** Whether the server could be reached in the last attempt. */
  readonly isOffline: boolean;
}
