import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBundleFile } from '../security/bundle.ts';
import { hardeningHeaders } from '../security/csp.ts';
import { CONSOLE_ORIGIN } from '../security/navigation.ts';
import { preparePage } from '../security/page.ts';

const nothing = (): Response => new Response(null, { status: 404, headers: hardeningHeaders });

/**
 * Answers a request of the desktop's own scheme from the window's bundle below `root`. The page gets a nonce and a policy
 * of its own at each load; whatever is no plain path to a file of the bundle gets 404.
 */
export async function answerScheme(address: string, method: string, root: string): Promise<Response> {
  if (method !== 'GET' || !address.startsWith(`${CONSOLE_ORIGIN}/`)) return nothing();
  const path = address.slice(CONSOLE_ORIGIN.length).split(/[?#]/, 1)[0] ?? '';
  if (path === '/index.html') {
    const page = preparePage(await readFile(join(root, 'index.html'), 'utf8'), { bridge: null });
    return new Response(page.html, { headers: page.headers });
  }
  const file = await readBundleFile(root, path);
  if (file === null) return nothing();
  return new Response(new Uint8Array(file.bytes), { headers: { ...hardeningHeaders, 'content-type': file.type } });
}
