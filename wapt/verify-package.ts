import type { X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../domain/result.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  type CertificateRefusal,
  describeSigner,
  isCodeSigning,
  parseTrusted,
  readChain,
  searchChain,
  type TrustOptions,
  type VerifiedSigner,
  verifySignature,
} from './certificate.ts';
import { type ControlFields, controlText, signedContent, signedNames } from './control.ts';
import { FormatError } from './errors.ts';
import { compareWithManifest, type ManifestEntry, parseManifest } from './manifest.ts';
import { momentMs } from './moment.ts';
import { MEMBERS, type PackageContent, readPackage } from './package.ts';

/** Why the control of a package or of an index record is refused, in the agent's order. */
export type ControlRefusalCode = 'not-signed' | 'certificate-missing' | CertificateRefusal | 'control-signature';

/** Why a package is refused, in the agent's order (protocol 5.10). */
export type PackageRefusalCode =
  | 'not-a-package'
  | 'hostile-zip'
  | 'bad-control'
  | ControlRefusalCode
  | 'manifest-missing'
  | 'manifest-signature'
  | 'needs-code-signing'
  | 'file-changed'
  | 'file-missing'
  | 'file-unlisted';

/** A refusal; `path` names the member for the last three codes, `line` the line of a bad control. */
export interface PackageRefusal {
  readonly code: PackageRefusalCode;
  readonly path?: string;
  readonly line?: number;
}

/** A package that agents with this trust accept. */
export interface VerifiedPackage extends PackageContent {
  readonly signer: VerifiedSigner;
}

const judgeControl = (
  control: ControlFields,
  chainPem: string | undefined,
  options: TrustOptions,
): Result<{ readonly leaf: X509Certificate; readonly signer: VerifiedSigner }, ControlRefusalCode> => {
  const signature = controlText(control, 'signature');
  if (signature === '' || signedNames(control).length === 0) return fail('not-signed');
  const chain = chainPem === undefined ? null : readChain(chainPem);
  if (!chain) return fail('certificate-missing');
  const path = searchChain(chain, parseTrusted(options.trusted), momentMs(options.now ?? new Date()));
  if (!path.ok) return path;
  const leaf = chain[0];
  const content = Buffer.from(canonicalJson(signedContent(control)), 'ascii');
  if (!verifySignature(leaf, content, signature)) return fail('control-signature');
  return ok({ leaf, signer: describeSigner(path.value) });
};

/**
 * Verifies the signature of a control alone, as agents do with the records of the index (protocol 5.3, 5.10).
 * `certificatePem` is the chain that goes with it, leaf first: for a record, the certificate of the index that
 * `signer_fingerprint` names.
 */
export const verifyControl = (
  control: ControlFields,
  options: TrustOptions & { readonly certificatePem: string | undefined },
): Result<VerifiedSigner, { readonly code: ControlRefusalCode }> => {
  const judged = judgeControl(control, options.certificatePem, options);
  return judged.ok ? ok(judged.value.signer) : fail({ code: judged.error });
};

const READ_REFUSALS = ['not-a-package', 'hostile-zip', 'bad-control'] as const;

const read = async (bytes: Uint8Array): Promise<Result<PackageContent, PackageRefusal>> => {
  try {
    return ok(await readPackage(bytes));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const code = READ_REFUSALS.find((known) => known === error.code);
    if (!code) throw error;
    return fail(error.line === undefined ? { code } : { code, line: error.line });
  }
};

const parseOrNull = (manifest: Uint8Array): readonly ManifestEntry[] | null => {
  try {
    return parseManifest(manifest);
  } catch {
    return null;
  }
};

/**
 * Whether an agent that trusts `trusted` accepts the package, checked in the agent's order (protocol 5.10): the first
 * refusal is the answer. What depends on the host (versions, disk, dependencies) and revocation are not looked at.
 */
export const verifyPackage = async (
  bytes: Uint8Array,
  options: TrustOptions,
): Promise<Result<VerifiedPackage, PackageRefusal>> => {
  const content = await read(bytes);
  if (!content.ok) return content;
  const { control, files } = content.value;
  const judged = judgeControl(control, files.get(MEMBERS.certificate)?.toString('latin1'), options);
  if (!judged.ok) return fail({ code: judged.error });
  const { leaf, signer } = judged.value;
  const manifest = files.get(MEMBERS.manifest);
  if (!manifest) return fail({ code: 'manifest-missing' });
  const signature = files.get(MEMBERS.signature)?.toString('latin1');
  if (signature === undefined || !verifySignature(leaf, manifest, signature))
    return fail({ code: 'manifest-signature' });
  const entries = parseOrNull(manifest);
  if (!entries) return fail({ code: 'manifest-missing' });
  if (files.has(MEMBERS.setup) && !isCodeSigning(leaf)) return fail({ code: 'needs-code-signing' });
  const difference = compareWithManifest(entries, files);
  if (difference) return fail(difference);
  return ok({ control, files, signer });
};
