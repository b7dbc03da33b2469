/** The closed list of what can go wrong, in groups. Main sends codes and facts; the window has the words. */
export const ERROR_CODES = [
  // the way to the server
  'unreachable',
  'dns',
  'refused',
  'timeout',
  'tls-untrusted',
  'tls-expired',
  'tls-not-yet-valid',
  'tls-wrong-name',
  'tls-changed',
  'tls-failed',
  'proxy',
  'cancelled',
  // what the server says
  'password-refused',
  'client-certificate-needed',
  'signed-out',
  'forbidden',
  'not-wapt',
  'too-old',
  'absent',
  'malformed',
  'too-large',
  'cut-off',
  'server-said',
  'server-broken',
  'agent-restarted',
  // the contract and the entry
  'bad-request',
  'foreign-sender',
  'internal',
  'unavailable',
  'not-found',
  'address-invalid',
  // the store
  'read-only',
  'disk',
  'no-profile',
  'no-desk',
  'desks-full',
  'open-elsewhere',
  // signers and files
  'signer-needed',
  'signer-expired',
  'signer-not-yet-valid',
  'wrong-passphrase',
  'passphrase-needed',
  'key-mismatch',
  'key-missing',
  'key-unsupported',
  'key-not-rsa',
  'bad-pem',
  'certificate-missing',
  'cve-file',
  'lab-only',
  // packages
  'name-invalid',
  'version-invalid',
  'rules-invalid',
  'version-moved',
  'draft-moved',
  'package-refused',
  'upload-refused',
  'not-in-index',
  'delete-refused',
  // actions
  'regex-invalid',
  'regex-too-slow',
  'ring-held',
  'outside-grant',
  'campaign-state',
  'clock-off',
  'nothing-selected',
] as const;

/** One kind of failure. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Whether a text is one of the codes. */
export const isErrorCode = (code: string): code is ErrorCode => (ERROR_CODES as readonly string[]).includes(code);

/** A fact that the words of an error mention. */
export type ErrorFact = string | number | boolean | null;

/**
 * A failure as it crosses to the window.
 * `field` names the input that was wrong, `facts` the values the sentence mentions: `host`, `port`, `route`, `status`, `right` (the ACL
 * that is missing), `serverCode` and `serverMessage` (what the server itself said, shown raw), `limit` and `size` in bytes,
 * `fingerprint`, `expected`, `notAfter`, `reason` (a verify code), `version`, `newest`.
 */
export interface ConsoleError {
  readonly code: ErrorCode;
  readonly field?: string;
  readonly facts?: Readonly<Record<string, ErrorFact>>;
}
