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

const refuse = (code: ErrorCode): { readonly ok: false; readonly error: { readonly code: ErrorCode } } => ({
  ok: false,
  error: { code },
});

const call: Bridge['call'] = async (name, request, desk) => {
  await listening;
  const secret = await session.secret();
  if (secret === null) return refuse('foreign-sender');
  try {
    const response = await fetch(`${BROWSER.call}${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [BROWSER.header]: secret,
        ...(desk === undefined ? {} : { [BROWSER.desk]: desk }),
      },
      body: JSON.stringify(request),
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
