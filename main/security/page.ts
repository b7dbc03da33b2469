import { contentPolicy, hardeningHeaders, makeNonce, NONCE_MARK } from './csp.ts';

/** The page as one load gets it. */
export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Prepares the page for one load: a fresh nonce in the page and in the policy. `bridge` is the address of the script that
 * installs the bridge in browser mode; it comes before every other script. In the desktop entry the preload does it.
 */
export function preparePage(template: string, options: { readonly bridge: string | null }): Page {
  const nonce = makeNonce();
  const marked = template.replaceAll(NONCE_MARK, nonce);
  const script = options.bridge === null ? '' : `<script src="${options.bridge}"></script>`;
  const html = marked.replace(/<head[^>]*>/i, (head) => `${head}${script}`);
  return {
    html,
    headers: {
      ...hardeningHeaders,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentPolicy(nonce, options.bridge === null ? "'none'" : "'self'"),
    },
  };
}
