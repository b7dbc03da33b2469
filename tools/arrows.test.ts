import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inRoot } from './paths.ts';
import { runPackage } from './run.ts';

/** A line of code in a file of the house, and the rule that refuses it (`undefined`: it is allowed). */
type Case = readonly [file: string, code: string, rule: string | undefined];

const imported = 'eslint(no-restricted-imports)';
const global = 'eslint(no-restricted-globals)';

const cases: readonly Case[] = [
  ['domain/a.ts', "import '../contract/names.ts';", imported],
  ['domain/b.ts', "import '../wapt/index.ts';", imported],
  ['domain/c.ts', "import 'node:fs';", imported],
  ['domain/d.ts', "import 'zod';", imported],
  ['domain/e.test.ts', "import './result.ts';\nimport 'vitest';\nimport 'fast-check';", undefined],

  ['contract/a.ts', "import '../wapt/index.ts';", imported],
  ['contract/schemas/b.ts', "import '../../main/console.ts';", imported],
  ['contract/c.ts', "import 'node:crypto';", imported],
  ['contract/d.ts', "import '../domain/update.ts';\nimport 'zod';\nimport 'zod/v4';", undefined],

  ['wapt/a.ts', "import '../domain/rules.ts';", imported],
  ['wapt/b.ts', "import '../main/console.ts';", imported],
  ['wapt/c.ts', "import 'axios';", imported],
  ['wapt/d.ts', "import '../contract/names.ts';", imported],
  [
    'wapt/e.ts',
    "import '../domain/result.ts';\nimport 'node:crypto';\nimport 'yauzl';\nimport '@peculiar/x509';\nimport 'reflect-metadata';",
    undefined,
  ],

  ['renderer/features/a.ts', "import '../../main/console.ts';", imported],
  ['renderer/b.ts', "import '../wapt/index.ts';", imported],
  ['renderer/c.ts', "import '../preload/browser.ts';", imported],
  ['renderer/d.ts', "import 'node:fs';", imported],
  ['renderer/e.ts', "import 'path';", imported],
  ['renderer/f.ts', "import 'electron';", imported],
  ['renderer/g.ts', "import 'axios';", imported],
  ['renderer/h.ts', "export const a = fetch('/x');", global],
  ['renderer/i.ts', "export const a = new WebSocket('/x');", global],
  ['renderer/j.ts', "export const a = new EventSource('/x');", global],
  ['renderer/k.ts', 'export const a = new XMLHttpRequest();', global],
  ['renderer/l.ts', "console.log('x');", 'eslint(no-console)'],
  ['renderer/n.ts', "import { where } from '../contract/schemas/fleet.ts';\nexport const a = where;", imported],
  [
    'renderer/o.ts',
    "import { type Where, where } from '../contract/schemas/fleet.ts';\nexport const a: Where = where;",
    imported,
  ],
  [
    'renderer/p.ts',
    "import type { Where } from '../contract/schemas/fleet.ts';\nexport const a: Where | null = null;",
    undefined,
  ],
  ['renderer/m.ts', "import '../contract/calls.ts';\nimport '../domain/update.ts';\nimport 'react';", undefined],

  ['preload/a.ts', "import '../contract/calls.ts';", imported],
  ['preload/b.ts', "import '../domain/result.ts';", imported],
  ['preload/c.ts', "import 'node:fs';", imported],
  ['preload/d.ts', "import 'electron';", imported],
  ['preload/desktop.ts', "import 'electron';\nimport '../contract/names.ts';", undefined],
  ['preload/browser.ts', "import type { Calls } from '../contract/calls.ts';\nexport type A = Calls;", undefined],

  ['main/a.ts', "import '../renderer/app/main.tsx';", imported],
  ['main/b.ts', "import '../lab/lab.ts';", imported],
  ['main/calls/c.ts', "import '../../preload/desktop.ts';", imported],
  ['main/calls/d.ts', "import 'electron';", imported],
  ['main/calls/e.ts', "import 'axios';", imported],
  ['main/calls/f.ts', "console.log('x');", 'eslint(no-console)'],
  ['main/calls/g.ts', "import 'react';", imported],
  ['main/store/h.ts', "import '../server/transport.ts';", imported],
  ['main/store/i.ts', "import 'axios';", imported],
  ['main/server/j.ts', "import '../store/store.ts';", imported],
  ['main/server/k.ts', "import 'electron';", imported],
  ['main/server/l.ts', "import 'axios';\nimport '../../wapt/index.ts';\nimport '../../domain/result.ts';", undefined],
  ['main/desktop.ts', "import 'electron';", undefined],
  ['main/platform/m.ts', "import 'electron';", undefined],
  ['main/platform/n.ts', "import 'axios';", imported],

  ['lab/a.ts', "import '../domain/rules.ts';", imported],
  ['lab/agents/b.ts', "import '../../main/console.ts';", imported],
  ['lab/c.ts', "import '../contract/names.ts';", imported],
  ['lab/d.ts', "import '../domain/result.ts';\nimport '../wapt/index.ts';\nimport 'fastify';", undefined],

  ['e2e/a.ts', "import '../renderer/app/main.tsx';", imported],
  ['e2e/pages/b.ts', "import '../../main/store/store.ts';", imported],
  ['e2e/console/d.ts', "import '../../main/store/store.ts';", imported],
  ['e2e/console/e.ts', "import '../../main/ipc/handle.ts';", undefined],
  ['e2e/c.ts', "import '../lab/lab.ts';\nimport '../main/browser.ts';", undefined],
  ['bench/a.ts', "import '../renderer/app/main.tsx';", imported],
  ['bench/screen/b.ts', "import '../../main/console.ts';", imported],
  ['bench/screen/c.ts', "import '../../renderer/grid/Grid.tsx';\nimport '../../domain/update.ts';", undefined],

  ['domain/any.ts', 'export const a: any = 1;', 'typescript(no-explicit-any)'],
  ['domain/default.ts', 'export default 1;', 'import(no-default-export)'],
  ['main/cycle-a.ts', "import { b } from './cycle-b.ts';\nexport const a = (): number => b();", 'import(no-cycle)'],
  ['main/cycle-b.ts', "import { a } from './cycle-a.ts';\nexport const b = (): number => a();", 'import(no-cycle)'],
  ['main/floating.ts', 'const work = async (): Promise<void> => {};\nwork();', 'typescript(no-floating-promises)'],
  [
    'main/switch.ts',
    "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}",
    'typescript(switch-exhaustiveness-check)',
  ],
  [
    'renderer/Hook.tsx',
    "import { useState } from 'react';\nexport function A(props: { on: boolean }) {\n  if (props.on) useState(1);\n  return null;\n}",
    'react-hooks(rules-of-hooks)',
  ],
  ['renderer/Alt.tsx', 'export const A = () => <img src="x.png" />;', 'jsx-a11y(alt-text)'],
  [
    'renderer/Danger.tsx',
    'export const A = () => <p dangerouslySetInnerHTML={{ __html: "x" }} />;',
    'react(no-danger)',
  ],
];

const reportSchema = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

let folder = '';
let refused: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arrows-'));
  const plant = (file: string, content: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  plant('.oxlintrc.json', readFileSync(inRoot('.oxlintrc.json'), 'utf8'));
  plant(
    'tsconfig.json',
    '{"compilerOptions":{"strict":true,"jsx":"react-jsx","noEmit":true,"allowImportingTsExtensions":true,"module":"preserve"}}',
  );
  for (const [file, code] of cases) plant(file, `${code}\n`);
  const ran = await runPackage('oxlint', ['--type-aware', '--format=json'], { cwd: folder });
  const { diagnostics } = reportSchema.parse(JSON.parse(ran.output.slice(ran.output.indexOf('{'))));
  refused = new Map(
    [...Map.groupBy(diagnostics, ({ filename }) => filename.replaceAll('\\', '/'))].map(([file, all]) => [
      file,
      all.map(({ code }) => code),
    ]),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the arrows of the house', () => {
  it.each(cases)('%s: %s', (file, _code, rule) => {
    const codes = refused.get(file) ?? [];
    if (rule === undefined) expect(codes).not.toContain(imported);
    else expect(codes).toContain(rule);
  });
});
