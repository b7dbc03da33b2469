import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Command, CommandWords } from './command.ts';
import type { Refusal } from './exit.ts';

/** Options of every command. */
const GLOBAL_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  offline: { type: 'boolean' },
  data: { type: 'string' },
  profile: { type: 'string' },
  user: { type: 'string' },
  keys: { type: 'string', multiple: true },
  'password-fd': { type: 'string' },
  'password-store': { type: 'boolean' },
  'lab-profile': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

/** What they do. */
const GLOBAL_HELP: readonly (readonly [string, string])[] = [
  ['--json', 'print JSON instead of words'],
  ['--profile NAME', 'the server: name, address or id of its profile; not needed where there is one'],
  ['--user NAME', 'another user than the one of the profile'],
  ['--password-fd N', 'read the password from file descriptor N instead of asking for it'],
  ['--password-store', 'take it from the keyring (Linux) or keychain (macOS) of the system'],
  ['--offline', 'ask no server: print what was read before'],
  ['--data DIR', 'the folder of everything the console keeps'],
  ['--keys DIR', 'a folder of certificates and keys; may be given several times'],
  ['--help', 'help, also behind a command'],
  ['--version', 'the version'],
];

/** A command line that was understood. */
export interface Line {
  readonly command: Command | null;
  readonly words: CommandWords;
}

const usage = (words: string): Result<never, Refusal> => fail({ ending: 'usage', words });

/** Reads the command line: which command, its options and those of every command. */
export function readLine(args: readonly string[], commands: readonly Command[]): Result<Line, Refusal> {
  const loose = parseArgs({ args: [...args], strict: false, allowPositionals: true, options: GLOBAL_OPTIONS });
  const [name] = loose.positionals;
  const command = name === undefined ? null : commands.find((one) => one.name === name);
  if (command === undefined)
    return usage(`there is no command ${JSON.stringify(name)}: ${commands.map((one) => one.name).join(', ')}`);
  try {
    const options: ParseArgsOptionsConfig = { ...GLOBAL_OPTIONS, ...command?.options };
    const { values, positionals } = parseArgs({ args: [...args], strict: true, allowPositionals: true, options });
    return ok({ command, words: { values, operands: positionals.slice(1) } });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : 'the line cannot be read';
    return usage(`${said}. See: waptwua ${command === null ? '' : `${command.name} `}--help`);
  }
}

const list = (lines: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...lines.map(([left]) => left.length)) + 2;
  return lines.map(([left, right]) => `  ${left.padEnd(width)}${right}\n`).join('');
};

/** The help of everything. */
export const overallHelp = (commands: readonly Command[]): string =>
  [
    'waptwua: Windows Updates on a fleet, through a WAPT server\n\n',
    'usage: waptwua COMMAND [OPTIONS]\n\n',
    list(commands.map(({ name, summary }) => [name, summary] as const)),
    '\noptions of every command\n',
    list(GLOBAL_HELP),
    '\nexit codes\n',
    list([
      ['0', 'done'],
      ['1', 'a fault of the console'],
      ['2', 'the command line is wrong'],
      ['3', 'no such profile, host, update, draft or package'],
      ['4', 'password, or right, refused'],
      ['5', 'the server cannot be reached or is not trusted'],
      ['6', 'cannot be written: another console has the profile, or the disk refuses'],
      ['7', 'no signer, wrong passphrase, expired certificate'],
      ['8', 'the console or the server would not do it'],
      ['9', 'the order ended, and not on every host'],
      ['10', 'nothing done: confirm it, or give --yes'],
      ['130', 'interrupted'],
    ]),
  ].join('');

/** The help of one command. */
export const commandHelp = ({ name, summary, usage: line, help }: Command): string =>
  [
    `${summary}\n\nusage: waptwua ${name} ${line}\n`,
    help.length === 0 ? '' : `\n${list(help)}`,
    '\noptions of every command\n',
    list(GLOBAL_HELP),
  ].join('');
