import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ConsoleError, ErrorFact } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { codeOf, WayError } from './failures.ts';
import { LIMITS } from './limits.ts';

/** What reading a body needs to know. */
export interface Reading {
  /** Bytes after decompression. */
  readonly limit: number;
  /** Milliseconds between two bytes. */
  readonly readMs: number;
  /** Milliseconds for all of them: `LIMITS.bodyMs` in memory, no bound for what is saved. */
  readonly bodyMs?: number;
  readonly facts: Readonly<Record<string, ErrorFact>>;
  readonly signal: AbortSignal;
}

/** The decoded bytes of an answer, bounded in size and in silence; errors are `WayError`s. */
async function* boundedBody(response: IncomingMessage, reading: Reading): AsyncGenerator<Uint8Array> {
  const { limit, readMs, facts } = reading;
  const announced = Number(response.headers['content-length'] ?? 0);
  if (announced > limit) throw new WayError({ code: 'too-large', facts: { ...facts, limit, size: announced } });
  const stop = (): void => {
    response.destroy(new WayError({ code: 'cancelled', facts }));
  };
  const silent = (): void => {
    response.destroy(new WayError({ code: 'timeout', facts: { ...facts, phase: 'read' } }));
  };
  if (reading.signal.aborted) stop();
  reading.signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(silent, readMs);
  const whole = reading.bodyMs === undefined ? undefined : setTimeout(silent, reading.bodyMs);
  let size = 0;
  try {
    for await (const chunk of decoded(response)) {
      size += chunk.length;
      if (size > limit) throw new WayError({ code: 'too-large', facts: { ...facts, limit } });
      yield chunk;
      timer.refresh();
    }
  } catch (error) {
    throw reading.signal.aborted ? new WayError({ code: 'cancelled', facts }) : bodyFailure(error, { ...facts, size });
  } finally {
    reading.signal.removeEventListener('abort', stop);
    clearTimeout(timer);
    clearTimeout(whole);
    if (!response.complete) response.destroy();
  }
}

function decoded(response: IncomingMessage): AsyncIterable<Buffer> {
  if (!/^(x-)?gzip$/i.test(response.headers['content-encoding'] ?? '')) return response;
  const gunzip = createGunzip();
  response.on('error', (error) => gunzip.destroy(error));
  return response.pipe(gunzip);
}

function bodyFailure(error: unknown, facts: Readonly<Record<string, ErrorFact>>): WayError {
  if (error instanceof WayError) return error;
  const reason = codeOf(error);
  // Z_BUF_ERROR: the compressed text ends before its end.
  if (
    reason === 'Z_BUF_ERROR' ||
    reason === 'ECONNRESET' ||
    reason === 'EPIPE' ||
    reason === 'ERR_STREAM_PREMATURE_CLOSE'
  ) {
    return new WayError({ code: 'cut-off', facts: { ...facts, reason } });
  }
  if (reason === 'ETIMEDOUT') return new WayError({ code: 'timeout', facts: { ...facts, phase: 'read' } });
  return new WayError({ code: 'malformed', facts: { ...facts, reason } });
}

/** The whole body in memory: `too-large`, `cut-off`, `timeout`, `malformed` (bad compression), `cancelled`. */
export async function readBody(response: IncomingMessage, reading: Reading): Promise<Result<Buffer, ConsoleError>> {
  const chunks: Uint8Array[] = [];
  try {
    const bounded = { bodyMs: LIMITS.bodyMs, ...reading };
    for await (const chunk of boundedBody(response, bounded)) chunks.push(chunk);
  } catch (error) {
    if (error instanceof WayError) return fail(error.failure);
    throw error;
  }
  return ok(Buffer.concat(chunks));
}

/**
 * Streams the body into `path` (0600, through `path.part`, which is renamed when it is complete), computing the MD5 that the index names.
 * Beside the failures of `readBody`: `disk`.
 */
export async function saveBody(
  response: IncomingMessage,
  path: string,
  reading: Reading,
  options: {
    readonly onProgress?: (received: number) => void;
    /** Refuses what was received by its MD5; the file is then not kept. */
    readonly isRight?: (md5: string) => ConsoleError | null;
  } = {},
): Promise<Result<{ readonly size: number; readonly md5: string }, ConsoleError>> {
  const part = `${path}.part`;
  const hash = createHash('md5');
  let size = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      options.onProgress?.(size);
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.from(boundedBody(response, reading)), counter, createWriteStream(part, { mode: 0o600 }));
    const md5 = hash.digest('hex');
    const wrong = options.isRight?.(md5) ?? null;
    if (wrong !== null) throw new WayError(wrong);
    await rename(part, path);
    return ok({ size, md5 });
  } catch (error) {
    response.destroy();
    await rm(part, { force: true });
    if (error instanceof WayError) return fail(error.failure);
    return fail({ code: 'disk', facts: { reason: codeOf(error) } });
  }
}
