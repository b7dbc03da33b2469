import { randomUUID } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ActionFields, SignedAction } from '../../wapt/index.ts';
import type { HeadSignature } from './signer.ts';

/** What a signer is lent for: these actions, for these hosts, until then, and nothing else. */
export interface GrantTerms {
  /** Names of actions, as hosts know them. */
  readonly actions: readonly string[];
  readonly uuids: readonly string[];
  /** Milliseconds since 1970. */
  readonly until: number;
  /** The attribute that may carry chosen updates (protocol 3.8), or null. */
  readonly selectionAttribute: string | null;
}

/** A signer that was lent. It signs within its terms; it never gives a key. */
export interface SignerGrant {
  readonly id: string;
  /** ISO with zone. */
  readonly until: string;
  readonly isAlive: () => boolean;
  /** Signs all of them or none: `outside-grant` where one is not of its terms, `signer-needed` when it has ended. */
  readonly signActions: (actions: readonly ActionFields[]) => Result<readonly SignedAction[], ConsoleError>;
  /** Signs the head of a journal, 64 hexadecimal digits and nothing else. */
  readonly signJournalHead: (hash: string) => Result<HeadSignature, ConsoleError>;
  readonly end: () => void;
}

/** How long a signer may be lent at the most (milliseconds). */
export const LONGEST_GRANT = 7 * 86_400_000;

const PLAIN: ReadonlySet<string> = new Set(['action', 'uuid', 'notify_server', 'force']);

const isChosen = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');

/** What of an action is outside of the terms; null where all of it is inside. */
function outside(action: ActionFields, terms: GrantTerms, uuids: ReadonlySet<string>): string | null {
  if (typeof action.action !== 'string' || !terms.actions.includes(action.action)) return 'action';
  if (typeof action['uuid'] !== 'string' || !uuids.has(action['uuid'])) return 'uuid';
  if (action['notify_server'] !== true || action['force'] !== false) return 'attribute';
  for (const [name, value] of Object.entries(action)) {
    if (PLAIN.has(name)) continue;
    if (name !== terms.selectionAttribute || !isChosen(value)) return 'attribute';
  }
  return null;
}

/** What the signer itself does for a grant; both fail where the certificate is out of its time. */
export interface Signing {
  readonly actions: (actions: readonly ActionFields[]) => Result<readonly SignedAction[], ConsoleError>;
  readonly head: (hash: string) => Result<HeadSignature, ConsoleError>;
}

/** Lends a signer. `onEnd` is told once, whatever ended it. */
export function makeGrant(
  terms: GrantTerms,
  signing: Signing,
  { now, onEnd }: { readonly now: () => number; readonly onEnd: (grant: SignerGrant) => void },
): SignerGrant {
  const uuids = new Set(terms.uuids);
  let lent: Signing | null = signing;
  const end = (): void => {
    if (lent === null) return;
    lent = null;
    clearTimeout(timer);
    onEnd(grant);
  };
  /** The clock decides, not the timer: a computer that slept stops timers. */
  const take = (): Result<Signing, ConsoleError> => {
    if (lent !== null && now() >= terms.until) end();
    return lent === null ? fail({ code: 'signer-needed' }) : ok(lent);
  };
  const timer = setTimeout(end, Math.max(0, Math.min(terms.until - now(), LONGEST_GRANT)));
  timer.unref();
  const grant: SignerGrant = {
    id: randomUUID(),
    until: new Date(terms.until).toISOString(),
    isAlive: () => take().ok,
    signActions: (actions) => {
      const signer = take();
      if (!signer.ok) return signer;
      for (const action of actions) {
        const reason = outside(action, terms, uuids);
        if (reason !== null) return fail({ code: 'outside-grant', facts: { reason } });
      }
      return signer.value.actions(actions);
    },
    signJournalHead: (hash) => {
      const signer = take();
      return signer.ok ? signer.value.head(hash) : signer;
    },
    end,
  };
  return grant;
}
