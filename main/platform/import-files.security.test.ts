import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportRegistry, IMPORT_LIMIT } from './import-files.ts';
import { temporaryFolder, testPlatform } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let folder: string;

beforeEach(() => {
  own = temporaryFolder();
  folder = join(own.path, 'imports');
  mkdirSync(folder);
});
afterEach(() => own.remove());

const registry = (over = {}) => createImportRegistry({ platform: testPlatform(own.path, over) });

describe('files to import', () => {
  it('are known by ids that tell nothing of where they lie', async () => {
    writeFileSync(join(folder, 'a.csv'), 'cve,kb');
    writeFileSync(join(folder, 'b.exe'), 'MZ');
    mkdirSync(join(folder, 'c.csv'));
    const files = registry();
    const { files: found } = await files.list();
    expect(found.map((file) => file.name)).toEqual(['a.csv']);
    expect(found[0]?.id).toMatch(/^[\w-]{32}$/);
    expect(await files.read(found[0]?.id ?? '')).toMatchObject({ ok: true, value: { name: 'a.csv' } });
    expect(await registry().read(found[0]?.id ?? '')).toMatchObject({ error: { code: 'not-found' } });
  });

  it.each(['/etc/passwd', '../a.csv', 'a.csv', ''])('are never read by what a window makes up: %j', async (id) => {
    writeFileSync(join(folder, 'a.csv'), 'cve,kb');
    writeFileSync(join(own.path, 'settings.json'), '{}');
    for (const asked of [id, join(own.path, 'settings.json')])
      expect(await registry().read(asked)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('are refused when they are too large, and are read whole when they are not', async () => {
    writeFileSync(join(folder, 'large.csv'), '');
    truncateSync(join(folder, 'large.csv'), IMPORT_LIMIT + 1);
    writeFileSync(join(folder, 'small.csv'), 'x'.repeat(100_000));
    symlinkSync('/dev/zero', join(folder, 'endless.csv'));
    const files = registry();
    const { files: found } = await files.list();
    expect(found.map((file) => file.name).sort()).toEqual(['large.csv', 'small.csv']);
    const idOf = (name: string): string => found.find((file) => file.name === name)?.id ?? '';
    expect(await files.read(idOf('large.csv'))).toMatchObject({ error: { code: 'too-large' } });
    const small = await files.read(idOf('small.csv'));
    expect(small.ok && small.value.bytes.length).toBe(100_000);
  });

  it('are chosen in main’s own dialog where there is one', async () => {
    const path = join(own.path, 'elsewhere.json');
    writeFileSync(path, '{}');
    expect(await registry().browse()).toMatchObject({ error: { code: 'unavailable' } });
    const files = registry({ canBrowseFiles: true, browseFile: () => Promise.resolve(path) });
    const chosen = await files.browse();
    expect(chosen).toMatchObject({ ok: true, value: { name: 'elsewhere.json', size: 2 } });
    expect((await files.list()).files.map((file) => file.name)).toEqual(['elsewhere.json']);
    const cancelled = registry({ canBrowseFiles: true, browseFile: () => Promise.resolve(null) });
    expect(await cancelled.browse()).toEqual({ ok: true, value: null });
  });
});
