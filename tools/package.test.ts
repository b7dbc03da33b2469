import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inRoot } from './paths.ts';
import { runPackage } from './run.ts';

/** What marks the fuses in an Electron binary; then come a version, their number, and a sign each: 0 off, 1 on. */
const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

const fuses = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

type Tree = { readonly files?: Readonly<Record<string, Tree>> | undefined };
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ files: z.record(z.string(), tree).optional() }));

const paths = (node: Tree, at = ''): string[] =>
  node.files ? Object.entries(node.files).flatMap(([name, child]) => paths(child, `${at}/${name}`)) : [at.slice(1)];

let folder = '';
let output = '';
let wire = '';
let packed: readonly string[] = [];

// electron-builder runs for real, around a stand-in for Electron's binary that has nothing but the fuses.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'locales'), { recursive: true });
  writeFileSync(
    join(dist, 'electron'),
    Buffer.concat([Buffer.from(mark), Buffer.from([1, fuses.length]), Buffer.from('r'.repeat(fuses.length))]),
  );
  chmodSync(join(dist, 'electron'), 0o755);
  writeFileSync(join(dist, 'version'), '45.3.2');
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/fr.pak'])
    writeFileSync(join(dist, file), '');

  const project = join(folder, 'project');
  for (const file of [
    'out/main/desktop.js',
    'out/preload/desktop.cjs',
    'out/renderer/index.html',
    'main/desktop.ts',
    'secret.pem',
  ]) {
    mkdirSync(join(project, file, '..'), { recursive: true });
    writeFileSync(join(project, file), '0;');
  }
  cpSync(inRoot('assets'), join(project, 'assets'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'electron-builder.yml'])
    cpSync(inRoot(file), join(project, file));
  symlinkSync(inRoot('node_modules'), join(project, 'node_modules'));

  const ran = await runPackage(
    'electron-builder',
    ['build', '--linux', 'dir', '--publish', 'never', `-c.electronDist=${dist}`],
    { cwd: project },
  );
  output = ran.output;
  if (ran.code !== 0) return;
  const unpacked = join(project, 'release', 'linux-unpacked');
  const binary = readFileSync(join(unpacked, 'waptwua-console'), 'latin1');
  wire = binary.slice(binary.indexOf(mark) + mark.length + 2);
  const archive = readFileSync(join(unpacked, 'resources', 'app.asar'));
  const header = archive.toString('utf8', 16, 16 + archive.readUInt32LE(12));
  packed = paths(tree.parse(JSON.parse(header))).toSorted();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('is made from the configuration as it stands', () => {
    expect(wire, output).toHaveLength(fuses.length);
  });

  it('holds what was built, and nothing else', () => {
    expect(packed).toEqual([
      'out/main/desktop.js',
      'out/preload/desktop.cjs',
      'out/renderer/index.html',
      'package.json',
    ]);
  });

  it.each([
    ['runAsNode', false],
    ['enableCookieEncryption', true],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['loadBrowserProcessSpecificV8Snapshot', false],
    ['grantFileProtocolExtraPrivileges', false],
  ] as const)('has the fuse %s %s', (name, on) => {
    expect(wire[fuses.indexOf(name)]).toBe(on ? '1' : '0');
  });
});
