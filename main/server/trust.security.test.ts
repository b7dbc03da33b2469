import { readdirSync, readFileSync } from 'node:fs';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { fingerprintOf } from './certificate-view.ts';
import { inspect } from './inspect.ts';
import { signIn } from './session.ts';
import {
  listen,
  localAddress,
  makeCertificate,
  makeChain,
  optionsFor,
  type Pair,
  standIn,
  startServer,
} from './testing.ts';
import type { ClientCertificate, TrustMaterial } from './trust.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A bare TLS server that keeps every byte that came through the encryption. */
async function bareServer(pair: Pair, options: TlsOptions = {}) {
  const received: Buffer[] = [];
  const handshakes: string[] = [];
  const server = createTlsServer({ ...pair, ...options }, (socket) => {
    handshakes.push(socket.getProtocol() ?? '');
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  closers.push(() => server.close());
  return { port, received, handshakes };
}

const look = (
  port: number,
  trust: TrustMaterial | null,
  host = 'localhost',
  clientCertificate: ClientCertificate | null = null,
) => inspect(localAddress(port, host), { trust, proxy: '', clientCertificate });

const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

describe('first contact', () => {
  it('shows the chain of a server that nobody vouches for, without one HTTP byte and with verification on', async () => {
    const { ca, leaf, served } = await makeChain();
    const server = await bareServer(served);
    const seen = await look(server.port, null);
    expect(seen.ok && seen.value.contact.verdict).toBe('tls-untrusted');
    expect(seen.ok && seen.value.contact.chain.map(({ subject, fingerprint }) => [subject, fingerprint])).toEqual([
      ['CN=localhost', fingerprintOf(leaf.cert)],
      ['CN=Test CA', fingerprintOf(ca.cert)],
    ]);
    expect(seen.ok && fingerprintOf(seen.value.pems[0] ?? '')).toBe(fingerprintOf(leaf.cert));
    await settled();
    expect(server.received).toEqual([]);
  });

  it('says why a certificate is refused, each reason by its own word', async () => {
    const past = await makeChain({ notBefore: new Date(Date.now() - 9e8), notAfter: new Date(Date.now() - 60_000) });
    const future = await makeChain({ notBefore: new Date(Date.now() + 9e7) });
    const other = await makeChain({ names: ['srvwapt.example'] });
    for (const [{ ca, served }, verdict] of [
      [past, 'tls-expired'],
      [future, 'tls-not-yet-valid'],
      [other, 'tls-wrong-name'],
    ] as const) {
      const server = await bareServer(served);
      const seen = await look(server.port, { kind: 'ca', pem: ca.cert });
      expect(seen.ok ? seen.value.contact.verdict : seen.error).toBe(verdict);
      expect(server.received).toEqual([]);
    }
  });

  it('accepts a CA file, also of an intermediate that ends the chain', async () => {
    const root = await makeCertificate({ name: 'Root', names: [], isCa: true });
    const middle = await makeCertificate({ name: 'Middle', names: [], isCa: true }, root);
    const leaf = await makeCertificate({ name: 'localhost', addresses: ['127.0.0.1'] }, middle);
    const server = await bareServer({ cert: leaf.cert + middle.cert, key: leaf.key });
    for (const anchor of [root, middle]) {
      const seen = await look(server.port, { kind: 'ca', pem: `A comment\n${anchor.cert}` }, '127.0.0.1');
      expect(seen.ok && seen.value.contact.verdict).toBe('trusted');
    }
    await settled();
    expect(server.handshakes).toHaveLength(2);
    expect(server.received).toEqual([]);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'can look at a server that asks for a client certificate (%s)',
    async (version) => {
      const { ca, served } = await makeChain();
      const mine = await makeCertificate({ name: 'console' }, ca);
      const options: TlsOptions = {
        minVersion: version,
        maxVersion: version,
        requestCert: true,
        rejectUnauthorized: true,
        ca: ca.cert,
      };
      const server = await bareServer(served, options);
      const trust: TrustMaterial = { kind: 'ca', pem: ca.cert };
      const withIt = await look(server.port, trust, 'localhost', { certificatePem: mine.cert, keyPem: mine.key });
      expect(withIt.ok && withIt.value.contact.verdict).toBe('trusted');
      const without = await look(server.port, trust);
      // TLS 1.2 ends the handshake for want of a certificate; with 1.3 the server says so later.
      if (version === 'TLSv1.2') expect(without.ok || without.error.code).toBe('client-certificate-needed');
      else expect(without.ok && without.value.contact.chain).toHaveLength(2);
    },
  );

  it('refuses a CA file without a readable certificate instead of trusting nothing or everything', async () => {
    const { served } = await makeChain();
    const server = await bareServer(served);
    for (const pem of ['', 'hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']) {
      expect(await look(server.port, { kind: 'ca', pem })).toMatchObject({ ok: false, error: { code: 'bad-pem' } });
    }
  });
});

describe('a pinned certificate', () => {
  it('is trusted by itself, whatever its name and issuer', async () => {
    const { leaf, served } = await makeChain({ names: ['srvwapt.example'] });
    const server = await bareServer(served);
    const seen = await look(server.port, { kind: 'pin', pem: leaf.cert });
    expect(seen.ok && seen.value.contact.verdict).toBe('trusted');
  });

  it('is compared by fingerprint: another one of the same CA and name has changed', async () => {
    const { ca, leaf } = await makeChain();
    const twin = await makeCertificate({ name: 'localhost' }, ca);
    const server = await bareServer({ cert: twin.cert + ca.cert, key: twin.key });
    const seen = await look(server.port, { kind: 'pin', pem: leaf.cert });
    expect(seen.ok && seen.value.contact).toMatchObject({ verdict: 'tls-changed', expected: fingerprintOf(leaf.cert) });
  });

  it('does not vouch for certificates that it issued itself', async () => {
    const pinned = await makeCertificate({ name: 'localhost', isCa: true });
    const issued = await makeCertificate({ name: 'localhost' }, pinned);
    const server = await bareServer({ cert: issued.cert + pinned.cert, key: issued.key });
    const seen = await look(server.port, { kind: 'pin', pem: pinned.cert });
    expect(seen.ok && seen.value.contact.verdict).toBe('tls-changed');
  });

  it('expires like any other', async () => {
    const old = await makeCertificate({
      name: 'localhost',
      notBefore: new Date(Date.now() - 9e8),
      notAfter: new Date(Date.now() - 60_000),
    });
    const server = await bareServer(old);
    const seen = await look(server.port, { kind: 'pin', pem: old.cert });
    expect(seen.ok && seen.value.contact.verdict).toBe('tls-expired');
  });

  it('stops the work when the server shows another one, before a byte of the request is sent', async () => {
    const { leaf, served } = await makeChain();
    const server = await startServer(served, (asked, response) => {
      response.setHeader('connection', 'close');
      standIn(asked, response);
    });
    closers.push(server.close);
    const options = optionsFor(server, '', { trust: { kind: 'pin', pem: leaf.cert } });
    const client = await signIn(options, { user: 'admin', password: 'right' });
    if (!client.ok) throw new Error(client.error.code);
    const before = server.asked.length;
    const { served: others } = await makeChain();
    server.server.setSecureContext(others);
    const answer = await client.value.ask({ method: 'GET', path: '/api/v3/hosts' });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'tls-changed',
        facts: { expected: fingerprintOf(leaf.cert), fingerprint: fingerprintOf(others.cert) },
      },
    });
    expect(server.asked).toHaveLength(before);
  });
});

describe('the sources', () => {
  const files = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/(\.test|\/testing)\.ts$/.test(name),
  );

  it('never turn verification off', () => {
    expect(files.length).toBeGreaterThan(20);
    for (const name of files) {
      const source = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
      expect(source, name).not.toMatch(/rejectUnauthorized['"]?\s*[:=](?!\s*true\b)/);
      expect(source, name).not.toMatch(
        /NODE_TLS_REJECT_UNAUTHORIZED|ignoreCertificateErrors|ignore-certificate-errors|setCertificateVerifyProc/,
      );
    }
  });
});
