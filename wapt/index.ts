export {
  type ActionFields,
  type ActionRefusal,
  type ActionRefusalCode,
  type ActionTrust,
  type SignedAction,
  signAction,
  type VerifiedAction,
  verifyAction,
} from './action.ts';
export { canonicalJson } from './canonical-json.ts';
export {
  type CertificateInfo,
  type CertificateRefusal,
  commonNameOf,
  readCertificates,
  type TrustOptions,
  type VerifiedSigner,
  verifyChain,
} from './certificate.ts';
export {
  CONTROL_ATTRIBUTES,
  type ControlFields,
  controlText,
  formatControl,
  normaliseControl,
  parseControl,
} from './control.ts';
export { FormatError, type FormatErrorCode } from './errors.ts';
export { packageFilename } from './filename.ts';
export type { Moment } from './moment.ts';
export {
  type BuiltPackage,
  buildPackage,
  type PackageContent,
  type PackageFiles,
  type PackageInput,
  readPackage,
} from './package.ts';
export { buildPackagesIndex, comparePackages, type PackagesIndex, parsePackagesIndex } from './packages-index.ts';
export { isKeyEncrypted } from './private-key.ts';
export {
  type FoundRules,
  findRules,
  formatRulesFile,
  LEGACY_RULES_PATH,
  parseRulesFile,
  RULE_LIST_KEYS,
  RULES_PATHS,
  type RuleList,
  type RuleListKey,
  type RulesFile,
} from './rules-file.ts';
export { readSigner, type Signer } from './signer.ts';
export {
  type ControlRefusalCode,
  type PackageRefusal,
  type PackageRefusalCode,
  type VerifiedPackage,
  verifyControl,
  verifyPackage,
} from './verify-package.ts';
export { compareVersions, incrementVersion, isVersion } from './version.ts';
