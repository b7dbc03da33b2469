import { describe, expect, it } from 'vitest';
import { printable, table } from './output.ts';
import { type CommandRun, runCommand } from './run.ts';
import { askSecret } from './secrets.ts';

/** Runs a line without a console behind it. */
async function run(
  ...args: readonly string[]
): Promise<{ readonly exit: number; readonly said: string; readonly opened: number }> {
  let said = '';
  let opened = 0;
  const stream = {
    isTTY: false,
    columns: 80,
    write: (text: unknown, done?: unknown): boolean => {
      said += String(text);
      if (typeof done === 'function') (done as () => void)();
      return true;
    },
  };
  const exit = await runCommand({
    args,
    version: '1.2.3',
    language: 'en',
    out: stream,
    err: stream,
    input: { isTTY: false } as CommandRun['input'],
    open: async () => {
      opened += 1;
      const profile = { id: 'p', name: 'n', address: 'https://srv.example', user: 'admin', hasPassword: false };
      const ask = async (name: string) => ({ ok: true, value: name === 'profiles.list' ? [profile] : null });
      return { ok: true, value: { ask, stop: async () => undefined } };
    },
  });
  return { exit, said, opened };
}

describe('a secret on the line', () => {
  it.each([
    ['--password', 'hunter2'],
    ['--password=hunter2'],
    ['--passphrase', 'hunter2'],
    ['--passphrase=hunter2'],
    ['--PASSWORD=hunter2'],
    ['-p', 'hunter2'],
    ['--pass=hunter2'],
    ['--pwd', 'hunter2'],
  ])('is refused with words before anything is opened, and not repeated: %s', async (...args) => {
    for (const line of [
      ['hosts', ...args],
      [...args, 'hosts'],
      ['hosts', ...args, '--json'],
    ]) {
      const { exit, said, opened } = await run(...line);
      expect([exit, opened]).toEqual([2, 0]);
      expect(said).toContain('--password-fd');
      expect(said).not.toContain('hunter2');
    }
  });

  it.each([['1'], ['2'], ['x'], ['-1'], ['3.5'], ['9999'], ['']])('comes from no descriptor %j', async (number) => {
    expect((await run('hosts', `--password-fd=${number}`)).exit).toBe(2);
  });

  it('is asked of nobody where nobody is there', async () => {
    const { exit, said } = await run('hosts');
    expect(exit).toBe(2);
    expect(said).toContain('--password-fd');
  });
});

describe('a wrong line', () => {
  it.each([
    [[]],
    [['format-disk']],
    [['constructor']],
    [['hosts', '--no-such-option']],
    [['hosts', '--json=yes']],
    [['hosts', '--search']],
    [['hosts', '--lang', 'de']],
    [['hosts', '--lang']],
    [['--inspect']],
    [['--remote-debugging-port=9222', '--help']],
    [['trigger', 'scan', '--offline']],
    [['publish', '--offline']],
  ])('ends with 2: %j', async (args) => {
    expect((await run(...args)).exit).toBe(2);
  });

  it('is answered as JSON where that is asked for', async () => {
    const { said } = await run('hosts', '--json', '--no-such-option');
    expect(said).toContain('"ending":"usage","exit":2');
  });

  it('may ask for help and version', async () => {
    expect(await run('--version')).toMatchObject({ exit: 0, said: '1.2.3\n', opened: 0 });
    expect(await run('publish', '--help')).toMatchObject({
      exit: 0,
      opened: 0,
      said: expect.stringContaining('--rules FILE'),
    });
  });
});

describe('what goes to a terminal', () => {
  it('moves no cursor, changes no colour and turns no text around, whatever hosts say', () => {
    const nasty = 'a\u001b[2Jb\u009b31mc\u0007\r\nd\u202ee\u2066f';
    expect(printable(nasty)).toBe('a [2Jb 31mc d e f');
    const text = table([{ header: 'H', value: (row: string) => row }], [nasty], null);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it('shows nothing of a secret that is typed, and takes back what is deleted', async () => {
    let shown = '';
    const modes: boolean[] = [];
    const listeners = new Set<(chunk: Buffer) => void>();
    const input = {
      setRawMode: (isRaw: boolean) => modes.push(isRaw),
      resume: () => undefined,
      pause: () => undefined,
      on: (_name: string, take: (chunk: Buffer) => void) => listeners.add(take),
      off: (_name: string, take: (chunk: Buffer) => void) => listeners.delete(take),
    };
    const write = (text: string): void => {
      // Who answers the question at once is shown nothing either.
      if (shown === '') expect(modes).toEqual([true]);
      shown += text;
    };
    const asked = askSecret({ input: input as never, write }, 'Password: ');
    for (const part of ['hun', 'x', '\u007f', 'ter2é', '\r']) for (const take of listeners) take(Buffer.from(part));
    expect(await asked).toBe('hunter2é');
    expect(shown).toBe('Password: \n');
    expect([modes, listeners.size]).toEqual([[true, false], 0]);
  });
});
