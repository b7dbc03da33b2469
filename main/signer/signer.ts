import { X509Certificate } from 'node:crypto';
import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError, ErrorCode } from '../../contract/errors.ts';
import type { SignerState } from '../../contract/schemas/signer.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import {
  type ActionFields,
  type BuiltPackage,
  buildPackage,
  type ControlFields,
  FormatError,
  type FormatErrorCode,
  type PackageFiles,
  readCertificates,
  readSigner,
  type SignedAction,
  type Signer,
  signAction,
  verifyPackage,
} from '../../wapt/index.ts';
import type { EventHub } from '../ipc/events.ts';
import type { CertificateFile, FileRegistry } from '../platform/files.ts';
import { holdsLabCertificate } from '../security/lab-certificate.ts';
import { certificateView } from '../server/certificate-view.ts';
import { type GrantTerms, LONGEST_GRANT, makeGrant, type SignerGrant, type Signing } from './grants.ts';

/** Minutes of rest after which an open signer locks itself. */
const IDLE_MINUTES = 15;

/** What the open profile says about its signers. */
export interface SignerScope {
  readonly isLab: boolean;
}

/** The signature of a journal's head: base64 of RSA with SHA-256 over the text of the hash. */
export interface HeadSignature {
  readonly signature: string;
  readonly fingerprint: string;
}

/** What main offers of a signer. It signs; it never gives a key. */
export interface SignerService {
  readonly state: () => SignerState;
  /** Another profile, or none, is open: locks, and remembers the certificate of that profile (null for none). */
  readonly use: (scope: SignerScope, certificateId: string | null) => Promise<SignerState>;
  /**
   * Opens. Fails with `not-found`, `disk`, `bad-pem`, `certificate-missing`, `key-missing`, `key-mismatch`, `key-not-rsa`,
   * `key-unsupported`, `passphrase-needed`, `wrong-passphrase`, `signer-expired`, `signer-not-yet-valid`, `lab-only`.
   */
  readonly open: (request: Parsed<'signer.open'>) => Promise<Result<SignerState, ConsoleError>>;
  /** Locks by hand, and takes back whatever was lent, also when it had locked itself before. */
  readonly lock: () => SignerState;
  /** PEM texts of the signer's chain, leaf first, also while it is locked; empty without a signer. */
  readonly chain: () => readonly string[];
  /**
   * Builds and signs a package, then verifies what was built as an agent would that trusts the signer. Fails with
   * `signer-needed`, `signer-expired`, `signer-not-yet-valid`, `name-invalid`, `version-invalid`, `rules-invalid`, `package-refused`.
   */
  readonly buildPackage: (input: {
    readonly control: ControlFields;
    readonly files: PackageFiles;
  }) => Promise<Result<BuiltPackage, ConsoleError>>;
  /** Signs each action, one for a host (protocol 3.2), in the order given. Nobody's hands on the keys (`unattended`) keep it open no longer. */
  readonly signActions: (
    actions: readonly ActionFields[],
    how?: { readonly unattended: boolean },
  ) => Result<readonly SignedAction[], ConsoleError>;
  /**
   * Lends the open signer for what the terms say, also after it locked itself; `signer-needed`, `bad-request` for a time that has passed or is
   * more than a week ahead. Locking by hand, signing out, another profile and another signer end it.
   */
  readonly lend: (terms: GrantTerms) => Result<SignerGrant, ConsoleError>;
  /** Signs the head of a journal, 64 hexadecimal digits and nothing else. */
  readonly signJournalHead: (hash: string) => Result<HeadSignature, ConsoleError>;
  /** Locks for good, when the console ends. */
  readonly stop: () => void;
}

const OPENING: Readonly<Partial<Record<FormatErrorCode, ErrorCode>>> = {
  'bad-pem': 'bad-pem',
  'certificate-missing': 'certificate-missing',
  'key-missing': 'key-missing',
  'key-mismatch': 'key-mismatch',
  'not-rsa': 'key-not-rsa',
  'passphrase-needed': 'passphrase-needed',
  'wrong-passphrase': 'wrong-passphrase',
  'unsupported-key-encryption': 'key-unsupported',
};

