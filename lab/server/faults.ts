import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../options.ts';
import { loginRequired, nginxPage } from './envelope.ts';
import { send } from './routing.ts';

/** Faults that change what is sent; those of certificates, of the port and of the proxy are the lab's own work. */
export type Faults = {
  readonly set: (fault: Fault) => void;
  readonly clear: () => void;
  /** Puts the hooks on a server that has no routes yet. */
  readonly install: (app: FastifyInstance) => void;
};

const strangePage =
  '<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Please sign in to the network</h1></body></html>';
const overLimit = 70 * 1024 * 1024;

const emptyUpdates = (): Record<string, unknown>[] => {
  const keys = [
    'title',
    'update_type',
    'kbids',
    'severity',
    'changetime',
    'product',
    'classification',
    'download_urls',
    'min_download_size',
    'max_download_size',
    'superseded_update_ids',
    'security_bulletin_ids',
    'languages',
    'downloaded_on',
    'created_on',
    'updated_on',
    'local_status_status',
    'local_status_installed',
    'local_status_hidden',
    'local_status_history',
  ];
  const blank = Object.fromEntries(keys.map((key) => [key, null]));
  const titles: Readonly<Record<number, string>> = {
    0: '<img src=x onerror="alert(1)"><b>bold</b> & "quotes"',
    1: 'عنوان من اليمين إلى اليسار (KB5000001)',
    2: '\u202Egnp.exe\u202C reversed',
    3: 'x'.repeat(4000),
  };
  return Array.from({ length: 10_000 }, (_, index) => ({
    ...blank,
    update_id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}_1`,
    title: titles[index] ?? null,
  }));
};

async function* halfOf(payload: Buffer, request: FastifyRequest): AsyncGenerator<Buffer> {
  yield payload.subarray(0, Math.max(1, Math.floor(payload.length / 2)));
  await wait(30);
  request.raw.socket.destroy();
}

async function* firstOf(payload: Readable, request: FastifyRequest): AsyncGenerator<Buffer> {
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    yield chunk.subarray(0, Math.max(1, Math.floor(chunk.length / 2)));
    await wait(30);
    request.raw.socket.destroy();
    return;
  }
}

async function* changedByte(payload: Readable): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    const copy = Buffer.from(chunk);
    if (first) copy.writeUInt8(copy.readUInt8(copy.length >> 1) ^ 0xff, copy.length >> 1);
    first = false;
    yield copy;
  }
}

async function* hugeAnswer(): AsyncGenerator<string> {
  yield '{"msg":"","success":true,"request_time":null,"result":["';
  const block = 'x'.repeat(1024 * 1024);
  for (let sent = 0; sent < overLimit; sent += block.length) yield block;
  yield '"]}';
}

/** Makes the switchboard of a lab's faults. */
export function makeFaults(): Faults {
  const active = new Map<Fault['kind'], Fault>();
  let answers = 0;
  const on = (kind: Fault['kind'], request: FastifyRequest): Fault | null => {
    const fault = active.get(kind);
    return fault !== undefined && request.url.startsWith(fault.path ?? '/') ? fault : null;
  };

  const before = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const slow = on('slow', request);
    if (slow !== null) await wait(slow.milliseconds ?? 3000);
    const slower = on('slower', request);
    if (slower !== null) {
      answers += 1;
      await wait((slower.milliseconds ?? 200) * answers);
    }
    if (on('html', request) !== null)
      return send(reply, { status: 200, type: 'text/html; charset=utf-8', body: Buffer.from(strangePage) });
    if (on('client-certificate', request) !== null) return send(reply, nginxPage(401, 'Authorization Required'));
    if (on('bad-gateway', request) !== null) return send(reply, nginxPage(502, 'Bad Gateway'));
    if (on('signed-out', request) !== null && request.url.startsWith('/api/')) return send(reply, loginRequired());
    if (
      on('upload-cut', request) !== null &&
      request.method === 'POST' &&
      request.url.startsWith('/api/v3/upload_packages')
    ) {
      request.raw.once('data', () => request.raw.socket.destroy());
      return reply.hijack();
    }
    return undefined;
  };

  const after = (request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown => {
    if (payload instanceof Readable) {
      if (on('cut', request) !== null) return Readable.from(firstOf(payload, request));
      if (on('corrupted-package', request) !== null && /^\/wapt\/.*\.wapt$/.test(request.url))
        return Readable.from(changedByte(payload));
      return payload;
    }
    if (!Buffer.isBuffer(payload) || request.method === 'HEAD') return payload;
    if (on('over-limit', request) !== null) {
      void reply.removeHeader('Content-Length').removeHeader('Content-Encoding');
      return Readable.from(hugeAnswer());
    }
    if (on('null-updates', request) !== null && /windows_updates(\?|$)|field=wsusupdates/.test(request.url)) {
      void reply.removeHeader('Content-Length').removeHeader('Content-Encoding');
      return Buffer.from(JSON.stringify({ msg: '', success: true, request_time: null, result: emptyUpdates() }));
    }
    if (on('malformed', request) !== null) {
      void reply.removeHeader('Content-Length').removeHeader('Content-Encoding');
      return Buffer.from(payload.subarray(0, Math.floor(payload.length / 2)));
    }
    if (on('cut', request) !== null) {
      void reply.header('Content-Length', String(payload.length));
      return Readable.from(halfOf(payload, request));
    }
    return payload;
  };

  return {
    set: (fault) => {
      active.set(fault.kind, fault);
      answers = 0;
    },
    clear: () => active.clear(),
    install: (app) => {
      app.addHook('onRequest', before);
      app.addHook('onSend', async (request, reply, payload) => after(request, reply, payload));
    },
  };
}
