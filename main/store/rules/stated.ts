import type { ConsoleError } from '../../../contract/errors.ts';
import { parseDuration } from '../../../domain/duration.ts';
import type { StatedOptions } from '../../../domain/facts.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type Context, write } from '../context.ts';
import { all } from '../sql.ts';

/** What is stated for one group; all null takes it back. */
export interface Statement extends StatedOptions {
  readonly group: string;
}

/** What the administrator stated, by group. */
export function statedOptions({ db }: Context): () => Readonly<Record<string, StatedOptions>> {
  const list = db.prepare('SELECT group_name, options FROM stated_options ORDER BY group_name');
  return () =>
    Object.fromEntries(
      all<{ group_name: string; options: string }>(list).map((line) => [
        line.group_name,
        JSON.parse(line.options) as StatedOptions,
      ]),
    );
}

/** Keeping what is stated. */
export function statedOperations(context: Context) {
  const { db } = context;
  const put = db.prepare('INSERT OR REPLACE INTO stated_options VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM stated_options WHERE group_name = ?');
  return {
    /** States options for the hosts of a group; `bad-request` where the delay is no duration. */
    stateOptions: ({ group, ...options }: Statement): Result<null, ConsoleError> => {
      const { installDelay } = options;
      if (installDelay !== null && installDelay.trim() !== '' && parseDuration(installDelay) === null)
        return fail({ code: 'bad-request', field: 'installDelay' });
      return write(context, () => {
        if (Object.values(options).every((value) => value === null)) remove.run(group);
        else put.run(group, JSON.stringify(options));
        context.revision.hosts++;
        context.changed.add('hosts');
        return null;
      });
    },

    /** What is stated, by group. */
    stated: (): Result<Readonly<Record<string, StatedOptions>>, ConsoleError> => ok(statedOptions(context)()),
  };
}
