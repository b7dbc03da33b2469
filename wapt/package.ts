import { randomUUID } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import {
  CONTROL_ATTRIBUTES,
  type ControlFields,
  controlText,
  formatControl,
  normaliseControl,
  parseControl,
  signedContent,
} from './control.ts';
import { FormatError } from './errors.ts';
import { packageFilename } from './filename.ts';
import { buildManifest, UNLISTED_MEMBERS, wrapBase64 } from './manifest.ts';
import { localStamp, type Moment } from './moment.ts';
import type { Signer } from './signer.ts';
import { isVersion } from './version.ts';
import { isSafePath, readZip, type ZipLimits } from './zip.ts';
import { writeZip } from './zip-writer.ts';

/** The members of a package that WAPT itself gives a meaning (protocol 5.1). */
export const MEMBERS = {
  control: 'WAPT/control',
  certificate: 'WAPT/certificate.crt',
  manifest: 'WAPT/manifest.sha256',
  signature: 'WAPT/signature.sha256',
  setup: 'setup.py',
} as const;

const LIMITS: ZipLimits = { entries: 10_000, unpacked: 512 * 1024 * 1024, damaged: 'not-a-package' };
const PACKAGE_NAME = /^[0-9A-Za-z][0-9A-Za-z._-]*$/;
// Packages of organisational units and directory groups are called as the directory calls these (protocol 5.4, 5.5).
const DIRECTORY_NAME = /^[^\p{Cc}]+$/u;
const DIRECTORY_SECTIONS: ReadonlySet<string> = new Set(['unit', 'profile']);
const RESERVED: ReadonlySet<string> = new Set([...UNLISTED_MEMBERS, MEMBERS.control, MEMBERS.certificate]);

/** Bytes by member path: an object or a `Map`. */
export type PackageFiles = ReadonlyMap<string, Uint8Array> | Readonly<Record<string, Uint8Array>>;

