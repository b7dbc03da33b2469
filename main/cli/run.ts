import type { ReadStream } from 'node:tty';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type Ask, Cli } from './cli.ts';
import { type Command, type CommandWords, isGiven, type Output, textOf, textsOf } from './command.ts';
import { commands } from './commands.ts';
import { EXIT, type Refusal } from './exit.ts';
import { commandHelp, languageOn, overallHelp, readLine } from './globals.ts';
import { printable } from './output.ts';
import { refusedSecret } from './secrets.ts';
import { english, isLanguage, type Language, sayIn } from './words/say.ts';

/** A question as the wrapper of main takes it: parsed there, whatever it is here. */
type AskAnything = (name: string, request: unknown) => Promise<unknown>;

/** What the entry gives: the line, the streams, and a console when one is needed. */
export interface CommandRun {
  readonly args: readonly string[];
  readonly version: string;
  /** The language where the line names none. */
  readonly language: Language;
  readonly out: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  readonly err: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
  readonly input: ReadStream;
  readonly open: (folders: {
    readonly data: string | null;
    readonly keys: readonly string[];
    readonly labProfile: string | null;
    readonly target: () => string | null;
    /** Whether secrets may come from the store of the system. */
    readonly isStore: boolean;
  }) => Promise<
    | { readonly ok: true; readonly value: { readonly ask: AskAnything; readonly stop: () => Promise<void> } }
    | { readonly ok: false; readonly error: string }
  >;
}

/** Writes all of it: a pipe takes large answers in parts. */
const write = (stream: Pick<NodeJS.WriteStream, 'write'>, text: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(text, () => resolve());
  });

async function perform(
  run: CommandRun,
  command: Command,
  words: CommandWords,
  language: Language,
): Promise<Result<Output, Refusal>> {
  let target: string | null = null;
  const opened = await run.open({
    data: textOf(words, 'data'),
    keys: textsOf(words, 'keys'),
    labProfile: textOf(words, 'lab-profile'),
    target: () => target,
    isStore: isGiven(words, 'password-store'),
  });
  if (!opened.ok) return fail({ ending: 'usage', words: () => opened.error });
  const { stop } = opened.value;
  const { input, err } = run;
  const cli = new Cli({
    ask: opened.value.ask as Ask,
    terminal: input.isTTY && err.isTTY ? { input, write: (text) => void err.write(text) } : null,
    note: (line) => void err.write(`${printable(line)}\n`),
    width: run.out.isTTY ? run.out.columns : null,
    isJson: isGiven(words, 'json'),
    language,
    isOffline: isGiven(words, 'offline'),
    setTarget: (path) => {
      target = path;
    },
  });
  try {
    const ready = await prepare(cli, command, words);
    return ready.ok ? await command.run(cli, words) : ready;
  } finally {
    await stop();
  }
}

async function prepare(cli: Cli, command: Command, words: CommandWords): Promise<Result<null, Refusal>> {
  if (!command.needsProfile) return ok(null);
  const isOffline = isGiven(words, 'offline');
  if (isOffline && command.needsServer)
    return fail({ ending: 'usage', words: ({ line }) => line.needsServer(command.name) });
  const profile = await cli.choose(textOf(words, 'profile'));
  if (!profile.ok) return profile;
  if (isOffline) return cli.openOffline(profile.value);
  const signedIn = await cli.signIn(profile.value, textOf(words, 'user'), {
    descriptor: textOf(words, 'password-fd'),
    isStore: isGiven(words, 'password-store'),
  });
  return signedIn.ok ? cli.refresh() : signedIn;
}

/** Runs what the line says and gives the exit code. */
export async function runCommand(run: CommandRun): Promise<number> {
  const asked = languageOn(run.args);
  const language = isLanguage(asked) ? asked : run.language;
  const say = sayIn(language);
  const refuse = async ({ ending, words, code }: Refusal, isJson: boolean): Promise<number> => {
    await write(run.err, `waptwua: ${words(say).split('\n').map(printable).join('\n')}\n`);
    if (isJson) {
      const message = words(english).split('\n').map(printable).join(' ');
      const error = { ending, exit: EXIT[ending], code: code ?? null, message };
      await write(run.out, `${JSON.stringify({ error })}\n`);
    }
    return EXIT[ending];
  };
  const hasJson = run.args.includes('--json');
  const secret = refusedSecret(run.args);
  if (secret !== null) return refuse(secret, hasJson);
  const line = readLine(run.args, commands);
  if (!line.ok) return refuse(line.error, hasJson);
  if (asked !== undefined && !isLanguage(asked))
    return refuse({ ending: 'usage', words: (words) => words.line.lang }, hasJson);
  const { command, words } = line.value;
  if (isGiven(words, 'version')) {
    await write(run.out, `${run.version}\n`);
    return EXIT.done;
  }
  if (command === null || isGiven(words, 'help')) {
    await write(run.out, command === null ? overallHelp(commands, say) : commandHelp(command, say));
    return command === null && !isGiven(words, 'help') ? EXIT.usage : EXIT.done;
  }
  const isJson = isGiven(words, 'json');
  try {
    const result = await perform(run, command, words, language);
    if (!result.ok) return await refuse(result.error, isJson);
    const { json, text, ending = 'done' } = result.value;
    await write(run.out, isJson ? `${JSON.stringify(json, null, 2)}\n` : text);
    return EXIT[ending];
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    await write(run.err, `waptwua: ${say.line.fault(said)}\n`);
    return EXIT.bug;
  }
}
