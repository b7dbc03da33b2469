import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackagesIndex } from '../../wapt/index.ts';
import { downloadPackage, readIndex, readPackageBytes, uploadPackage } from './repository.ts';
import { absent, optionsFor, page, recorded, replay, setStage, signedIn, standIn, startServer } from './testing.ts';

const stage = setStage();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the repository', () => {
  const record = {
    package: 'tis-wua',
    version: '3',
    section: 'wsus',
    filename: 'tis-wua_3.wapt',
    size: 5,
    md5sum: 'x',
    description: 'é',
  };

  it('reads the index, and asks for it again only if it changed', async () => {
    const index = await buildPackagesIndex({ records: [record], certificates: [] });
    stage.reply = (asked, response) => {
      const isKnown = asked.headers['if-none-match'] === '"1"';
      response.writeHead(isKnown ? 304 : 200, { etag: '"1"', 'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT' });
      response.end(isKnown ? '' : index);
    };
    const mine = await stage.client();
    const first = await readIndex(mine, null);
    expect(first).toMatchObject({
      value: {
        kind: 'index',
        size: index.length,
        validators: { etag: '"1"', lastModified: 'Tue, 14 Nov 2023 22:13:20 GMT' },
      },
    });
    if (!first.ok || first.value.kind !== 'index') throw new Error('index');
    expect(first.value.index.records[0]).toMatchObject({
      package: 'tis-wua',
      filename: 'tis-wua_3.wapt',
      description: 'é',
    });
    expect(await readIndex(mine, first.value.validators)).toEqual({ ok: true, value: { kind: 'unchanged' } });
    expect(stage.lastAsked().headers['if-modified-since']).toBe('Tue, 14 Nov 2023 22:13:20 GMT');
  });

  it('absent, malformed, client-certificate-needed: no index, no zip, a nginx that wants a certificate', async () => {
    const mine = await stage.client();
    stage.reply = absent;
    expect(await readIndex(mine, null)).toMatchObject({
      ok: false,
      error: { code: 'absent', facts: { route: '/wapt/Packages' } },
    });
    stage.reply = (_asked, response) => page(response, 200, '<html>');
    expect(await readIndex(mine, null)).toMatchObject({ ok: false, error: { code: 'malformed' } });
    stage.reply = (_asked, response) => page(response, 401, '<html>401');
    expect(await readIndex(mine, null)).toMatchObject({ ok: false, error: { code: 'client-certificate-needed' } });
  });

  const bytes = Buffer.alloc(200_000, 'wapt');
  const md5sum = createHash('md5').update(bytes).digest('hex');

  it('reads a package and compares the hash of the index', async () => {
    stage.reply = (asked, response) => {
      if (asked.url === '/wapt/a%20b.wapt') response.end(bytes);
      else page(response, 404, '<html>');
    };
    const mine = await stage.client();
    expect(await readPackageBytes(mine, { filename: './a b.wapt', md5sum })).toEqual({ ok: true, value: bytes });
    expect(await readPackageBytes(mine, { filename: 'a b.wapt', md5sum: '0'.repeat(32) })).toMatchObject({
      error: { code: 'package-refused', facts: { reason: 'md5' } },
    });
    expect(await readPackageBytes(mine, { filename: 'gone.wapt' })).toMatchObject({
      error: { code: 'not-found', facts: { filename: 'gone.wapt' } },
    });
    stage.server.asked.length = 0;
    for (const filename of ['../api/v3/hosts', 'a/b.wapt', '..', '', 'a\\b']) {
      expect(await readPackageBytes(mine, { filename })).toMatchObject({ error: { code: 'malformed' } });
    }
    expect(stage.server.asked).toHaveLength(0);
  });

  it('saves a package as a file of its owner, whole or not at all', async () => {
    stage.reply = (asked, response) => {
      if (asked.url.includes('cut')) {
        response.writeHead(200, { 'content-length': String(bytes.length) });
        response.write(bytes.subarray(0, 100_000), () => response.destroy());
      } else response.end(bytes);
    };
    const mine = await stage.client();
    const path = join(folder, 'a.wapt');
    let received = 0;
    const onProgress = (size: number) => {
      received = size;
    };
    expect(await downloadPackage(mine, { filename: 'a.wapt', md5sum }, path, { onProgress })).toEqual({
      ok: true,
      value: { path, size: bytes.length, md5: md5sum },
    });
    expect(received).toBe(bytes.length);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await downloadPackage(mine, { filename: 'cut.wapt' }, join(folder, 'b.wapt'))).toMatchObject({
      error: { code: 'cut-off' },
    });
    expect(
      await downloadPackage(mine, { filename: 'a.wapt', md5sum: '1'.repeat(32) }, join(folder, 'b.wapt')),
    ).toMatchObject({ error: { code: 'package-refused' } });
    expect(await downloadPackage(mine, { filename: 'a.wapt' }, join(folder, 'none', 'b.wapt'))).toMatchObject({
      error: { code: 'disk' },
    });
    expect(await readdir(folder)).toEqual(['a.wapt']);
  });

  it('uploads bytes or a file as one raw stream with its length, after a HEAD', async () => {
    stage.reply = (asked, response) =>
      replay(response, recorded(asked.method === 'HEAD' ? '08-upload-head' : '08-upload-stream-ok'));
    const mine = await stage.client();
    const path = join(folder, 'up.wapt');
    await writeFile(path, bytes);
    const progress: number[] = [];
    for (const source of [{ bytes }, { path }]) {
      stage.server.asked.length = 0;
      expect(await uploadPackage(mine, source, { onProgress: (sent) => progress.push(sent) })).toMatchObject({
        ok: true,
        value: { package: 'tis-grp' },
      });
      expect(stage.server.asked.map(({ method }) => method)).toEqual(['HEAD', 'POST']);
      const { headers, body } = stage.lastAsked();
      expect([headers['content-length'], headers['content-type'], headers['transfer-encoding']]).toEqual([
        String(bytes.length),
        'binary/octet-stream',
        undefined,
      ]);
      expect(headers.authorization).toMatch(/^Basic /);
      expect(body.equals(bytes)).toBe(true);
    }
    expect(progress.at(-1)).toBe(bytes.length);
    await rm(path);
  });

  it('sends nothing when the HEAD is refused, and says cut-off when the way breaks half-way', async () => {
    const mine = await stage.client();
    stage.reply = (_asked, response) => page(response, 403, '');
    expect(await uploadPackage(mine, { bytes })).toMatchObject({
      error: { code: 'forbidden', facts: { right: 'edit_wua_package' } },
    });
    expect(stage.server.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    const cutting = await startServer(stage.chain.served, (asked, response) => {
      if (!standIn(asked, response)) replay(response, recorded('08-upload-head'));
    });
    cutting.server.prependListener('request', (request) => {
      if (request.method === 'POST' && request.url?.includes('upload') === true)
        request.once('data', () => request.socket.destroy());
    });
    const other = await signedIn(optionsFor(cutting, stage.chain.ca.cert));
    expect(await uploadPackage(other, { bytes: Buffer.alloc(5_000_000) })).toMatchObject({
      error: { code: 'cut-off', facts: { route: '/api/v3/upload_packages' } },
    });
    other.close();
    await cutting.close();
  });
});
