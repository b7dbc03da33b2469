import type { Bridge } from '../contract/bridge.ts';
import type { Answer } from '../contract/calls.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { BRIDGE, BROWSER } from '../contract/names.ts';
import { followEvents } from './event-stream.ts';
import { createListeners } from './listeners.ts';
import { openPageSession } from './page-session.ts';

const session = openPageSession();
const listeners = createListeners();
const listening = followEvents(session, listeners.tell);

/** A browser lets a request outlive its page up to 64 KiB; a longer one would be refused at once. */
const LEAVING_BYTES = 60_000;

// What a screen writes while its page goes away has to arrive all the same.
let isLeaving = false;
addEventListener('pagehide', () => (isLeaving = true), { capture: true });
addEventListener('pageshow', () => (isLeaving = false), { capture: true });

const refuse = (code: ErrorCode): { readonly ok: false; readonly error: { readonly code: ErrorCode } } => ({
  ok: false,
  error: { code },
});

const call: Bridge['call'] = async (name, request, desk) => {
  await listening;
  const secret = await session.secret();
  if (secret === null) return refuse('foreign-sender');
  const body = JSON.stringify(request);
  try {
    const response = await fetch(`${BROWSER.call}${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [BROWSER.header]: secret,
        ...(desk === undefined ? {} : { [BROWSER.desk]: desk }),
      },
      body,
      keepalive: isLeaving && body.length * 3 < LEAVING_BYTES,
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
    });
    if (response.status === 401) session.end();
    return (await response.json()) as Answer<typeof name>;
  } catch {
    return refuse('internal');
  }
};

const bridge: Bridge = Object.freeze({ call, on: listeners.on });

Object.defineProperty(globalThis, BRIDGE, { value: bridge, enumerable: true });
