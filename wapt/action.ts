import type { X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../domain/result.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  type CertificateRefusal,
  type Chain,
  describeSigner,
  fingerprint,
  parseTrusted,
  readChain,
  searchChain,
  type TrustOptions,
  type VerifiedSigner,
  verifySignature,
} from './certificate.ts';
import { FormatError } from './errors.ts';
import { type Moment, momentMs, parseActionDate, utcStamp } from './moment.ts';
import type { Signer } from './signer.ts';

/** An order to a host: `action` and `uuid`, and what else the action needs (protocol 3.3). */
export type ActionFields = Readonly<Record<string, unknown>>;

/** An action with what signing adds, in the order in which it is sent (protocol 3.4). */
export interface SignedAction {
  readonly signer: string;
  readonly signature_date: string;
  readonly signer_certificate: string;
  readonly signed_attributes: readonly string[];
  readonly signature: string;
  readonly [attribute: string]: unknown;
}

const ADDED = ['signed_attributes', 'signer', 'signature_date', 'signer_certificate'] as const;
const SIGNING: ReadonlySet<string> = new Set([...ADDED, 'signature']);

const contentOf = (attributes: ActionFields): Buffer => Buffer.from(canonicalJson(attributes), 'ascii');

/**
 * Signs an action (protocol 3.4); a signature that is already there is replaced. The date is `now` in UTC.
 * Throws `FormatError`: `bad-action` without a name, `not-json` for an attribute that is not JSON, `bad-date`.
 */
export const signAction = (
  action: ActionFields,
  options: { readonly signer: Signer; readonly now?: Moment | undefined },
): SignedAction => {
  if (typeof action.action !== 'string' || action.action === '')
    throw new FormatError('bad-action', 'the action has no name');
  const { signer } = options;
  const own = Object.entries(action).filter(([name]) => !SIGNING.has(name));
  const claim = {
    ...Object.fromEntries(own),
    signer: signer.certificate.sha256,
    signature_date: utcStamp(options.now ?? new Date()),
    signer_certificate: signer.certificatePem,
    signed_attributes: [...own.map(([name]) => name), ...ADDED],
  };
  return { ...claim, signature: signer.sign(contentOf(claim)).toString('base64') };
};

/** Why an agent drops an action, in its order (protocol 3.6). */
export type ActionRefusalCode =
  | 'not-an-action'
  | 'not-signed'
  | 'certificate-missing'
  | CertificateRefusal
  | 'missing-attribute'
  | 'bad-date'
  | 'too-old'
  | 'in-the-future'
  | 'signature';

/** A refusal; `attribute` names what `missing-attribute` misses. */
export interface ActionRefusal {
  readonly code: ActionRefusalCode;
  readonly attribute?: string;
}

/** An action that agents with this trust accept. */
export interface VerifiedAction {
  /** The signed attributes alone: what stands beside them may come from anybody. */
  readonly attributes: ActionFields;
  readonly signer: VerifiedSigner;
}

const ALWAYS_SIGNED = ['uuid', 'action', 'signed_attributes', 'signer', 'signature_date'] as const;

/** What an action must have signed beside the five of every action (protocol 3.6, 3.7). */
const ALSO_SIGNED: ReadonlyMap<string, readonly string[]> = new Map([
  ['trigger_install_packages', ['packages']],
  ['trigger_remove_packages', ['packages']],
  ['trigger_forget_packages', ['packages']],
  ['trigger_change_description', ['computer_description']],
]);

const isFields = (value: unknown): value is ActionFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

const chainOf = (action: ActionFields, anchors: readonly X509Certificate[]): Chain | null => {
  const pem = action.signer_certificate;
  if (typeof pem === 'string' && pem !== '') return readChain(pem);
  const known = anchors.find((certificate) => fingerprint(certificate) === action.signer);
  return known ? [known] : null;
};

const contentOrNull = (attributes: ActionFields): Buffer | null => {
  try {
    return contentOf(attributes);
  } catch {
    return null;
  }
};

/** What a verifier takes: trust, clock, and how far the date may be off (6 hours by default, as agents do). */
export interface ActionTrust extends TrustOptions {
  readonly skewSeconds?: number | undefined;
  /** Further attributes that must be signed, for actions that a plugin registers. */
  readonly required?: readonly string[] | undefined;
}

/**
 * Whether an agent that trusts `trusted` obeys the action, checked in its order (protocol 3.6): the first refusal is the
 * answer. That `uuid` is the host's own is for the caller to compare; code signing is not asked for.
 */
export const verifyAction = (action: unknown, options: ActionTrust): Result<VerifiedAction, ActionRefusal> => {
  if (!isFields(action) || typeof action.action !== 'string') return fail({ code: 'not-an-action' });
  if (typeof action.signer !== 'string' || typeof action.signature !== 'string' || action.signature === '') {
    return fail({ code: 'not-signed' });
  }
  const now = momentMs(options.now ?? new Date());
  const anchors = parseTrusted(options.trusted);
  const chain = chainOf(action, anchors);
  if (!chain) return fail({ code: 'certificate-missing' });
  const path = searchChain(chain, anchors, now);
  if (!path.ok) return fail({ code: path.error });

  const names = isNames(action.signed_attributes) ? action.signed_attributes : [];
  const required = [...ALWAYS_SIGNED, ...(ALSO_SIGNED.get(action.action) ?? []), ...(options.required ?? [])];
  const missing = required.find((name) => !names.includes(name));
  if (missing !== undefined) return fail({ code: 'missing-attribute', attribute: missing });

  const date = parseActionDate(action.signature_date);
  if (date === null) return fail({ code: 'bad-date' });
  const skewMs = (options.skewSeconds ?? 21_600) * 1000;
  if (now - date > skewMs) return fail({ code: 'too-old' });
  if (date - now > skewMs) return fail({ code: 'in-the-future' });

  const signed = names.filter((name) => name !== 'signature');
  const attributes = Object.fromEntries(
    signed.map((name) => [name, Object.hasOwn(action, name) ? action[name] : null]),
  );
  const content = contentOrNull(attributes);
  if (!content || !verifySignature(chain[0], content, action.signature)) return fail({ code: 'signature' });
  return ok({ attributes, signer: describeSigner(path.value) });
};
