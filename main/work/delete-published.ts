import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { mayHaveArrived } from '../server/failures.ts';
import { deletePackages } from '../server/repository.ts';
import { type PublishParts, sealJournal } from './publish.ts';

/** Which files are gone and which are still there. */
export interface Deleted {
  readonly deleted: readonly string[];
  readonly failed: readonly string[];
}

/**
 * Deletes rule packages of the index, and nothing else: a name that is not one of them fails with `not-in-index` before anything is asked. The
 * server always says success; only the index tells what is gone (protocol 6.2). `delete-refused` when nothing is.
 */
export async function deletePublished(
  parts: PublishParts,
  { filenames, reason }: Parsed<'packages.delete'>,
  user: string,
): Promise<Result<Deleted, ConsoleError>> {
  return parts.packages.publishInTurn(async () => {
    const before = await parts.store.packageRecords();
    if (!before.ok) return before;
    const known = new Set(before.value.map((record) => record.filename));
    const foreign = filenames.find((filename) => !known.has(filename));
    if (foreign !== undefined) return fail({ code: 'not-in-index', facts: { filename: foreign } });
    const asked = await deletePackages(parts.client, filenames);
    if (!asked.ok && !mayHaveArrived(asked.error)) return asked;
    const read = await parts.packages.readAll();
    const after = read.ok ? await parts.store.packageRecords() : read;
    const left = new Set(after.ok ? after.value.map((record) => record.filename) : filenames);
    const failed = filenames.filter((filename) => left.has(filename));
    const deleted = filenames.filter((filename) => !left.has(filename));
    if (deleted.length === 0 && !asked.ok) return asked;
    if (deleted.length === 0 && after.ok)
      return fail({ code: 'delete-refused', facts: { serverMessage: asked.ok ? asked.value.message : '' } });
    await parts.store.journalAppend({
      user,
      kind: 'package.delete',
      // The server took the order, and could not be asked for its index afterwards.
      facts: after.ok ? { deleted, failed } : { deleted: filenames, failed: [], seen: false },
      reason,
    });
    await sealJournal(parts);
    return after.ok ? ok({ deleted, failed }) : after;
  });
}
