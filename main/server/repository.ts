import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { FormatError, type PackagesIndex, parsePackagesIndex } from '../../wapt/index.ts';
import { readBody, saveBody } from './body.ts';
import type { ServerClient } from './client.ts';
import { statusFailure } from './envelope.ts';
import { codeOf } from './failures.ts';
import { count, isRecord, readRows, text } from './tolerant.ts';
import type { OpenAnswer } from './transport.ts';

/** By which a server knows whether a file is still the one we have. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What reading the index gave. `readAt` ISO, `size` in bytes. */
export type IndexRead =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'index';
      readonly index: PackagesIndex;
      readonly validators: Validators;
      readonly readAt: string;
      readonly size: number;
    };

/** What names a package file in the index. */
export interface PackageFile {
  readonly filename: string;
  readonly md5sum?: string | null;
  readonly size?: number | null;
}

/** A package as the server took it. */
export interface UploadedPackage {
  readonly filename: string;
  readonly package: string;
  readonly version: string;
  readonly md5sum: string | null;
  readonly size: number | null;
}

/** An opened file, its body still to be read. */
export type Opened = Result<OpenAnswer & { readonly signal: AbortSignal }, ConsoleError>;

const header = (name: string, value: string | null | undefined): Readonly<Record<string, string>> =>
  value === null || value === undefined ? {} : { [name]: value };

/** Opens a file that nginx serves; a status other than 200 and 304 is a failure, read with what its body says. */
export async function openFile(
  client: ServerClient,
  path: string,
  known: Validators | null,
  signal?: AbortSignal,
): Promise<Opened> {
  const request = {
    method: 'GET',
    path,
    headers: {
      ...header('if-none-match', known?.etag),
      ...header('if-modified-since', known?.lastModified),
    },
  } as const;
  const opened = await client.file(request, signal);
  if (!opened.ok || opened.value.status === 200 || opened.value.status === 304) return opened;
  const facts = { ...client.transport.factsOf(request), status: opened.value.status };
  const body = await readBody(opened.value.response, {
    limit: 65_536,
    readMs: client.transport.limits.readMs,
    facts,
    signal: opened.value.signal,
  });
  const failure = statusFailure(opened.value, body.ok ? body.value.toString('utf8') : '', request, 'file');
  return fail({ code: failure?.code ?? 'malformed', facts: { ...facts, ...failure?.facts } });
}

/** Reads the index of the repository if it changed since `known` (protocol 6.4). `absent` on a server without packages. */
export async function readIndex(
  client: ServerClient,
  known: Validators | null,
  signal?: AbortSignal,
): Promise<Result<IndexRead, ConsoleError>> {
  const path = '/wapt/Packages';
  const opened = await openFile(client, path, known, signal);
  if (!opened.ok) return opened;
  const { response, headers, status, signal: merged } = opened.value;
  if (status === 304) {
    response.resume();
    return ok({ kind: 'unchanged' });
  }
  const facts = client.transport.factsOf({ path });
  const { json: limit, readMs } = client.transport.limits;
  const body = await readBody(response, { limit, readMs, facts, signal: merged });
  if (!body.ok) return body;
  try {
    return ok({
      kind: 'index',
      index: await parsePackagesIndex(body.value),
      validators: { etag: headers['etag'] ?? null, lastModified: headers['last-modified'] ?? null },
      readAt: new Date().toISOString(),
      size: body.value.length,
    });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail({ code: 'malformed', facts: { ...facts, reason: error.code } });
  }
}

/** The path of a package, or null for a name that is no plain file name: names come from the server. */
function packagePath(filename: string): string | null {
  const plain = filename.replace(/^\.\//, '');
  return plain === '' || plain === '.' || plain === '..' || /[/\\\0]/.test(plain)
    ? null
    : `/wapt/${encodeURIComponent(plain)}`;
}

async function openPackage(client: ServerClient, file: PackageFile, signal?: AbortSignal): Promise<Opened> {
  const path = packagePath(file.filename);
  if (path === null)
    return fail({ code: 'malformed', facts: { host: client.transport.address.host, filename: file.filename } });
  const opened = await openFile(client, path, null, signal);
  if (opened.ok || opened.error.code !== 'absent') return opened;
  return fail({ ...opened.error, code: 'not-found', facts: { ...opened.error.facts, filename: file.filename } });
}

const wrongHash = (client: ServerClient, file: PackageFile, md5: string): ConsoleError | null => {
  const expected = file.md5sum?.toLowerCase() ?? null;
  if (expected === null || expected === '' || expected === md5) return null;
  const facts = {
    host: client.transport.address.host,
    filename: file.filename,
    reason: 'md5',
    fingerprint: md5,
    expected,
  };
  return { code: 'package-refused', facts };
};

/**
 * Reads a package into memory, at most 64 MB (rule packages are a few kilobytes). `not-found` when the file went away, `package-refused` with
 * the reason `md5` when it is not the one of the index. Its signature is checked elsewhere.
 */
export async function readPackageBytes(
  client: ServerClient,
  file: PackageFile,
  signal?: AbortSignal,
): Promise<Result<Uint8Array, ConsoleError>> {
  const opened = await openPackage(client, file, signal);
  if (!opened.ok) return opened;
  const { json: limit, readMs } = client.transport.limits;
  const facts = { host: client.transport.address.host, filename: file.filename };
  const body = await readBody(opened.value.response, { limit, readMs, facts, signal: opened.value.signal });
  if (!body.ok) return body;
  const wrong = wrongHash(client, file, createHash('md5').update(body.value).digest('hex'));
  return wrong === null ? ok(body.value) : fail(wrong);
}

/** Streams a package of at most 4 GB into a file. Beside the failures of `readPackageBytes`: `disk`. */
export async function downloadPackage(
  client: ServerClient,
  file: PackageFile,
  destination: string,
  options: { readonly onProgress?: (received: number) => void } = {},
  signal?: AbortSignal,
): Promise<Result<{ readonly path: string; readonly size: number; readonly md5: string }, ConsoleError>> {
  const opened = await openPackage(client, file, signal);
  if (!opened.ok) return opened;
  const { package: limit, readMs } = client.transport.limits;
  const facts = { host: client.transport.address.host, filename: file.filename };
  const saved = await saveBody(
    opened.value.response,
    destination,
    { limit, readMs, facts, signal: opened.value.signal },
    { isRight: (md5) => wrongHash(client, file, md5), ...options },
  );
  return saved.ok ? ok({ path: destination, ...saved.value }) : saved;
}

const doneShape = { filename: text, package: text, version: text, md5sum: text, size: count } as const;

/** What to send: bytes in memory, or a file. */
export type UploadSource = { readonly bytes: Uint8Array } | { readonly path: string };

const CHUNK = 65_536;

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK) yield bytes.subarray(from, from + CHUNK);
}

