import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Command, CommandWords } from './command.ts';
import type { Refusal } from './exit.ts';
import type { Say } from './words/say.ts';

/** Options of every command. */
const GLOBAL_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  offline: { type: 'boolean' },
  data: { type: 'string' },
  profile: { type: 'string' },
  user: { type: 'string' },
  keys: { type: 'string', multiple: true },
  'password-fd': { type: 'string' },
  'password-store': { type: 'boolean' },
  'lab-profile': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

/** A command line that was understood. */
export interface Line {
  readonly command: Command | null;
  readonly words: CommandWords;
}

const usage = (words: Refusal['words']): Result<never, Refusal> => fail({ ending: 'usage', words });

/** The value of `--lang`, before the line is read whole. */
export function languageOn(args: readonly string[]): unknown {
  return parseArgs({ args: [...args], strict: false, allowPositionals: true, options: GLOBAL_OPTIONS }).values.lang;
}

/** What Node says of a line that it cannot read, in our words. */
function fault(error: unknown, { line }: Say): string {
  const { message = '', code = '' } = error instanceof Error && 'code' in error ? error : {};
  const option = /'([^']+)'/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return line.unknownOption(`'${option}'`);
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return line.badValue(`'${option}'`);
  return line.unreadable;
}

/** Reads the command line: which command, its options and those of every command. */
export function readLine(args: readonly string[], commands: readonly Command[]): Result<Line, Refusal> {
  const loose = parseArgs({ args: [...args], strict: false, allowPositionals: true, options: GLOBAL_OPTIONS });
  const [name] = loose.positionals;
  const command = name === undefined ? null : commands.find((one) => one.name === name);
  if (command === undefined) {
    const all = commands.map((one) => one.name).join(', ');
    return usage(({ line }) => line.noCommand(JSON.stringify(name), all));
  }
  try {
    const options: ParseArgsOptionsConfig = { ...GLOBAL_OPTIONS, ...command?.options };
    const { values, positionals } = parseArgs({ args: [...args], strict: true, allowPositionals: true, options });
    return ok({ command, words: { values, operands: positionals.slice(1) } });
  } catch (error) {
    const call = `waptwua ${command === null ? '' : `${command.name} `}--help`;
    return usage((say) => say.line.see(fault(error, say), call));
  }
}

const list = (lines: Readonly<Record<string, string>>): string => {
  const width = Math.max(...Object.keys(lines).map((left) => left.length)) + 2;
  return Object.entries(lines)
    .map(([left, right]) => `  ${left.padEnd(width)}${right}\n`)
    .join('');
};

/** The help of everything. */
export const overallHelp = (commands: readonly Command[], { help }: Say): string =>
  [
    `${help.title}\n\n`,
    `${help.usage} waptwua COMMAND [OPTIONS]\n\n`,
    list(Object.fromEntries(commands.map(({ name }) => [name, help.summary[name]] as const))),
    `\n${help.ofAll}\n`,
    list(help.global),
    `\n${help.started}\n`,
    list(help.ways),
    `\n${help.exitCodes}\n`,
    list(help.exit),
  ].join('');

/** The help of one command. */
export const commandHelp = ({ name, usage: line, help: own }: Command, { help }: Say): string => {
  const options = own(help);
  return [
    `${help.summary[name]}\n\n${help.usage} waptwua ${name} ${line}\n`,
    Object.keys(options).length === 0 ? '' : `\n${list(options)}`,
    `\n${help.ofAll}\n`,
    list(help.global),
  ].join('');
};
