import { parseCertificates, readCertificates } from './certificate.ts';
import { type ControlFields, controlText, formatControl, parseControlRecords } from './control.ts';
import { FormatError } from './errors.ts';
import { compareVersions, isVersion } from './version.ts';
import { readZip, type ZipLimits } from './zip.ts';
import { writeZip } from './zip-writer.ts';

const LIMITS: ZipLimits = { entries: 10_000, unpacked: 512 * 1024 * 1024, damaged: 'bad-index' };

/** The index of a repository (protocol 6.4). It is not signed: each record is verified with `verifyControl`. */
export interface PackagesIndex {
  /** Control attributes with `filename`, `size` and `md5sum`, in the order of the index. */
  readonly records: readonly ControlFields[];
  /** PEM by SHA-256 fingerprint, as the server gives them: never anchors of trust. */
  readonly certificates: ReadonlyMap<string, string>;
  /** DER by hexadecimal authority key identifier. */
  readonly revocations: ReadonlyMap<string, Buffer>;
  /** Members of `ssl/` that hold no readable certificate. */
  readonly unreadable: readonly string[];
}

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError('bad-index', 'Packages is not UTF-8');
  }
};

const parseRecords = (text: string): readonly ControlFields[] => {
  try {
    return parseControlRecords(text);
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError('bad-index', error.message, error.line);
    throw error;
  }
};

/**
 * Reads `/wapt/Packages`: at most 10,000 members and 512 MiB unpacked.
 * Throws `FormatError`: `bad-index` with the line where the text is at fault, `hostile-zip`.
 */
export const parsePackagesIndex = async (bytes: Uint8Array): Promise<PackagesIndex> => {
  const files = await readZip(bytes, LIMITS);
  const packages = files.get('Packages');
  if (!packages) throw new FormatError('bad-index', 'no member Packages');
  const certificates = new Map<string, string>();
  const revocations = new Map<string, Buffer>();
  const unreadable: string[] = [];
  for (const [path, content] of files) {
    if (/^ssl\/[^/]+\.crt$/.test(path)) {
      try {
        // Only the first one is the certificate that the file is called after; the others may complete its chain.
        const pem = content.toString('latin1');
        const [leaf] = readCertificates(pem);
        if (leaf) certificates.set(leaf.sha256, parseCertificates(pem).map(String).join('\n'));
      } catch {
        unreadable.push(path);
      }
    }
    const revocation = /^crl\/([^/]+)\.crl$/.exec(path)?.[1];
    if (revocation !== undefined) revocations.set(revocation.toLowerCase(), content);
  }
  return { records: parseRecords(decode(packages)), certificates, revocations, unreadable };
};

/** Writes an index from records and PEM texts of signers (protocol 6.4); each certificate gets its member in `ssl/`. */
export const buildPackagesIndex = async (input: {
  readonly records: readonly ControlFields[];
  readonly certificates: readonly string[];
}): Promise<Buffer> => {
  const text = input.records.length === 0 ? '' : `${input.records.map(formatControl).join('\n\n')}\n`;
  const certificates = new Map(input.certificates.flatMap(readCertificates).map(({ sha256, pem }) => [sha256, pem]));
  return writeZip([
    ['Packages', Buffer.from(text, 'utf8')],
    ...Array.from(certificates, ([sha256, pem]) => [`ssl/${sha256}.crt`, Buffer.from(pem, 'ascii')] as const),
  ]);
};

const maturity = (control: ControlFields): string => controlText(control, 'maturity') || 'PROD';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareReadable = (a: string, b: string): number => {
  const readable = Number(isVersion(a)) - Number(isVersion(b));
  if (readable !== 0) return readable;
  return isVersion(a) ? compareVersions(a, b) : compareText(a, b);
};

/**
 * Orders two records of one package, the older first: version, then maturity, then `signature_date` as text
 * (protocol 5.4). A version that cannot be read is older than any that can.
 */
export const comparePackages = (a: ControlFields, b: ControlFields): number =>
  compareReadable(controlText(a, 'version'), controlText(b, 'version')) ||
  compareText(maturity(a), maturity(b)) ||
  compareText(controlText(a, 'signature_date'), controlText(b, 'signature_date'));
