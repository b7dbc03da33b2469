import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyPackage } from '../../wapt/index.ts';
import { type Lab, startLab } from '../lab.ts';
import { type TestClient, testClient } from '../testing.ts';

describe('faults on purpose', () => {
  let directory: string;
  let lab: Lab;
  let client: TestClient;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lab-faults-'));
    lab = await startLab({ dataDir: directory, hosts: 6, pace: 50, schedules: false });
    client = testClient(lab);
  });
  afterEach(() => lab.clearFaults());
  afterAll(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const codeOf = async (answer: Promise<unknown>): Promise<string> => {
    try {
      await answer;
      return 'no error';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? String(error);
    }
  };

  it('a page instead of JSON, on one path only', async () => {
    await lab.setFault({ kind: 'html', path: '/api/v3/hosts' });
    expect((await client('GET', '/api/v3/hosts')).text).toContain('<!DOCTYPE html>');
    expect((await client('GET', '/ping')).json().success).toBe(true);
  });

  it('slow', async () => {
    await lab.setFault({ kind: 'slow', milliseconds: 120 });
    const started = performance.now();
    await client('GET', '/ping');
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  it('down, and up again on the same port', async () => {
    await lab.setFault({ kind: 'down' });
    expect(await codeOf(client('GET', '/ping'))).toBe('ECONNREFUSED');
    await lab.clearFaults();
    expect((await client('GET', '/ping')).status).toBe(200);
  });

  it('cut off, malformed, too large', async () => {
    await lab.setFault({ kind: 'cut' });
    expect(await codeOf(client('GET', '/api/v3/hosts'))).toBe('ECONNRESET');
    await lab.clearFaults();
    await lab.setFault({ kind: 'malformed' });
    const half = await client('GET', '/api/v3/hosts');
    expect(() => half.json()).toThrow(SyntaxError);
    await lab.clearFaults();
    await lab.setFault({ kind: 'over-limit', path: '/api/v3/hosts' });
    const huge = await client('GET', '/api/v3/hosts');
    expect(huge.body.length).toBeGreaterThan(64 * 1024 * 1024);
  });

  it('10,000 updates of nulls', async () => {
    await lab.setFault({ kind: 'null-updates' });
    const rows = (await client('GET', '/api/v3/windows_updates?limit=5')).json().result as { title: string | null }[];
    expect(rows.length).toBe(10_000);
    expect(rows[500]?.title).toBeNull();
  });

  it.each([
    ['client-certificate', 401],
    ['bad-gateway', 502],
    ['signed-out', 401],
  ] as const)('%s', async (kind, status) => {
    await lab.setFault({ kind });
    const answer = await client('GET', '/api/v3/hosts');
    expect(answer.status).toBe(status);
    expect(answer.headers['www-authenticate']).toBe(kind === 'signed-out' ? 'Basic realm="Login Required"' : undefined);
  });

  it.each([
    ['expired-certificate', 'CERT_HAS_EXPIRED'],
    ['wrong-name-certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['unknown-authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('%s', async (kind, code) => {
    await lab.setFault({ kind });
    expect(await codeOf(client('GET', '/ping'))).toBe(code);
  });

  it('a changed certificate of the same authority', async () => {
    await lab.setFault({ kind: 'changed-certificate' });
    expect((await client('GET', '/ping')).status).toBe(200);
  });

  it('an upload that is cut', async () => {
    await lab.setFault({ kind: 'upload-cut' });
    expect(['ECONNRESET', 'EPIPE']).toContain(
      await codeOf(client('POST', '/api/v3/upload_packages', { body: Buffer.alloc(2_000_000) })),
    );
  });

  it('a package that is not what it was', async () => {
    const [record] = (await client('GET', '/api/v3/packages')).json().result as { filename: string }[];
    const trusted = [readFileSync(join(directory, 'signer', 'authority', 'lab-packages-ca.crt'), 'utf8')];
    const good = await client('GET', `/wapt/${record?.filename ?? ''}`);
    expect((await verifyPackage(good.body, { trusted })).ok).toBe(true);
    await lab.setFault({ kind: 'corrupted-package' });
    const bad = await client('GET', `/wapt/${record?.filename ?? ''}`);
    expect(bad.body.length).toBe(good.body.length);
    expect((await verifyPackage(bad.body, { trusted })).ok).toBe(false);
  });
});
