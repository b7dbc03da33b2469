import { createHash, randomBytes } from 'node:crypto';

/** The pages that may ask. A token is shown once in an address; the page changes it for a secret that only it has. */
export interface Sessions {
  /** A fresh one-time token; an older one that nobody used ends. */
  readonly issueToken: () => string;
  /** The secret for a token, once and while the token is fresh; null else. */
  readonly exchange: (token: unknown) => string | null;
  /** Name of the session that a secret belongs to, for the log and for answers; null for anything else. */
  readonly find: (secret: unknown) => string | null;
}

/** Minutes for which a token can be used. */
export const TOKEN_MINUTES = 10;

const SESSIONS_KEPT = 64;

// Only digests are kept, and looked up by digest: how long a look takes tells nothing about a secret.
const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Makes the sessions of one start of the console. */
export function createSessions(now: () => number = Date.now): Sessions {
  const secrets = new Map<string, string>();
  let token: { readonly digest: string; readonly until: number } | null = null;
  let count = 0;
  return {
    issueToken: () => {
      const text = randomBytes(32).toString('base64url');
      token = { digest: digest(text), until: now() + TOKEN_MINUTES * 60_000 };
      return text;
    },
    exchange: (text) => {
      if (typeof text !== 'string' || token === null || now() >= token.until || digest(text) !== token.digest)
        return null;
      token = null;
      const secret = randomBytes(32).toString('base64url');
      count += 1;
      secrets.set(digest(secret), `page-${count}`);
      const [oldest] = secrets.keys();
      if (secrets.size > SESSIONS_KEPT && oldest !== undefined) secrets.delete(oldest);
      return secret;
    },
    find: (secret) => (typeof secret === 'string' ? (secrets.get(digest(secret)) ?? null) : null),
  };
}