const BUILDING: Readonly<Partial<Record<FormatErrorCode, ErrorCode>>> = {
  'bad-control': 'name-invalid',
  'bad-version': 'version-invalid',
  'bad-path': 'rules-invalid',
  'needs-code-signing': 'package-refused',
};

function asFailure(error: unknown, codes: Readonly<Partial<Record<FormatErrorCode, ErrorCode>>>): ConsoleError {
  const code = error instanceof FormatError ? codes[error.code] : undefined;
  if (error instanceof FormatError && code) return { code, facts: { reason: error.code } };
  throw error;
}

/** Opens the key with a byte copy of the passphrase that is overwritten whatever happens. */
function openSigner(certificatePem: string, keyPem: string, passphrase: string): Result<Signer, ConsoleError> {
  const bytes = Buffer.from(passphrase, 'utf8');
  try {
    return ok(readSigner({ certificatePem, keyPem, passphrase: bytes }));
  } catch (error) {
    return fail(asFailure(error, OPENING));
  } finally {
    bytes.fill(0);
  }
}

function refusalOf(
  validity: { readonly notBefore: string; readonly notAfter: string },
  now: Date,
): ConsoleError | null {
  if (Date.parse(validity.notBefore) > now.getTime()) {
    return { code: 'signer-not-yet-valid', facts: { notBefore: validity.notBefore } };
  }
  if (Date.parse(validity.notAfter) < now.getTime()) {
    return { code: 'signer-expired', facts: { notAfter: validity.notAfter } };
  }
  return null;
}

