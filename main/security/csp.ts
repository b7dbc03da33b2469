import { randomBytes } from 'node:crypto';

/** The text in the page that each load replaces by its nonce. */
export const NONCE_MARK = '__CSP_NONCE__';

/** A nonce for one load of the page. */
export const makeNonce = (): string => randomBytes(18).toString('base64');

/**
 * The content policy of the page. Scripts come from the bundle alone; styles from the bundle or with the nonce of this
 * load, which the style engines of the window need. In the desktop entry the page may not connect to anything.
 */
export function contentPolicy(nonce: string, connect: "'self'" | "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers that go with everything the console serves to its own page, whichever entry. */
export const hardeningHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=(), payment=()',
};
