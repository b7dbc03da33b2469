import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Draft, draftInput } from '../../contract/schemas/packages.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type Context, write } from './context.ts';
import { all, first } from './sql.ts';

/** A draft as the window sends it; one without id is new. */
export type DraftInput = z.infer<typeof draftInput>;

/** What is being edited, on disk at every change. */
export function draftOperations(context: Context) {
  const { db } = context;
  const list = db.prepare('SELECT draft FROM drafts ORDER BY saved_at DESC, id');
  const one = db.prepare('SELECT draft FROM drafts WHERE id = ?');
  const put = db.prepare('INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM drafts WHERE id = ?');
  const kept = db.prepare('SELECT builders FROM kept_builders WHERE package = ?');

  const read = (id: string): Draft | null => {
    const line = first<{ draft: string }>(one, id);
    return line === undefined ? null : (JSON.parse(line.draft) as Draft);
  };

  const buildersOf = ({ id, package: name, base }: DraftInput): Draft['builders'] => {
    if (id !== null) return read(id)?.builders ?? [];
    // A draft of a new package has no past, whatever it is called.
    const line = base === null ? undefined : first<{ builders: string }>(kept, name);
    return line === undefined ? [] : (JSON.parse(line.builders) as NonNullable<Draft['builders']>);
  };

  return {
    /** All drafts, last saved first. */
    draftsList: (): Result<readonly Draft[], ConsoleError> =>
      ok(all<{ draft: string }>(list).map((line) => JSON.parse(line.draft) as Draft)),

    /** One draft; `not-found`. */
    draftGet: (id: string): Result<Draft, ConsoleError> => {
      const draft = read(id);
      return draft === null ? fail({ code: 'not-found' }) : ok(draft);
    },

    /** Keeps a draft; one without id gets a new one. */
    draftSave: (input: DraftInput): Result<Draft, ConsoleError> =>
      write(context, () => {
        const draft: Draft = {
          ...input,
          builders: input.builders ?? buildersOf(input),
          id: input.id ?? randomUUID(),
          savedAt: new Date().toISOString(),
        };
        put.run(draft.id, draft.savedAt, JSON.stringify(draft));
        context.changed.add('drafts');
        return draft;
      }),

    /** Throws a draft away; one that is already gone is fine. */
    draftDiscard: (id: string): Result<null, ConsoleError> =>
      write(context, () => {
        if (remove.run(id).changes !== 0) context.changed.add('drafts');
        return null;
      }),
  };
}
