import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Answer, nginxPage } from './envelope.ts';

const etagOf = (file: Stats): string => `"${Math.floor(file.mtimeMs / 1000).toString(16)}-${file.size.toString(16)}"`;

const noCache = { 'Cache-Control': 'store, no-cache, must-revalidate, post-check=0, pre-check=0', Pragma: 'no-cache' };

const rangeOf = (
  header: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | 'bad' | null => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  return from >= size || from > to ? 'bad' : { from, to };
};

/** Headers of a request that decide how a file is answered. */
export type FileRequest = {
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-modified-since'?: string | undefined;
  readonly range?: string | undefined;
  readonly 'if-range'?: string | undefined;
};

/** One file of a static tree as nginx serves it: ETag, Last-Modified, conditional requests, one range (protocol 6.4, 12.12). */
export async function fileAnswer(root: string, name: string, request: FileRequest, head: boolean): Promise<Answer> {
  const safe = !name.includes('\0') && name.split('/').every((part) => part !== '..' && part !== '.');
  const path = safe ? join(root, name) : root;
  const found = safe ? await stat(path).catch(() => null) : null;
  if (found?.isDirectory() === true) return nginxPage(403, 'Forbidden');
  const handle = found === null ? null : await open(path).catch(() => null);
  if (handle === null) return nginxPage(404, 'Not Found');
  try {
    // Of the open file: another may stand under its name by the time that its bytes are sent.
    const answer = answerOf(handle, await handle.stat(), name, request, head);
    if (!(answer.body instanceof Readable)) await handle.close();
    return answer;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function answerOf(handle: FileHandle, file: Stats, name: string, request: FileRequest, head: boolean): Answer {
  const etag = etagOf(file);
  const modified = Math.floor(file.mtimeMs / 1000) * 1000;
  const headers = { 'Last-Modified': new Date(modified).toUTCString(), ETag: etag, ...noCache };
  const since = Date.parse(request['if-modified-since'] ?? '');
  const unchanged =
    request['if-none-match'] !== undefined
      ? request['if-none-match'] === etag || request['if-none-match'] === '*'
      : since >= modified;
  if (unchanged) return { status: 304, type: null, headers, body: Buffer.alloc(0) };
  const useRange =
    request['if-range'] === undefined ||
    request['if-range'] === etag ||
    request['if-range'] === headers['Last-Modified'];
  const range = useRange ? rangeOf(request.range, file.size) : null;
  if (range === 'bad') {
    return {
      ...nginxPage(416, 'Requested Range Not Satisfiable'),
      headers: { 'Content-Range': `bytes */${file.size}` },
    };
  }
  const { from, to } = range ?? { from: 0, to: file.size - 1 };
  return {
    status: range === null ? 200 : 206,
    type: name.endsWith('.json') ? 'application/json' : 'application/octet-stream',
    headers: {
      ...headers,
      'Accept-Ranges': 'bytes',
      'Content-Length': String(file.size === 0 ? 0 : to - from + 1),
      ...(range === null ? {} : { 'Content-Range': `bytes ${from}-${to}/${file.size}` }),
    },
    body: head || file.size === 0 ? Buffer.alloc(0) : handle.createReadStream({ start: from, end: to }),
  };
}
