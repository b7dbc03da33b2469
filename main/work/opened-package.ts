import { X509Certificate } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { PackageContent, Verification } from '../../contract/schemas/packages.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import {
  type ControlFields,
  controlText,
  FormatError,
  findRules,
  parseRulesFile,
  RULE_LIST_KEYS,
  type RulesFile,
  readPackage,
} from '../../wapt/index.ts';
import { legacyRulesOf, rulesOf } from '../rules-file.ts';
import { certificateView } from '../server/certificate-view.ts';
import type { PackageRecord } from '../store/store.ts';

/** A package with the bytes it was read from. */
export interface OpenedPackage {
  readonly record: PackageRecord;
  readonly bytes: Uint8Array;
  readonly control: ControlFields;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly rulesFile: RulesFile;
  readonly problems: PackageContent['problems'];
  readonly isLegacy: boolean;
}

const viewOf = (pem: Buffer): PackageContent['certificate'] => {
  try {
    return certificateView(new X509Certificate(pem));
  } catch {
    return null;
  }
};

const readRules = (text: string): { readonly rulesFile: RulesFile; readonly problems: PackageContent['problems'] } => {
  try {
    return { rulesFile: parseRulesFile(text), problems: [] };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const line = error.line === undefined ? '' : `line ${error.line}: `;
    return { rulesFile: {}, problems: [{ key: '', problem: `${line}${error.message}` }] };
  }
};

/** Opens the bytes of a package; a damaged one fails `package-refused` with the reason. */
export async function openPackage(
  record: PackageRecord,
  bytes: Uint8Array,
): Promise<Result<OpenedPackage, ConsoleError>> {
  try {
    const { control, files } = await readPackage(bytes);
    const found = findRules(files);
    return ok({
      record,
      bytes,
      control,
      files,
      ...readRules(found?.text ?? '{}'),
      isLegacy: record.isLegacy || (found?.legacy ?? false),
    });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail({ code: 'package-refused', facts: { reason: error.code, line: error.line ?? null } });
  }
}

/** A package as the window sees it. */
export function contentOf(opened: OpenedPackage, verification: Verification): PackageContent {
  const { record, control, rulesFile, problems, isLegacy, files } = opened;
  const pem = files.get('WAPT/certificate.crt');
  const known = new Set<string>(RULE_LIST_KEYS);
  return {
    filename: record.filename,
    package: controlText(control, 'package'),
    version: controlText(control, 'version'),
    maturity: controlText(control, 'maturity'),
    description: controlText(control, 'description'),
    rules: rulesOf(rulesFile),
    unknownKeys: Object.keys(rulesFile).filter((key) => !known.has(key)),
    problems,
    verification,
    certificate: pem === undefined ? null : viewOf(Buffer.from(pem)),
    isLegacy,
    legacy: isLegacy ? legacyRulesOf(rulesFile) : null,
  };
}
