import { createHmac, randomBytes, X509Certificate } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import type { CertificateView } from '../../contract/schemas/common.ts';
import type { FileView } from '../../contract/schemas/signer.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { certificateView } from '../server/certificate-view.ts';
import { filesOf } from './folder-files.ts';
import { keyMatches, type PemFile, readPemFile } from './pem-file.ts';
import type { FileKind, Platform } from './platform.ts';
import { readJson, writePrivate } from './private-file.ts';

/** A certificate file by its id; `pem` holds every certificate of the file. */
export interface CertificateFile {
  readonly id: string;
  readonly name: string;
  readonly pem: string;
  readonly view: CertificateView;
  /** The key that belongs to it, as far as one can say without a passphrase. */
  readonly keyId: string | null;
}

/** A key file by its id. For main/signer and for TLS, and nobody else. */
export interface KeyFile {
  readonly id: string;
  readonly pem: string;
  readonly isEncrypted: boolean;
}

/**
 * The certificates and keys that main knows, by opaque ids. A window can name an id that it was given and nothing else:
 * a path is an unknown id. Ids stay the same over restarts.
 */
export interface FileRegistry {
  /** What the folders hold now, by name. `client-certificate` gives those with a key, `ca` authorities and self-signed ones. */
  readonly list: (kind: FileKind) => Promise<readonly FileView[]>;
  /** Asks the person for a file; null when cancelled. Fails with `unavailable`, `disk`, `too-large`, `bad-pem`, `certificate-missing`, `key-missing`. */
  readonly browse: (kind: FileKind) => Promise<Result<FileView | null, ConsoleError>>;
  /** Fails with `not-found`, `disk`, `too-large`, `bad-pem`. */
  readonly certificate: (id: string) => Promise<Result<CertificateFile, ConsoleError>>;
  /** Fails with `not-found`, `disk`, `too-large`, `bad-pem`. */
  readonly key: (id: string) => Promise<Result<KeyFile, ConsoleError>>;
  /** A certificate with its unencrypted key, PEM, for TLS. Fails also with `key-missing` and `passphrase-needed`. */
  readonly clientIdentity: (
    certificateId: string,
  ) => Promise<Result<{ readonly cert: string; readonly key: string }, ConsoleError>>;
}

const EXTENSIONS: ReadonlySet<string> = new Set(['.crt', '.pem', '.cer', '.key']);
const CHOSEN_KEPT = 100;

const memory = z.object({ salt: z.string().regex(/^[0-9a-f]{64}$/), chosen: z.array(z.string()).max(CHOSEN_KEPT) });
type Memory = z.infer<typeof memory>;

type Part = 'certificate' | 'key';

interface Scan {
  readonly salt: string;
  readonly files: readonly PemFile[];
  readonly isOffered: (file: PemFile) => boolean;
}

const has = (file: PemFile, kind: Part): boolean => (kind === 'key' ? file.key !== null : file.certificates.length > 0);

const stem = (path: string): string => basename(path, extname(path)).toLowerCase();

/** The key of a certificate: in the same file, else by modulus, else by name, else the only one of the folder that asks for a passphrase. */
function keyOf(certificate: PemFile, files: readonly PemFile[]): PemFile | null {
  if (certificate.key !== null && keyMatches(certificate, certificate) !== false) return certificate;
  const beside = files.filter(
    (file) => file.key !== null && file !== certificate && dirname(file.path) === dirname(certificate.path),
  );
  const matching = beside.find((file) => keyMatches(certificate, file) === true);
  if (matching) return matching;
  const encrypted = beside.filter((file) => file.key?.isEncrypted === true);
  const named = encrypted.find((file) => stem(file.path) === stem(certificate.path));
  return named ?? (encrypted.length === 1 ? (encrypted[0] ?? null) : null);
}

