import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../contract/errors.ts';
import { commands } from './commands.ts';
import { errorWords } from './error-words.ts';
import { EXIT } from './exit.ts';
import { type CommandRun, runCommand } from './run.ts';
import { askYes } from './secrets.ts';
import { english, type Language, languageOf, sayIn } from './words/say.ts';

const french = sayIn('fr');

/** Runs a line without a console behind it; what goes to either stream. */
async function run(language: Language, ...args: readonly string[]) {
  const said = { out: '', err: '' };
  const stream = (name: keyof typeof said) => ({
    isTTY: false,
    columns: 80,
    write: (text: unknown, done?: unknown): boolean => {
      said[name] += String(text);
      if (typeof done === 'function') (done as () => void)();
      return true;
    },
  });
  const exit = await runCommand({
    args,
    version: '1',
    language,
    out: stream('out'),
    err: stream('err'),
    input: { isTTY: false } as CommandRun['input'],
    open: () =>
      Promise.resolve({ ok: true, value: { ask: async () => ({ ok: true, value: [] }), stop: async () => {} } }),
  });
  return { exit, ...said };
}

/** Every text of a table of words; functions are asked with letters and threes. */
function textsOf(words: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[path, String((words as (...args: unknown[]) => unknown)('3', 3, 3, 3, 3))]];
  if (words instanceof RegExp || typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, `${path}/${key}`));
}

describe('the language', () => {
  it.each([
    [{ LC_ALL: 'fr_FR.UTF-8', LANG: 'en_US.UTF-8' }, 'fr'],
    [{ LC_ALL: '', LANG: 'fr' }, 'fr'],
    [{ LC_MESSAGES: 'fr_CA@euro', LANG: 'de_DE' }, 'fr'],
    [{ LC_ALL: 'C', LANG: 'fr_FR.UTF-8' }, 'en'],
    [{ LANG: 'fry_NL' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
  ] as const)('of %j is %s', (env, language) => expect(languageOf(env, 'en-US')).toBe(language));

  it('is that of the system where the environment says none', () => {
    expect([languageOf({}, 'fr-FR'), languageOf({}, 'en-GB'), languageOf({}, 'C')]).toEqual(['fr', 'en', 'en']);
  });

  it('is what --lang says, wherever it stands', async () => {
    for (const line of [
      ['--lang', 'fr', 'hosts', '--help'],
      ['hosts', '--help', '--lang=fr'],
    ])
      expect(await run('en', ...line)).toMatchObject({ exit: 0, out: expect.stringContaining('utilisation :') });
    expect((await run('fr', '--help', '--lang', 'en')).out).toContain('usage: waptwua');
  });

  it('changes no JSON: what a script reads is in English, what the person reads is not', async () => {
    const line = ['hosts', '--json', '--no-such-option'];
    const [en, fr] = [await run('en', ...line), await run('fr', ...line)];
    expect(fr.out).toBe(en.out);
    expect(en.out).toContain('Unknown option');
    expect(fr.err).toContain('Option inconnue');
    const none = [await run('en', 'hosts', '--json'), await run('fr', 'hosts', '--json')];
    expect(none[1]?.out).toBe(none[0]?.out);
    expect(none[1]?.err).toContain('aucun serveur n’est connu');
  });
});

describe('words', () => {
  it('say something in both languages, and the same thing nowhere but where a name stays a name', () => {
    const [en, fr] = [textsOf(english), textsOf(french)];
    expect(fr.map(([path]) => path)).toEqual(en.map(([path]) => path));
    const same = en.filter(([, text], at) => text === fr[at]?.[1]).map(([path]) => path);
    expect(same.toSorted()).toEqual(
      [
        '/updates/kbs',
        '/updates/classification',
        '/hosts/by/uuid',
        '/packages/version',
        '/packages/description',
        '/packages/signature',
        '/compliance/by/classification',
        '/compliance/by/site',
        '/compliance/rawShare',
      ].toSorted(),
    );
    for (const [path, text] of fr) expect([path, text]).not.toEqual([path, '']);
  });

  it('explain every option of every command, and every way to end', () => {
    for (const command of commands) {
      const told = Object.keys({ ...english.help.global, ...command.help(english.help) }).join(' ');
      for (const option of Object.keys(command.options))
        expect([command.name, told]).toEqual([command.name, expect.stringMatching(new RegExp(`--${option}\\b`))]);
    }
    expect(
      Object.keys(english.help.exit)
        .map(Number)
        .toSorted((a, b) => a - b),
    ).toEqual(Object.values(EXIT).toSorted((a, b) => a - b));
  });

  it('of an error name its code, also where there are no words for it', () => {
    for (const code of ERROR_CODES) expect(errorWords({ code }, french)).toMatch(new RegExp(`^.+ \\(${code}\\)$`));
    expect(errorWords({ code: 'bad-request', field: 'x', facts: { limit: 3 } }, french)).toContain(
      'champ : x, limit: 3',
    );
  });

  it.each([
    ['en', 'y', true],
    ['en', 'o', false],
    ['fr', 'oui', true],
    ['fr', 'o', true],
    ['fr', 'y', true],
    ['fr', 'n', false],
    ['fr', '', false],
  ] as const)('take in %s the answer %j as %s', async (language, answer, isYes) => {
    let shown = '';
    let take: (chunk: Buffer) => void = () => undefined;
    const input = {
      setRawMode: () => undefined,
      resume: () => undefined,
      pause: () => undefined,
      on: (_name: string, listener: typeof take) => (take = listener),
      off: () => undefined,
    };
    const asked = askYes({ input: input as never, write: (text) => void (shown += text) }, '?', sayIn(language));
    take(Buffer.from(`${answer}\n`));
    expect(await asked).toBe(isYes);
    expect(shown).toContain(language === 'fr' ? '[o/N]' : '[y/N]');
  });
});
