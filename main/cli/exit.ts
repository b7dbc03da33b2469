import type { ConsoleError, ErrorCode } from '../../contract/errors.ts';
import { errorWords } from './error-words.ts';
import type { Say } from './words/say.ts';

/** How the command line ends; the numbers are kept from version to version. */
export const EXIT = {
  done: 0,
  /** A bug of the console. */
  bug: 1,
  /** The words on the line are wrong. */
  usage: 2,
  /** No such profile, host, update, draft or package. */
  'not-found': 3,
  /** Password or right refused. */
  refused: 4,
  /** The server cannot be reached, or is not the one that is trusted. */
  unreachable: 5,
  /** The store, or a file, cannot be written: another console has the profile, or the disk refuses. */
  'not-writable': 6,
  /** No signer, a wrong passphrase, an expired certificate. */
  signer: 7,
  /** The console or the server would not do it: rules invalid, version moved, upload refused. */
  'not-done': 8,
  /** An order ended, and not on every host. */
  incomplete: 9,
  /** Nothing was done: it has to be confirmed, by a person or by `--yes`. */
  unconfirmed: 10,
  interrupted: 130,
} as const;

/** The name of a way to end. */
export type Ending = keyof typeof EXIT;

/** Why a command did not do what it was asked. */
export interface Refusal {
  readonly ending: Ending;
  /** One or more lines for the terminal, in the language that is asked for. */
  readonly words: (say: Say) => string;
  /** Code of the console, where it said one. */
  readonly code?: ErrorCode;
}

const ENDINGS: Readonly<Partial<Record<ErrorCode, Ending>>> = {
  'password-refused': 'refused',
  'client-certificate-needed': 'refused',
  'signed-out': 'refused',
  forbidden: 'refused',
  unreachable: 'unreachable',
  dns: 'unreachable',
  refused: 'unreachable',
  timeout: 'unreachable',
  'tls-untrusted': 'unreachable',
  'tls-expired': 'unreachable',
  'tls-not-yet-valid': 'unreachable',
  'tls-wrong-name': 'unreachable',
  'tls-changed': 'unreachable',
  'tls-failed': 'unreachable',
  proxy: 'unreachable',
  'not-wapt': 'unreachable',
  'too-old': 'unreachable',
  'server-broken': 'unreachable',
  malformed: 'unreachable',
  'read-only': 'not-writable',
  disk: 'not-writable',
  'not-found': 'not-found',
  'no-profile': 'not-found',
  'signer-needed': 'signer',
  'signer-expired': 'signer',
  'signer-not-yet-valid': 'signer',
  'wrong-passphrase': 'signer',
  'passphrase-needed': 'signer',
  'key-mismatch': 'signer',
  'key-missing': 'signer',
  'key-unsupported': 'signer',
  'key-not-rsa': 'signer',
  'bad-pem': 'signer',
  'certificate-missing': 'signer',
  'lab-only': 'signer',
  'bad-request': 'usage',
  internal: 'bug',
};

/** A failure of the console as the command line tells it. */
export const refusalOf = (error: ConsoleError): Refusal => ({
  ending: ENDINGS[error.code] ?? 'not-done',
  words: (say) => errorWords(error, say),
  code: error.code,
});
