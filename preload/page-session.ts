import { BROWSER } from '../contract/names.ts';

/** The right of this tab to ask. */
export interface PageSession {
  /** The secret; null when this page was never let in, or no longer is. */
  readonly secret: () => Promise<string | null>;
  /** Main does not know the secret any more. */
  readonly end: () => void;
}

const TOKEN = /^#token=([\w-]{20,200})$/;

/** Takes the one-time token out of the address, so that neither history nor a copied address keeps it. */
function takeToken(): string | null {
  const token = TOKEN.exec(location.hash)?.[1] ?? null;
  if (token !== null) history.replaceState(null, '', location.pathname);
  return token;
}

async function exchange(token: string): Promise<string | null> {
  try {
    const response = await fetch(BROWSER.exchange, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      credentials: 'omit',
      redirect: 'error',
    });
    const answer: unknown = response.ok ? await response.json() : null;
    const isSecret = typeof answer === 'object' && answer !== null && 'secret' in answer;
    return isSecret && typeof answer.secret === 'string' ? answer.secret : null;
  } catch {
    return null;
  }
}

/**
 * Opens the session of this tab: a token in the address is changed for a secret, else the one of an earlier load of the
 * tab goes on. The secret lies in `sessionStorage`, which no other tab and no other port can read.
 */
export function openPageSession(): PageSession {
  const token = takeToken();
  let secret = (async () => {
    const fresh = token === null ? null : await exchange(token);
    if (fresh !== null) sessionStorage.setItem(BROWSER.storageKey, fresh);
    return sessionStorage.getItem(BROWSER.storageKey);
  })();
  return {
    secret: () => secret,
    end: () => {
      sessionStorage.removeItem(BROWSER.storageKey);
      secret = Promise.resolve(null);
    },
  };
}