/** Makes the registry over the folders of the platform; what a dialog chose is remembered in `<data>/files.json`. */
export function createFileRegistry({ platform }: { readonly platform: Platform }): FileRegistry {
  const memoryFile = join(platform.paths.data, 'files.json');
  let remembered: Promise<Memory> | null = null;

  const remember = (): Promise<Memory> => {
    remembered ??= (async () => {
      const parsed = memory.safeParse(await readJson(memoryFile));
      if (parsed.success) return parsed.data;
      const fresh: Memory = { salt: randomBytes(32).toString('hex'), chosen: [] };
      // Where nothing can be written, ids last as long as the console runs.
      await writePrivate(memoryFile, JSON.stringify(fresh)).catch(() => undefined);
      return fresh;
    })();
    return remembered;
  };

  const idOf = (salt: string, path: string, kind: Part): string =>
    createHmac('sha256', Buffer.from(salt, 'hex')).update(`${kind}\0${path}`).digest('base64url').slice(0, 32);

  const scan = async (): Promise<Scan> => {
    const { salt, chosen } = await remember();
    const folders = new Set([...platform.paths.keys, ...chosen.map(dirname)]);
    const listed = (await Promise.all([...folders].map((folder) => filesOf(folder, EXTENSIONS)))).flat();
    const read = await Promise.all([...new Set([...listed, ...chosen])].map(readPemFile));
    const files = read.flatMap((file) => (file.ok ? [file.value] : []));
    // What lies beside a chosen file is looked at for its key only: nobody chose it.
    const isOffered = (file: PemFile): boolean =>
      chosen.includes(file.path) || platform.paths.keys.includes(dirname(file.path));
    return { salt, files, isOffered };
  };

  const view = (salt: string, file: PemFile, kind: Part, files: readonly PemFile[]): FileView => {
    const [pem] = file.certificates;
    const key = kind === 'certificate' ? keyOf(file, files) : null;
    return {
      id: idOf(salt, file.path, kind),
      name: basename(file.path),
      kind,
      certificate: kind === 'certificate' && pem !== undefined ? certificateView(new X509Certificate(pem)) : null,
      keyId: key ? idOf(salt, key.path, 'key') : null,
      isEncrypted: kind === 'key' ? (file.key?.isEncrypted ?? null) : null,
    };
  };

  const find = async (id: string, kind: Part): Promise<Result<Scan & { readonly file: PemFile }, ConsoleError>> => {
    const scanned = await scan();
    const file = scanned.files.find((one) => has(one, kind) && idOf(scanned.salt, one.path, kind) === id);
    return file ? ok({ ...scanned, file }) : fail({ code: 'not-found' });
  };

  const certificate: FileRegistry['certificate'] = async (id) => {
    const found = await find(id, 'certificate');
    if (!found.ok) return found;
    const { file, files, salt } = found.value;
    const facts = view(salt, file, 'certificate', files);
    if (facts.certificate === null) return fail({ code: 'certificate-missing' });
    return ok({ id, name: facts.name, pem: file.certificates.join(''), view: facts.certificate, keyId: facts.keyId });
  };

  const key: FileRegistry['key'] = async (id) => {
    const found = await find(id, 'key');
    if (!found.ok) return found;
    const content = found.value.file.key;
    return content ? ok({ id, ...content }) : fail({ code: 'key-missing' });
  };

  return {
    certificate,
    key,
    list: async (kind) => {
      const { salt, files, isOffered } = await scan();
      const wanted: Part = kind === 'key' ? 'key' : 'certificate';
      return files
        .filter((file) => isOffered(file) && has(file, wanted))
        .map((file) => view(salt, file, wanted, files))
        .filter((file) => kind !== 'ca' || file.certificate?.isCa || file.certificate?.isSelfSigned)
        .filter((file) => kind !== 'client-certificate' || file.keyId !== null)
        .toSorted((a, b) => a.name.localeCompare(b.name));
    },
    browse: async (kind) => {
      if (!platform.canBrowseFiles) return fail({ code: 'unavailable' });
      const path = await platform.browseFile(kind);
      if (path === null) return ok(null);
      const file = await readPemFile(path);
      if (!file.ok) return file;
      if (kind === 'key' && file.value.key === null) return fail({ code: 'key-missing' });
      if (kind !== 'key' && file.value.certificates.length === 0) return fail({ code: 'certificate-missing' });
      const before = await remember();
      const chosen = [...before.chosen.filter((one) => one !== path), path].slice(-CHOSEN_KEPT);
      remembered = Promise.resolve({ salt: before.salt, chosen });
      try {
        await writePrivate(memoryFile, JSON.stringify({ salt: before.salt, chosen }));
      } catch {
        return fail({ code: 'disk' });
      }
      const { salt, files } = await scan();
      const scanned = files.find((one) => one.path === path) ?? file.value;
      return ok(view(salt, scanned, kind === 'key' ? 'key' : 'certificate', files));
    },
    clientIdentity: async (certificateId) => {
      const own = await certificate(certificateId);
      if (!own.ok) return own;
      if (own.value.keyId === null) return fail({ code: 'key-missing' });
      const itsKey = await key(own.value.keyId);
      if (!itsKey.ok) return itsKey;
      if (itsKey.value.isEncrypted) return fail({ code: 'passphrase-needed' });
      return ok({ cert: own.value.pem, key: itsKey.value.pem });
    },
  };
}
