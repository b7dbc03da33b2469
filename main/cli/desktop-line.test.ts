import { describe, expect, it } from 'vitest';
import { commandArguments } from './desktop-line.ts';

describe('the line of the desktop', () => {
  it.each([[[]], [['--server', 'https://srv.example']], [['--no-sandbox', '--data', '/d']], [['cli']]])(
    'means a window: %j',
    (words) => expect(commandArguments(words)).toBeNull(),
  );

  it.each([
    [['--cli'], []],
    [
      ['--cli', '--', 'hosts', '--json'],
      ['hosts', '--json'],
    ],
    [
      ['--cli', 'hosts', '--', 'x'],
      ['hosts', '--', 'x'],
    ],
    [['--ozone-platform=headless', '--disable-gpu', '--cli', '--', 'hosts'], ['hosts']],
    // As the start of an AppImage puts it where the system has no user namespaces.
    [['--no-sandbox', '--cli', 'hosts'], ['hosts']],
  ])('means a command: %j', (words, args) => expect(commandArguments(words)).toEqual(args));

  it('leaves foreign words to the command line, which refuses them', () => {
    expect(commandArguments(['--inspect', '--ozone-platform=x11', '--cli', '--', 'hosts'])).toEqual([
      '--inspect',
      '--ozone-platform=x11',
      'hosts',
    ]);
  });
});
