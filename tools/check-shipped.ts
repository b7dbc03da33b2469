import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { type ESTree, parseSync, Visitor } from 'vite';
import { out } from './paths.ts';

/** Something in `out/` that must not ship, and where it is. */
export type Finding = { readonly file: string; readonly problem: string };

/** Upper limit of each preload script, in bytes. */
export const preloadLimit = 10_000;

/**
 * The addresses that may stand in the window's bundle, each exactly, or with what follows a `/` at its end. None of them
 * is ever asked: the content policy forbids it.
 */
const allowedAddresses: readonly { readonly address: string; readonly reason: string }[] = [
  {
    address: 'http://www.w3.org/',
    reason: 'names of the SVG, MathML, XLink and XML vocabularies, needed to make such elements',
  },
  { address: 'https://react.dev/', reason: 'React: the page that explains its error numbers' },
  { address: 'https://mui.com/', reason: 'MUI: the page that explains its error numbers' },
  { address: 'https://base-ui.com/production-error', reason: 'MUI X: the page that explains its error numbers' },
  { address: 'https://www.ag-grid.com', reason: 'AG Grid: the page that explains its warnings' },
  { address: 'https://www.ag-grid.com/', reason: 'AG Grid: the page that explains its warnings' },
  { address: 'https://react.i18next.com/', reason: 'react-i18next: a page that a warning names' },
  { address: 'https://reactrouter.com/', reason: 'React Router: a page that an error names' },
  { address: 'https://github.com/ungap/', reason: 'React Router: a page that an error names' },
  { address: 'http://localhost', reason: 'React Router: a base that it reads relative addresses against' },
];

/** Names that belong to nobody (RFC 2606): the examples in forms. */
const exampleHost = /^https?:\/\/[a-z0-9.-]+\.example(?::\d+)?\.?$/i;

const isAllowed = (found: string): boolean =>
  exampleHost.test(found) ||
  allowedAddresses.some(({ address }) => found === address || (address.endsWith('/') && found.startsWith(address)));

