/** Every reason for which a format cannot be read or written; a closed list, so that a window can have words for each. */
export type FormatErrorCode =
  | 'not-json'
  | 'bad-control'
  | 'bad-version'
  | 'bad-date'
  | 'bad-path'
  | 'bad-manifest'
  | 'bad-rules'
  | 'bad-index'
  | 'bad-action'
  | 'not-a-package'
  | 'hostile-zip'
  | 'needs-code-signing'
  | 'bad-pem'
  | 'certificate-missing'
  | 'key-missing'
  | 'key-mismatch'
  | 'not-rsa'
  | 'passphrase-needed'
  | 'wrong-passphrase'
  | 'unsupported-key-encryption';

/**
 * What the readers and writers of `wapt/` throw. `code` is what a program looks at; the message is for logs.
 * `line` counts from 1 and is absent where the format has no lines.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatErrorCode;
  readonly line: number | undefined;

  constructor(code: FormatErrorCode, message: string, line?: number) {
    super(line === undefined ? `${code}: ${message}` : `${code}: line ${line}: ${message}`);
    this.code = code;
    this.line = line;
  }
}