/** Makes the signer of the console; it is locked by the clock after `idleMs` without a signature. */
export function createSigner(options: {
  readonly files: FileRegistry;
  readonly events: EventHub;
  readonly now?: () => Date;
  readonly idleMs?: number;
}): SignerService {
  const { files, events, now = () => new Date(), idleMs = IDLE_MINUTES * 60_000 } = options;
  let scope: SignerScope = { isLab: false };
  let known: CertificateFile | null = null;
  let opened: Signer | null = null;
  let until = 0;
  let timer: NodeJS.Timeout | null = null;
  const lent = new Set<SignerGrant>();

  const state = (): SignerState => {
    if (known === null) return { kind: 'none' };
    const lentUntil = [...lent]
      .map((grant) => grant.until)
      .toSorted()
      .at(-1);
    const facts = {
      certificate: known.view,
      certificateId: known.id,
      ...(lentUntil === undefined ? {} : { lentUntil }),
    };
    return opened === null
      ? { kind: 'locked', ...facts }
      : {
          kind: 'open',
          ...facts,
          until: new Date(until).toISOString(),
          chain: opened.chain.map(({ sha256 }) => sha256),
        };
  };

  const tell = (): SignerState => {
    const current = state();
    events.emit('signer.changed', current);
    return current;
  };

  const forget = (): void => {
    opened = null;
    if (timer) clearTimeout(timer);
    timer = null;
  };

  const takeBack = (): void => {
    for (const grant of lent) grant.end();
  };

  const lock = (): SignerState => {
    takeBack();
    if (opened === null) return state();
    forget();
    return tell();
  };

  // What was lent was lent for the time after this.
  const lockIdle = (): void => {
    if (opened === null) return;
    forget();
    tell();
  };

  const rest = (): void => {
    if (timer) clearTimeout(timer);
    until = now().getTime() + idleMs;
    timer = setTimeout(lockIdle, idleMs);
    timer.unref();
  };

  /** The signer, if it is open, not past its rest (a computer that slept stops timers) and in its time. */
  const take = (isAttended = true): Result<Signer, ConsoleError> => {
    if (opened !== null && now().getTime() >= until) lockIdle();
    if (opened === null) return fail({ code: 'signer-needed' });
    const refusal = refusalOf(opened.certificate, now());
    if (refusal) return fail(refusal);
    if (isAttended) rest();
    return ok(opened);
  };

  const headSignature = (signer: Signer, hash: string): HeadSignature => {
    // A hash and nothing else: what is signed here can never be read as an action or a manifest.
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new TypeError('a journal head is 64 hexadecimal digits');
    const signature = signer.sign(Buffer.from(hash, 'ascii')).toString('base64');
    return { signature, fingerprint: signer.certificate.sha256 };
  };

  /** What one signer does for whoever it is lent to. The signer stays in here. */
  const signingOf = (signer: Signer): Signing => {
    const inTime = (): Result<Signer, ConsoleError> => {
      const refusal = refusalOf(signer.certificate, now());
      return refusal ? fail(refusal) : ok(signer);
    };
    return {
      actions: (actions) => {
        const able = inTime();
        return able.ok ? ok(actions.map((action) => signAction(action, { signer, now: now() }))) : able;
      },
      head: (hash) => {
        const able = inTime();
        return able.ok ? ok(headSignature(signer, hash)) : able;
      },
    };
  };

  const look = async (certificateId: string): Promise<Result<CertificateFile, ConsoleError>> => {
    const file = await files.certificate(certificateId);
    if (file.ok && !scope.isLab && holdsLabCertificate(file.value.pem)) return fail({ code: 'lab-only' });
    return file;
  };

  return {
    state,
    lock,
    stop: () => {
      takeBack();
      forget();
    },
    chain: () => (opened?.chain ?? (known ? readCertificates(known.pem) : [])).map(({ pem }) => pem),
    use: async (newScope, certificateId) => {
      takeBack();
      forget();
      scope = newScope;
      known = null;
      const file = certificateId === null ? null : await look(certificateId);
      if (scope === newScope && opened === null && file?.ok) known = file.value;
      return tell();
    },
    open: async (request) => {
      const asked = scope;
      const file = await look(request.certificateId);
      if (!file.ok) return file;
      const keyId = request.keyId ?? file.value.keyId;
      if (keyId === null) return fail({ code: 'key-missing' });
      const key = await files.key(keyId);
      if (!key.ok) return key;
      const signer = openSigner(file.value.pem, key.value.pem, request.passphrase);
      if (!signer.ok) return signer;
      const refusal = refusalOf(signer.value.certificate, now());
      if (refusal) return fail(refusal);
      // Another profile was opened meanwhile: what was checked for the first does not count for it.
      if (scope !== asked) return fail({ code: 'cancelled' });
      if (known === null || known.view.fingerprint !== signer.value.certificate.sha256) takeBack();
      forget();
      known = { ...file.value, view: certificateView(new X509Certificate(signer.value.certificate.pem)) };
      opened = signer.value;
      rest();
      return ok(tell());
    },
    buildPackage: async (input) => {
      const signer = take();
      if (!signer.ok) return signer;
      try {
        const built = await buildPackage({ ...input, signer: signer.value, now: now() });
        const trusted = [signer.value.certificate.pem];
        const verified = await verifyPackage(built.bytes, { trusted, now: now() });
        if (verified.ok) return ok(built);
        return fail({
          code: 'package-refused',
          facts: { reason: verified.error.code, path: verified.error.path ?? null },
        });
      } catch (error) {
        return fail(asFailure(error, BUILDING));
      }
    },
    signActions: (actions, how) => {
      const signer = take(how?.unattended !== true);
      if (!signer.ok) return signer;
      return ok(actions.map((action) => signAction(action, { signer: signer.value, now: now() })));
    },
    lend: (terms) => {
      const signer = take();
      if (!signer.ok) return signer;
      const ahead = terms.until - now().getTime();
      if (!(ahead > 0 && ahead <= LONGEST_GRANT)) return fail({ code: 'bad-request', field: 'signUntil' });
      const grant = makeGrant(terms, signingOf(signer.value), {
        now: () => now().getTime(),
        onEnd: (ended) => {
          lent.delete(ended);
          tell();
        },
      });
      lent.add(grant);
      tell();
      return ok(grant);
    },
    signJournalHead: (hash) => {
      const signer = take();
      return signer.ok ? ok(headSignature(signer.value, hash)) : signer;
    },
  };
}
