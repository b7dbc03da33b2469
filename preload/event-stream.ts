import { BROWSER } from '../contract/names.ts';
import type { PageSession } from './page-session.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const HIDDEN_MS = 10_000;
/** How often a hidden tab looks what happened, so that its title can tell of it. */
const LOOK_MS = 60_000;

type Tell = (name: unknown, payload: unknown, desk: unknown) => void;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Waits while the tab is hidden, but for a look now and then. */
const untilShown = (): Promise<void> =>
  new Promise((done) => {
    if (!document.hidden) return done();
    const go = (): void => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', listen);
      done();
    };
    const listen = (): void => {
      if (!document.hidden) go();
    };
    const timer = setTimeout(go, LOOK_MS);
    document.addEventListener('visibilitychange', listen);
  });

/** Ends a stream some time after the tab was hidden: a browser allows six connections to a server, and tabs share them. */
function endWhenHidden(abort: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = (): void => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(abort, HIDDEN_MS);
  };
  document.addEventListener('visibilitychange', listen);
  listen();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', listen);
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/**
 * Follows what main tells, for as long as the page lives; after a break it asks for what it missed. The answer resolves when
 * the first attempt to connect is over: a question asked after that misses no event.
 */
export function followEvents(session: PageSession, tell: Tell): Promise<void> {
  let seen: number | null = null;
  let connected: () => void = () => undefined;
  const first = new Promise<void>((done) => {
    connected = done;
  });

  const follow = async (secret: string): Promise<'ended' | 'refused'> => {
    const controller = new AbortController();
    const stopWatching = endWhenHidden(() => controller.abort());
    try {
      const response = await fetch(seen === null ? BROWSER.events : `${BROWSER.events}?after=${seen}`, {
        headers: { [BROWSER.header]: secret },
        credentials: 'omit',
        redirect: 'error',
        cache: 'no-store',
        signal: controller.signal,
      });
      connected();
      if (response.status === 401) return 'refused';
      if (!response.ok || response.body === null) return 'ended';
      for await (const line of linesOf(response.body)) {
        if (line === '') continue;
        const event = JSON.parse(line) as {
          readonly id: number;
          readonly name: unknown;
          readonly payload: unknown;
          readonly desk: unknown;
        };
        seen = event.id;
        tell(event.name, event.payload, event.desk);
      }
      return 'ended';
    } finally {
      stopWatching();
    }
  };

  const live = async (): Promise<void> => {
    let wait = FIRST_WAIT_MS;
    for (;;) {
      await untilShown();
      const secret = await session.secret();
      if (secret === null) return connected();
      const started = performance.now();
      const outcome = await follow(secret).catch(() => 'ended' as const);
      connected();
      if (outcome === 'refused') return session.end();
      wait = performance.now() - started > LONGEST_WAIT_MS ? FIRST_WAIT_MS : Math.min(2 * wait, LONGEST_WAIT_MS);
      await pause(wait * (0.5 + Math.random() / 2));
    }
  };

  void live();
  return first;
}
