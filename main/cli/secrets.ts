import { read } from 'node:fs';
import type { ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Refusal } from './exit.ts';
import type { Say } from './words/say.ts';

/** Most bytes of a password or passphrase. */
const LONGEST = 1_000;

/** A secret never stands on the line, where every user of the computer reads it, nor in the environment, which children inherit. */
export function refusedSecret(words: readonly string[]): Refusal | null {
  const found = words.find((word) => /^--?(?:password|passphrase|pass|passwd|pwd|pw|p)(?:=|$)/i.test(word));
  if (found === undefined) return null;
  const name = found.split('=', 1)[0] ?? '';
  return { ending: 'usage', words: ({ secret }) => secret.refused(name) };
}

const readBytes = promisify(read);

/** Reads a secret from a descriptor that the caller opened: its first line. */
export async function secretFromDescriptor(text: string, option: string): Promise<Result<string, Refusal>> {
  const number = Number(text);
  if (!/^\d{1,4}$/.test(text) || number === 1 || number === 2)
    return fail({ ending: 'usage', words: ({ secret }) => secret.descriptor(option) });
  const buffer = Buffer.alloc(LONGEST + 2);
  let length = 0;
  try {
    while (length < buffer.length && !buffer.subarray(0, length).includes(10)) {
      const { bytesRead } = await readBytes(number, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail({ ending: 'usage', words: (say) => say.secret.unreadable(option, number, code) });
  }
  const end = buffer.subarray(0, length).indexOf(10);
  const secret = buffer
    .subarray(0, end < 0 ? length : end)
    .toString('utf8')
    .replace(/\r$/, '');
  buffer.fill(0);
  if (secret === '') return fail({ ending: 'usage', words: (say) => say.secret.empty(option, number) });
  if (secret.length > LONGEST) return fail({ ending: 'usage', words: (say) => say.secret.tooLong(option, LONGEST) });
  return ok(secret);
}

/** The terminal that a person types at. */
export interface Terminal {
  readonly input: Pick<ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'> & { readonly isTTY?: boolean };
  readonly write: (text: string) => void;
}

/** Asks for a secret; what is typed is shown nowhere. Null: interrupted. */
export function askSecret({ input, write }: Terminal, question: string): Promise<string | null> {
  // Before the question: who answers at once, or a program that does, is shown nothing either.
  input.setRawMode(true);
  input.resume();
  write(question);
  return new Promise((resolve) => {
    let typed = '';
    const end = (answer: string | null): void => {
      input.off('data', take);
      input.setRawMode(false);
      input.pause();
      write('\n');
      resolve(answer);
    };
    const take = (chunk: Buffer): void => {
      for (const sign of chunk.toString('utf8')) {
        if (sign === '\r' || sign === '\n') return end(typed);
        if (sign === '\u0003' || (sign === '\u0004' && typed === '')) return end(null);
        if (sign === '\u007f' || sign === '\b') typed = Array.from(typed).slice(0, -1).join('');
        else if (sign === '\u0015') typed = '';
        else if (sign >= ' ' && typed.length < LONGEST) typed += sign;
      }
    };
    input.on('data', take);
  });
}

/** Asks a question that only a `y`, or in French an `o`, answers with yes. */
export function askYes({ input, write }: Terminal, question: string, { yes }: Say): Promise<boolean> {
  write(yes.question(question));
  input.resume();
  return new Promise((resolve) => {
    const take = (chunk: Buffer): void => {
      input.off('data', take);
      input.pause();
      resolve(yes.answer.test(chunk.toString('utf8')));
    };
    input.on('data', take);
  });
}