/** A package as it was read: nothing in it is verified. */
export interface PackageContent {
  readonly control: ControlFields;
  /** All members but folders, `WAPT/control` and the signature members too, in their order. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** A package that was built: the file, the name under which it is uploaded, and the control with its signature. */
export interface BuiltPackage {
  readonly bytes: Buffer;
  readonly filename: string;
  readonly control: ControlFields;
}

/** What builds a package. `packageUuid` and `now` are for what must be reproduced; otherwise a new UUID and the clock. */
export interface PackageInput {
  /** Attributes of protocol 5.2; those of the signature are set here, the missing ones become empty. */
  readonly control: ControlFields;
  /** The payload: everything but `WAPT/control`, the certificate, the manifest and its signature. */
  readonly files: PackageFiles;
  readonly signer: Signer;
  readonly packageUuid?: string | undefined;
  readonly now?: Moment | undefined;
}

// A control that was taken from the index has these; a package must not (protocol 5.2).
const INDEX_ONLY: ReadonlySet<string> = new Set(['filename', 'size', 'md5sum']);

/** Attributes of later servers: signed too, since verifiers take the list of names from the package. */
const extraNames = (given: readonly (readonly [string, unknown])[]): readonly string[] => {
  const known: readonly string[] = CONTROL_ATTRIBUTES;
  const extra = given.map(([name]) => name).filter((name) => !known.includes(name));
  const bad = extra.find((name) => !/^[0-9a-z_-]+$/.test(name));
  if (bad !== undefined)
    throw new FormatError('bad-control', `an attribute cannot be called ${JSON.stringify(bad.slice(0, 40))}`);
  return extra;
};

const signControl = ({ control, signer, packageUuid, now }: PackageInput): ControlFields => {
  const blank = Object.fromEntries(CONTROL_ATTRIBUTES.map((name) => [name, '']));
  const defaults = { architecture: 'all', section: 'base', priority: 'optional' };
  const given = Object.entries(normaliseControl(control)).filter(([name]) => !INDEX_ONLY.has(name));
  const unsigned = normaliseControl({
    ...blank,
    ...defaults,
    ...Object.fromEntries(given),
    package_uuid: packageUuid ?? randomUUID(),
    signer: signer.certificate.commonName,
    signer_fingerprint: signer.certificate.sha256,
    signature: '',
    signature_date: localStamp(now ?? new Date()),
    signed_attributes: [...CONTROL_ATTRIBUTES.filter((name) => name !== 'signature'), ...extraNames(given)].join(','),
  });
  const content = Buffer.from(canonicalJson(signedContent(unsigned)), 'ascii');
  return { ...unsigned, signature: signer.sign(content).toString('base64') };
};

const checkInput = (
  control: ControlFields,
  payload: readonly (readonly [string, Uint8Array])[],
  signer: Signer,
): void => {
  const name = controlText(control, 'package');
  const pattern = DIRECTORY_SECTIONS.has(controlText(control, 'section')) ? DIRECTORY_NAME : PACKAGE_NAME;
  if (!pattern.test(name)) throw new FormatError('bad-control', 'a package name has letters, digits and . _ - only');
  if (!isVersion(controlText(control, 'version')))
    throw new FormatError('bad-version', 'the package has no readable version');
  const seen = new Set<string>();
  for (const [path] of payload) {
    const folded = path.toLowerCase();
    const shown = JSON.stringify(path.slice(0, 80));
    if (!isSafePath(path) || !/^[\x20-\x7e]+$/.test(path))
      throw new FormatError('bad-path', `no member may be called ${shown}`);
    if (RESERVED.has(path) || seen.has(folded)) throw new FormatError('bad-path', `${shown} is written twice`);
    seen.add(folded);
  }
  if (seen.has(MEMBERS.setup) && !signer.certificate.isCodeSigning) {
    throw new FormatError('needs-code-signing', 'setup.py asks for a code-signing certificate');
  }
};

/**
 * Builds and signs a `.wapt` file (protocol 5.1 to 5.6), the same bytes for the same input on the same build of zlib.
 * The values of the control are normalised first. Throws `FormatError`: `bad-control`, `bad-version`, `bad-path`,
 * `bad-date`, `needs-code-signing`.
 */
export const buildPackage = async (input: PackageInput): Promise<BuiltPackage> => {
  const { files, signer } = input;
  const control = signControl(input);
  const payload =
    files instanceof Map ? Array.from(files) : Object.entries(files as Readonly<Record<string, Uint8Array>>);
  checkInput(control, payload, signer);
  const listed: readonly (readonly [string, Uint8Array])[] = [
    ...payload,
    [MEMBERS.control, Buffer.from(formatControl(control), 'utf8')],
    [MEMBERS.certificate, Buffer.from(signer.certificatePem, 'ascii')],
  ];
  const manifest = buildManifest(listed);
  const bytes = await writeZip([
    ...listed,
    [MEMBERS.manifest, manifest],
    [MEMBERS.signature, Buffer.from(wrapBase64(signer.sign(manifest)), 'ascii')],
  ]);
  return { bytes, filename: packageFilename(control), control };
};

const readControl = (bytes: Buffer): ControlFields => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError('bad-control', 'the control is not UTF-8');
  }
  const control = parseControl(text);
  if (controlText(control, 'package') === '') throw new FormatError('bad-control', 'the package has no name');
  return control;
};

/**
 * Reads a `.wapt` file without judging its signatures. At most 10,000 members and 512 MiB unpacked.
 * Throws `FormatError`: `not-a-package`, `hostile-zip`, `bad-control`.
 */
export const readPackage = async (bytes: Uint8Array): Promise<PackageContent> => {
  const files = await readZip(bytes, LIMITS);
  const control = files.get(MEMBERS.control);
  if (!control) throw new FormatError('not-a-package', 'no WAPT/control');
  return { control: readControl(control), files };
};
