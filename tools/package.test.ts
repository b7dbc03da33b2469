import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inRoot } from './paths.ts';
import { run } from './run.ts';

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
let unpacked = '';
let told: readonly (readonly string[])[] = [];
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

  // The tool that makes a deb or an rpm is fetched where it is missing: what it would be told is looked at, and it is not run.
  const script = join(project, 'pack.mjs');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs';
import { build, Platform } from 'electron-builder';
const told = [];
await build({
  targets: Platform.LINUX.createTarget(['dir', 'deb', 'rpm']),
  publish: 'never',
  config: { extends: './electron-builder.yml', electronDist: ${JSON.stringify(dist)} },
  effectiveOptionComputed: async ([args]) => told.push(args) > 0,
});
writeFileSync('told.json', JSON.stringify(told));
`,
  );
  const ran = await run(process.execPath, [script], { cwd: project });
  output = ran.output;
  if (ran.code !== 0) return;
  told = z.array(z.array(z.string())).parse(JSON.parse(readFileSync(join(project, 'told.json'), 'utf8')));
  unpacked = join(project, 'release', 'linux-unpacked');
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

describe('the command line in the package', () => {
  /** What stands in the program's place and says with what it was started. */
  const program = (file: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 7\n');
    chmodSync(file, 0o755);
  };
  const started = (script: string): { readonly status: number | null; readonly words: readonly string[] } => {
    const { status, stdout } = spawnSync(script, ['hosts', '--search', 'a b', '--inspect'], { encoding: 'utf8' });
    return { status, words: stdout.trimEnd().split('\n') };
  };
  const behind = ['--disable-gpu', '--cli', '--', 'hosts', '--search', 'a b', '--inspect'];

  it('is a script beside the program that starts it, also through a link, with the words as they are and its exit code', () => {
    const shipped = join(unpacked, 'waptwua');
    expect(statSync(shipped).mode & 0o777).toBe(0o755);
    expect(readFileSync(shipped, 'utf8')).toBe(readFileSync(inRoot('assets/command/waptwua'), 'utf8'));
    const place = join(folder, 'a place');
    program(join(place, 'waptwua-console'));
    cpSync(shipped, join(place, 'waptwua'));
    mkdirSync(join(folder, 'bin'));
    symlinkSync('../a place/waptwua', join(folder, 'bin', 'waptwua'));
    const wanted = { status: 7, words: ['--ozone-platform=headless', ...behind] };
    expect(started(join(place, 'waptwua'))).toEqual(wanted);
    expect(started(join(folder, 'bin', 'waptwua'))).toEqual(wanted);
  });

  it('finds the program of macOS from the folder of its resources', () => {
    const contents = join(folder, 'WAPTWUA Console.app', 'Contents');
    program(join(contents, 'MacOS', 'WAPTWUA Console'));
    mkdirSync(join(contents, 'Resources'));
    cpSync(join(unpacked, 'waptwua'), join(contents, 'Resources', 'waptwua'));
    expect(started(join(contents, 'Resources', 'waptwua'))).toEqual({ status: 7, words: behind });
  });

  it('is on the path of whoever installs the deb or the rpm, and names where these put the program', () => {
    expect(told, output).toHaveLength(2);
    for (const words of told) {
      expect(words).toContain('assets/command/waptwua=/usr/bin/waptwua');
      expect(words).toContainEqual(expect.stringMatching(/\/linux-unpacked\/=\/opt\/WAPTWUA Console$/));
    }
    expect(readFileSync(join(unpacked, 'waptwua'), 'utf8')).toContain("'/opt/WAPTWUA Console/waptwua-console'");
  });

  it('is there for Windows and macOS too', () => {
    const config = readFileSync(inRoot('electron-builder.yml'), 'utf8');
    const name = /^productName: (.+)$/m.exec(config)?.[1] ?? '';
    const script = readFileSync(inRoot('assets/command/waptwua.cmd'), 'latin1');
    expect(script).toContain(`\r\n"%~dp0${name}.exe" --disable-gpu --cli -- %*\r\nexit /b %ERRORLEVEL%\r\n`);
    expect(script).not.toMatch(/[^\r]\n/);
    const block = (of: string): string => new RegExp(`^${of}:\n((?: .*\n)+)`, 'm').exec(`${config}\n`)?.[1] ?? '';
    expect(block('win')).toContain('extraFiles:\n    - from: assets/command/waptwua.cmd\n      to: waptwua.cmd\n');
    expect(block('mac')).toContain('extraResources:\n    - from: assets/command/waptwua\n      to: waptwua\n');
  });
});
