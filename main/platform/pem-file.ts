import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { FormatError, isKeyEncrypted, readCertificates } from '../../wapt/index.ts';

/** Certificates and keys are small: a larger file is something else. */
export const FILE_LIMIT = 1024 * 1024;

/** What a file holds. The text stays in main. */
export interface PemFile {
  readonly path: string;
  /** PEM texts, in the order of the file. */
  readonly certificates: readonly string[];
  readonly key: { readonly pem: string; readonly isEncrypted: boolean } | null;
}

async function readBounded(path: string): Promise<Result<Buffer, ConsoleError>> {
  try {
    // Without O_NONBLOCK, a named pipe among the certificates would hold the console for ever.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const facts = await file.stat();
      if (!facts.isFile()) return fail({ code: 'not-found' });
      if (facts.size > FILE_LIMIT) return fail({ code: 'too-large', facts: { limit: FILE_LIMIT, size: facts.size } });
      const bytes = Buffer.alloc(FILE_LIMIT + 1);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return bytesRead > FILE_LIMIT
        ? fail({ code: 'too-large', facts: { limit: FILE_LIMIT, size: bytesRead } })
        : ok(bytes.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return fail({ code: isMissing ? 'not-found' : 'disk' });
  }
}

/** What a reader of `wapt/` gives, or null where the text has no such part. */
function part<T>(read: () => T, absent: string): Result<T | null, ConsoleError> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof FormatError) return error.code === absent ? ok(null) : fail({ code: 'bad-pem' });
    throw error;
  }
}

const derCertificate = (bytes: Buffer): string | null => {
  try {
    return new X509Certificate(bytes).toString();
  } catch {
    return null;
  }
};

/**
 * Reads one file of certificates or keys: PEM, or a single certificate in DER as Windows exports it. Fails with
 * `not-found`, `disk`, `too-large`, or `bad-pem` when it holds neither.
 */
export async function readPemFile(path: string): Promise<Result<PemFile, ConsoleError>> {
  const bytes = await readBounded(path);
  if (!bytes.ok) return bytes;
  const text = bytes.value.toString('latin1');
  if (!text.includes('-----BEGIN ')) {
    const pem = derCertificate(bytes.value);
    return pem === null ? fail({ code: 'bad-pem' }) : ok({ path, certificates: [pem], key: null });
  }
  const certificates = part(() => readCertificates(text).map(({ pem }) => pem), 'certificate-missing');
  if (!certificates.ok) return certificates;
  const isEncrypted = part(() => isKeyEncrypted(text), 'key-missing');
  if (!isEncrypted.ok) return isEncrypted;
  const key = isEncrypted.value === null ? null : { pem: text, isEncrypted: isEncrypted.value };
  if (key === null && certificates.value === null) return fail({ code: 'bad-pem' });
  return ok({ path, certificates: certificates.value ?? [], key });
}

const openPlain = (pem: string): KeyObject | null => {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
};

/** Whether the first certificate belongs to the key; null when the key is encrypted and nobody can say yet. */
export function keyMatches(certificate: PemFile, key: PemFile): boolean | null {
  const [pem] = certificate.certificates;
  if (pem === undefined || key.key === null) return false;
  if (key.key.isEncrypted) return null;
  const opened = openPlain(key.key.pem);
  return opened !== null && new X509Certificate(pem).checkPrivateKey(opened);
}
