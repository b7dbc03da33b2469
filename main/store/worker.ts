import { parentPort, workerData } from 'node:worker_threads';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { JsonText } from '../json-text.ts';
import { forgetAll, newContext, type StoreSubject } from './context.ts';
import { type Database, diskError, openDatabase } from './database.ts';
import type { Message, Question, WorkerStart } from './messages.ts';
import { operationsOf } from './operations.ts';

/** How often a reader looks whether the writer wrote (milliseconds). */
const LOOK = 1_000;

const everything: readonly StoreSubject[] = [
  'updates',
  'hosts',
  'packages',
  'drafts',
  'journal',
  'triage',
  'rings',
  'campaigns',
];

const say = (message: Message): void => parentPort?.postMessage(message);

/** Hands a text over instead of copying it. */
const sayText = (id: number, { pieces }: JsonText<unknown>): void => {
  const message: Message = { kind: 'text', id, pieces };
  parentPort?.postMessage(
    message,
    pieces.map((piece) => piece.buffer),
  );
};

function serve({ db, isReadOnly, close }: Database): void {
  const context = newContext(db, isReadOnly);
  const operations = operationsOf(context) as unknown as Record<
    string,
    (argument: unknown) => Result<unknown, ConsoleError>
  >;
  const dataVersion = db.prepare('PRAGMA data_version');
  let seen = dataVersion.get()?.['data_version'];

  // The version moves when another process wrote: what this one computed before is old.
  const look = (): void => {
    const now = dataVersion.get()?.['data_version'];
    if (now === seen) return;
    seen = now;
    forgetAll(context);
    for (const subject of everything) context.changed.add(subject);
  };

  const tellChanges = (): void => {
    if (context.changed.size === 0) return;
    say({ kind: 'changed', subjects: [...context.changed] });
    context.changed.clear();
  };

  const timer = isReadOnly
    ? setInterval(() => {
        look();
        tellChanges();
      }, LOOK)
    : undefined;

  const answer = (question: Question & { kind: 'ask' }): void => {
    try {
      if (isReadOnly) look();
      const result = operations[question.name]?.(question.argument);
      if (result === undefined) throw new Error(`the store has no operation ${question.name}`);
      if (result.ok && result.value instanceof JsonText) sayText(question.id, result.value);
      else say({ kind: 'answer', id: question.id, result });
    } catch (error) {
      context.changed.clear();
      const known = diskError(error);
      if (known !== null) say({ kind: 'answer', id: question.id, result: fail(known) });
      else
        say({
          kind: 'bug',
          id: question.id,
          text: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
    }
    tellChanges();
  };

  parentPort?.on('message', (question: Question) => {
    if (question.kind === 'ask') {
      answer(question);
      return;
    }
    clearInterval(timer);
    close();
    say({ kind: 'answer', id: question.id, result: ok(null) });
    parentPort?.close();
  });
}

const { file, readOnly } = workerData as WorkerStart;
const opened = openDatabase(file, readOnly);
if (opened.ok) serve(opened.value);
say({
  kind: 'opened',
  result: opened.ok ? ok({ isReadOnly: opened.value.isReadOnly, recovered: opened.value.recovered }) : opened,
});
if (!opened.ok) parentPort?.close();