const list = (pattern: string, folder = out): string[] =>
  globSync(pattern, { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();

/** The text of a string literal, or of a template without holes. */
function literal(node: ESTree.Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The module names that a script asks for, literally: static and dynamic imports, re-exports and `require`. */
export function importsOf(code: string): readonly string[] {
  const { program, errors } = parseSync('bundle.js', code, { sourceType: 'unambiguous' });
  if (errors.length > 0) throw new Error(`a built script does not parse: ${errors[0]?.message ?? ''}`);
  const names: string[] = [];
  const note = (node: ESTree.Node | null | undefined): void => {
    const name = literal(node);
    if (name !== undefined) names.push(name);
  };
  const requires = new Set(['require', '__require']);
  new Visitor({
    ImportDeclaration: (node) => note(node.source),
    ExportNamedDeclaration: (node) => note(node.source),
    ExportAllDeclaration: (node) => note(node.source),
    ImportExpression: (node) => note(node.source),
    VariableDeclarator: (node) => {
      // createRequire(import.meta.url), whatever the minifier calls it.
      const argument = node.init?.type === 'CallExpression' ? node.init.arguments[0] : undefined;
      const ofModule = argument?.type === 'MemberExpression' && argument.object.type === 'MetaProperty';
      if (ofModule && node.id.type === 'Identifier') requires.add(node.id.name);
    },
  }).visit(program);
  new Visitor({
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && requires.has(node.callee.name)) note(node.arguments[0]);
    },
  }).visit(program);
  return names;
}

/** The addresses in a text, each cut at the first sign that cannot be part of one. */
export const addressesOf = (code: string): readonly string[] => [
  ...new Set([...code.matchAll(/\b(?:https?|wss?):\/\/[a-z0-9[$][^\s"'`<>\\)]*/gi)].map((match) => match[0])),
];

function checkRenderer(folder: string, file: string, code: string): Finding[] {
  const found: Finding[] = [];
  for (const name of file.endsWith('.js') ? importsOf(code) : []) {
    if (isBuiltin(name) || name === 'electron') found.push({ file, problem: `asks for Node: ${name}` });
    else if (!/^[./]/.test(name)) found.push({ file, problem: `asks for a package: ${name}` });
  }
  for (const address of addressesOf(code)) {
    if (!isAllowed(address)) found.push({ file, problem: `holds an address: ${address}` });
  }
  if (file.endsWith('.html')) {
    if (/<script(?![^>]*\ssrc=)[^>]*>/i.test(code))
      found.push({ file, problem: 'holds a script of its own: the content policy refuses it' });
    if (/\son[a-z]+=["']/i.test(code))
      found.push({ file, problem: 'holds an event attribute: the content policy refuses it' });
    for (const [, source] of code.matchAll(/\s(?:src|href)="([^"]+)"/g)) {
      if (source?.startsWith('./assets/') && !existsSync(join(folder, 'renderer', source))) {
        found.push({ file, problem: `names a file that is not there: ${source}` });
      }
    }
  }
  return found;
}

/** The packages that an entry of main reaches by static imports, through its chunks. */
function reached(folder: string, entry: string): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(join(folder, file))) return;
    seen.add(file);
    for (const name of importsOf(readFileSync(join(folder, file), 'utf8'))) {
      if (name.startsWith('.')) visit(normalize(join(dirname(file), name)));
      else names.add(name);
    }
  };
  visit(entry);
  return names;
}

function checkMain(folder: string): Finding[] {
  const found: Finding[] = [];
  for (const file of list('main/**/*.js', folder)) {
    for (const name of importsOf(readFileSync(join(folder, file), 'utf8'))) {
      if (!/^[./]/.test(name) && !isBuiltin(name) && name !== 'electron') {
        found.push({ file, problem: `asks for a package that does not ship: ${name}` });
      }
    }
  }
  for (const entry of ['main/browser.js', 'main/cli.js']) {
    if (reached(folder, entry).has('electron'))
      found.push({ file: entry, problem: 'reaches electron, and must start without it' });
  }
  return found;
}

/** What an installed console starts with; a build that lacks one of them ships nothing. */
const needed = [
  'main/desktop.js',
  'main/browser.js',
  'main/cli.js',
  'preload/desktop.cjs',
  'preload/browser.js',
  'renderer/index.html',
];

/** What was not built though it must ship. */
export const checkComplete = (folder: string = out): readonly Finding[] =>
  needed.filter((file) => !existsSync(join(folder, file))).map((file) => ({ file, problem: 'is missing' }));

/** Looks through what was built for what must not ship. */
export function checkShipped(folder: string = out): readonly Finding[] {
  const found: Finding[] = [];
  for (const file of list('**/*', folder)) {
    if (/\.(map|ts|tsx|pem|key|crt|env)$/.test(file))
      found.push({ file, problem: 'must not ship: a source, a map or a key' });
    if (!/^(main|preload|renderer)\//.test(file)) found.push({ file, problem: 'is in no folder that ships' });
  }
  for (const file of list('preload/*', folder)) {
    const { size } = statSync(join(folder, file));
    if (size > preloadLimit) found.push({ file, problem: `has ${size} bytes, more than ${preloadLimit}` });
    for (const name of importsOf(readFileSync(join(folder, file), 'utf8'))) {
      if (name !== 'electron')
        found.push({ file, problem: `asks for ${name}: a preload has the bridge and nothing else` });
    }
  }
  for (const file of list('renderer/**/*.{js,css,html}', folder)) {
    found.push(...checkRenderer(folder, file, readFileSync(join(folder, file), 'utf8')));
  }
  found.push(...checkMain(folder));
  return found;
}

if (import.meta.main) {
  const found = [...checkComplete(), ...checkShipped()];
  for (const { file, problem } of found) console.log(`out/${file}: ${problem}`);
  console.log(found.length === 0 ? 'shipped: nothing that must not' : `shipped: ${found.length} found`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
