import { createHash } from 'node:crypto';
import { createWriteStream, renameSync, rmSync, utimesSync, type WriteStream } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';

/** What a download tells while it runs, in bytes; `target` is null until the length is known. */
export type FetchProgress = (received: number, target: number | null) => void;

/** How a download ended. Texts are those of the real server's HTTP library, as its task rows show them. */
export type FetchOutcome =
  | { readonly ok: true; readonly size: number; readonly modified: number | null }
  | { readonly ok: false; readonly error: string };

/** One download: from Microsoft's address, by way of a proxy on loopback, into a file beside a `.part`. */
export type FetchOptions = {
  readonly url: string;
  readonly proxyPort: number;
  readonly path: string;
  /** Without a byte for this long, the download fails. Milliseconds. */
  readonly timeout: number;
  readonly progress: FetchProgress;
  readonly checking: () => void;
  readonly signal: AbortSignal;
};

const sha1InName = (name: string): string | null => /_([0-9a-f]{40})\.[a-z]+$/i.exec(name)?.[1]?.toLowerCase() ?? null;

const open = (options: FetchOptions, method: 'GET' | 'HEAD'): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { host, pathname } = new URL(options.url);
    let answered: IncomingMessage | undefined;
    const outgoing = request({
      host: '127.0.0.1',
      port: options.proxyPort,
      method,
      path: options.url,
      headers: { Host: host },
      signal: options.signal,
      agent: false,
    });
    outgoing.setTimeout(options.timeout, () => {
      const error = new Error(`HTTPConnectionPool(host='${host}', port=80): Read timed out. (read timeout=60)`);
      (answered ?? outgoing).destroy(error);
    });
    outgoing.on('response', (response) => {
      answered = response;
      resolve(response);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const refused = error.code === 'ECONNREFUSED';
      reject(
        refused
          ? new Error(
              `HTTPConnectionPool(host='${host}', port=80): Max retries exceeded with url: ${pathname} (Caused by ProxyError('Cannot connect to proxy.', NewConnectionError('Connection refused')))`,
            )
          : error,
      );
    });
    outgoing.end();
  });

const modifiedOf = (response: IncomingMessage): number | null => {
  const modified = Date.parse(response.headers['last-modified'] ?? '');
  return Number.isNaN(modified) ? null : modified;
};

/** When the file at the address was last modified, in milliseconds; null when it cannot be told. */
export async function headModified(options: FetchOptions): Promise<number | null> {
  try {
    const response = await open(options, 'HEAD');
    response.resume();
    return modifiedOf(response);
  } catch {
    return null;
  }
}

/** Downloads a file, checks the SHA-1 of its name (protocol 4.5), and puts it in place only when it is whole and right. */
export async function fetchFile(options: FetchOptions): Promise<FetchOutcome> {
  const part = `${options.path}.part`;
  let output: WriteStream | undefined;
  try {
    const response = await open(options, 'GET');
    if (response.statusCode !== 200) {
      response.resume();
      return {
        ok: false,
        error: `${response.statusCode ?? 0} Client Error: ${response.statusMessage ?? ''} for url: ${options.url}`,
      };
    }
    const target = Number(response.headers['content-length'] ?? Number.NaN);
    const hash = createHash('sha1');
    const file = createWriteStream(part);
    output = file;
    let received = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      hash.update(chunk);
      received += chunk.length;
      if (!file.write(chunk)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
      options.progress(received, Number.isNaN(target) ? null : target);
    }
    await new Promise<void>((resolve, reject) => {
      file.on('error', reject);
      file.end(resolve);
    });
    options.checking();
    const expected = sha1InName(options.path);
    const actual = hash.digest('hex');
    if (expected !== null && actual !== expected) {
      rmSync(part, { force: true });
      return { ok: false, error: `Bad sha1 for ${options.url}: expected ${expected}, got ${actual}` };
    }
    const modified = modifiedOf(response);
    if (modified !== null) utimesSync(part, new Date(modified), new Date(modified));
    renameSync(part, options.path);
    return { ok: true, size: received, modified };
  } catch (error) {
    output?.destroy();
    rmSync(part, { force: true });
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}