const counting = (onBytes: (bytes: number) => void): Transform =>
  new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });

/**
 * Uploads one package as a raw stream with its length (protocol 6.1), after a HEAD that finds out about credentials and rights before
 * anything is sent. `upload-refused` with what the server said; `cut-off` when the way broke: re-read the index to know what arrived.
 */
export async function uploadPackage(
  client: ServerClient,
  source: UploadSource,
  options: { readonly onProgress?: (sent: number, total: number) => void } = {},
  signal?: AbortSignal,
): Promise<Result<UploadedPackage, ConsoleError>> {
  const path = '/api/v3/upload_packages';
  const facts = client.transport.factsOf({ path });
  const length = 'bytes' in source ? source.bytes.length : await sizeOf(source.path);
  if (length === null) return fail({ code: 'disk', facts: { reason: 'ENOENT' } });
  const limit = client.transport.limits.package;
  if (length > limit) return fail({ code: 'too-large', facts: { ...facts, limit, size: length } });
  const probe = await client.ask({ method: 'HEAD', path }, signal);
  // The empty body of HEAD is no envelope: only what the status says counts.
  if (!probe.ok && probe.error.code !== 'malformed') return probe;
  let sent = 0;
  const open = (): Readable => {
    const counter = counting((bytes) => {
      sent += bytes;
      options.onProgress?.(sent, length);
    });
    const body: Readable = 'bytes' in source ? Readable.from(chunksOf(source.bytes)) : createReadStream(source.path);
    body.once('error', (error) => counter.destroy(error));
    return body.pipe(counter);
  };
  const answer = await client.ask(
    { method: 'POST', path, upload: { open, length }, waitMs: client.transport.limits.uploadMs },
    signal,
  );
  if (!answer.ok) {
    return answer.error.code === 'server-said' ? fail({ ...answer.error, code: 'upload-refused' }) : answer;
  }
  return readUploaded(client, answer.value.result, answer.value.message);
}

function readUploaded(client: ServerClient, result: unknown, message: string): Result<UploadedPackage, ConsoleError> {
  const route = '/api/v3/upload_packages';
  const read = readRows(
    doneShape,
    isRecord(result) ? (result['done'] ?? null) : null,
    { route, onOdd: client.onOdd },
    (raw) =>
      raw.filename === null
        ? null
        : {
            filename: raw.filename,
            package: raw.package ?? '',
            version: raw.version ?? '',
            md5sum: raw.md5sum,
            size: raw.size,
          },
  );
  if (!read.ok) return read;
  const [uploaded] = read.value.rows;
  const facts = { ...client.transport.factsOf({ path: route }), serverCode: '', serverMessage: message };
  return uploaded === undefined ? fail({ code: 'upload-refused', facts }) : ok(uploaded);
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** What the server said about a deletion. Its message is all it tells, and it is re-read in the index what is really gone. */
export interface DeletedPackages {
  /** Null where the message has no counts. */
  readonly deleted: number | null;
  readonly failed: number | null;
  readonly message: string;
}

/** Deletes package files by the names of the index (protocol 6.2). The server says yes always. */
export async function deletePackages(
  client: ServerClient,
  filenames: readonly string[],
  signal?: AbortSignal,
): Promise<Result<DeletedPackages, ConsoleError>> {
  const answer = await client.ask({ method: 'POST', path: '/api/v3/packages_delete', json: filenames }, signal);
  if (!answer.ok) return answer;
  const { message } = answer.value;
  const deleted = /(\d+) packages? deleted/i.exec(message)?.[1];
  const failed = /(\d+) packages? could not be deleted/i.exec(message)?.[1];
  return ok({
    deleted: deleted === undefined ? null : Number(deleted),
    failed: failed === undefined ? (deleted === undefined ? null : 0) : Number(failed),
    message,
  });
}
