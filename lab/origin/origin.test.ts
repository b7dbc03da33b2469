import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, hour, makeClock } from '../clock.ts';
import { type FetchOutcome, fetchFile } from '../server/fetch-file.ts';
import { catalogueFile, type FileFault, makeCatalogue } from './catalogue.ts';
import { generatedUpdates } from './generated-updates.ts';
import { indexUrl, type Origin, publishedIndex, startOrigin } from './origin.ts';
import { patchTuesdays } from './publisher.ts';
import { sampleUpdates } from './sample-updates.ts';

const base = Date.UTC(2026, 10, 21, 12);
const kinds: readonly (FileFault | null)[] = [null, 'not-found', 'stalled', 'wrong-hash'];
const [template] = generatedUpdates(1, base);
if (template === undefined) throw new Error('no update');
const files = kinds.map((fault) =>
  catalogueFile(`http://download.windowsupdate.com/d/${fault ?? 'good'}.cab`, 300_000_000, fault),
);
const catalogue = makeCatalogue([{ ...template, files }]);

describe('the origin', () => {
  let origin: Origin;
  let directory: string;
  const clock = makeClock(0, 1);
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lab-origin-'));
    origin = await startOrigin(catalogue, clock, 2_000_000);
  });
  afterAll(async () => {
    await origin.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const seen: number[] = [];
  const fetch = async (
    url: string,
    port = origin.port,
  ): Promise<{ readonly path: string; readonly outcome: FetchOutcome }> => {
    const path = join(directory, url.slice(url.lastIndexOf('/') + 1));
    seen.length = 0;
    const outcome = await fetchFile({
      url,
      proxyPort: port,
      path,
      timeout: 300,
      progress: (received) => seen.push(received),
      checking: () => undefined,
      signal: new AbortController().signal,
    });
    return { path, outcome };
  };
  const urlOf = (fault: FileFault | null): string => files[kinds.indexOf(fault)]?.url ?? '';

  it('sends bytes whose SHA-1 the name tells, at a speed that can be watched', async () => {
    const started = performance.now();
    const { path, outcome } = await fetch(urlOf(null));
    expect(outcome).toMatchObject({ ok: true, size: 500_000 });
    expect(performance.now() - started).toBeGreaterThan(150);
    expect(seen.length).toBeGreaterThan(3);
    const digest = createHash('sha1').update(readFileSync(path)).digest('hex');
    expect(path).toContain(`_${digest}.cab`);
  });

  it.each([
    ['not-found', '404 Client Error: Not Found'],
    ['stalled', 'Read timed out'],
    ['wrong-hash', 'Bad sha1'],
  ] as const)('%s leaves no file, not even a part', async (fault, error) => {
    const { path, outcome } = await fetch(urlOf(fault));
    expect(outcome.ok ? '' : outcome.error).toContain(error);
    expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
  });

  it('a proxy that is not there', async () => {
    const { outcome } = await fetch(urlOf(null).replace('good', 'other'), 1);
    expect(outcome.ok ? '' : outcome.error).toContain('ProxyError');
  });

  it('gives the index of the day, dated', async () => {
    const { path, outcome } = await fetch(indexUrl);
    expect(outcome).toMatchObject({ ok: true, modified: publishedIndex(clock.now()) });
    expect(readdirSync(directory)).toContain(path.split('/').at(-1));
  }, 10_000);
});

describe('what Microsoft published', () => {
  it('has second Tuesdays', () => {
    expect(patchTuesdays(base, 2).map((date) => new Date(date).toISOString())).toEqual([
      '2026-10-13T17:00:00.000Z',
      '2026-11-10T17:00:00.000Z',
    ]);
    expect(new Date(publishedIndex(base)).toISOString()).toBe('2026-11-21T05:00:00.000Z');
    expect(publishedIndex(Date.UTC(2026, 10, 21, 4))).toBe(publishedIndex(base) - day);
  });

  it('is the same for the same seed, another for another, and names Microsoft only', () => {
    const updates = generatedUpdates(3, base);
    expect(generatedUpdates(3, base)).toEqual(updates);
    expect(generatedUpdates(4, base).map((one) => one.id)).not.toEqual(updates.map((one) => one.id));
    const all = [...updates, ...sampleUpdates()];
    expect(all.length).toBeGreaterThan(380);
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    for (const file of all.flatMap((one) => one.files)) {
      expect(new URL(file.url).hostname).toMatch(/\.(windowsupdate|microsoft)\.com$/);
      expect(file.name).toMatch(/_[0-9a-f]{40}\.[a-z]+$/);
    }
    expect(Math.max(...updates.map((one) => one.published ?? 0))).toBeLessThanOrEqual(base + hour);
  });
});
