import type { BrowserContext, Page } from '@playwright/test';

/** What a window must never do, found while a test ran. */
export interface Guard {
  /** Looks at every page that the context opens. */
  readonly watch: (context: BrowserContext) => Promise<void>;
  /** Lets pass what a test brings about on purpose, like a console that was killed. */
  readonly allow: (expected: RegExp) => void;
  readonly findings: () => readonly string[];
  /** Begins anew, with nothing found and nothing allowed. */
  readonly forget: () => void;
}

const POLICY = 'policy violation:';

const isOwn = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'data:' || protocol === 'blob:' || protocol === 'app:' || hostname === '127.0.0.1';
};

/** Watches for broken policies, errors of the page and requests to anybody else than the console. */
export function makeGuard(): Guard {
  const found: string[] = [];
  const allowed: RegExp[] = [];
  const look = (page: Page): void => {
    page.on('pageerror', (error) => found.push(`page error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') found.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!isOwn(request.url())) found.push(`request to another host: ${request.url()}`);
    });
  };
  return {
    watch: async (context) => {
      await context.addInitScript((prefix) => {
        document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`${prefix} ${event.effectiveDirective} ${event.blockedURI}`),
        );
      }, POLICY);
      for (const page of context.pages()) look(page);
      context.on('page', look);
    },
    allow: (expected) => allowed.push(expected),
    findings: () => found.filter((finding) => !allowed.some((expected) => expected.test(finding))),
    forget: () => {
      found.length = 0;
      allowed.length = 0;
    },
  };
}
