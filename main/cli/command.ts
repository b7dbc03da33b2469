import type { ParseArgsOptionsConfig } from 'node:util';
import type { Result } from '../../domain/result.ts';
import type { Cli } from './cli.ts';
import type { Ending, Refusal } from './exit.ts';
import type { Say } from './words/say.ts';

/** What a command says: as JSON, and in words for a person. */
export interface Output {
  readonly json: unknown;
  readonly text: string;
  /** `done` where left out. */
  readonly ending?: Ending;
}

/** What the line says to a command. */
export interface CommandWords {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  /** What stands behind the name of the command. */
  readonly operands: readonly string[];
}

/** One command. */
export interface Command {
  readonly name: keyof Say['help']['summary'];
  /** What stands behind the name, in one line. */
  readonly usage: string;
  /** Its options and what they do; a value's name stands in capitals. */
  readonly help: (help: Say['help']) => Readonly<Record<string, string>>;
  readonly options: ParseArgsOptionsConfig;
  /** Whether it needs an open profile. */
  readonly needsProfile: boolean;
  /** Whether it asks the server even where `--offline` is given: then it is refused. */
  readonly needsServer: boolean;
  readonly run: (cli: Cli, words: CommandWords) => Promise<Result<Output, Refusal>>;
}

/** A value given once. */
export const textOf = (words: CommandWords, name: string): string | null => {
  const value = words.values[name];
  return typeof value === 'string' ? value : null;
};

/** A value that may be given several times. */
export const textsOf = (words: CommandWords, name: string): readonly string[] => {
  const value = words.values[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

/** Whether an option is given. */
export const isGiven = (words: CommandWords, name: string): boolean => words.values[name] === true;
