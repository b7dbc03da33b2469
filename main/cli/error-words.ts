import type { ConsoleError, ErrorCode } from '../../contract/errors.ts';

/** What the terminal says of failures that need more than their code. English: a script reads the exit code, a person both. */
const WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  unreachable: 'the server cannot be reached',
  dns: 'the name of the server is not known',
  refused: 'nothing listens at the address of the server',
  timeout: 'the server did not answer in time',
  'tls-untrusted': 'the certificate of the server is not trusted: open the profile once in the window and compare it',
  'tls-expired': 'the certificate of the server has expired',
  'tls-not-yet-valid': 'the certificate of the server is not valid yet',
  'tls-wrong-name': 'the certificate of the server is for another name',
  'tls-changed': 'the server shows another certificate than the one that was pinned: compare it in the window',
  'tls-failed': 'no secure connection came about',
  proxy: 'the proxy did not let the request through',
  cancelled: 'it was cancelled',
  'password-refused': 'the server refuses user or password',
  'client-certificate-needed': 'the server asks for a client certificate',
  'signed-out': 'the server does not know the session any more',
  forbidden: 'the server does not allow it to this user',
  'not-wapt': 'no WAPT server answers there',
  'too-old': 'the server is too old',
  absent: 'the server does not have this operation',
  'server-said': 'the server said no',
  'server-broken': 'the server failed',
  internal: 'a fault of the console: see its log',
  'not-found': 'there is no such thing',
  'read-only': 'another console has the profile open: only reading is possible',
  disk: 'the disk refuses',
  'no-profile': 'there is no such profile',
  'signer-needed': 'a signer is needed',
  'signer-expired': 'the certificate of the signer has expired',
  'signer-not-yet-valid': 'the certificate of the signer is not valid yet',
  'wrong-passphrase': 'the passphrase is wrong',
  'passphrase-needed': 'the key asks for a passphrase',
  'key-mismatch': 'key and certificate do not belong together',
  'key-missing': 'no key lies beside the certificate',
  'lab-only': 'certificates of the lab are for the lab alone',
  'name-invalid': 'no server takes a package of this name',
  'rules-invalid': 'the rules are not valid',
  'version-moved': 'the package was published meanwhile: look at it again',
  'draft-moved': 'the draft was changed meanwhile: look at it again',
  'package-refused': 'the package was refused',
  'upload-refused': 'the server refused the package',
  'not-in-index': 'the server took the package and does not list it',
  'nothing-selected': 'nothing is selected',
  'clock-off': 'the clocks of server and computer differ too much',
  'too-large': 'it is too large',
};

/** A failure in one line: words, its code, the field and the facts. */
export function errorWords({ code, field, facts = {} }: ConsoleError): string {
  const about = Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${String(value)}`);
  const inside = [code, ...(field === undefined || field === '' ? [] : [`field: ${field}`]), ...about].join(', ');
  return `${WORDS[code] ?? 'it could not be done'} (${inside})`;
}
