import type { Update } from '../../domain/update.ts';

const isSameValue = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => value === b[i]));

/** Whether two descriptions of an update say the same. */
function isSameUpdate(a: Update, b: Update): boolean {
  for (const field of Object.keys(a) as (keyof Update)[]) if (!isSameValue(a[field], b[field])) return false;
  return true;
}

/**
 * Lets through only what was not let through before: hosts of a fleet report mostly the same updates, and each description need go to the
 * store once a run.
 */
export function newsOnly(): (updates: readonly Update[]) => readonly Update[] {
  const told = new Map<string, Update>();
  return (updates) =>
    updates.filter((update) => {
      const before = told.get(update.updateId);
      if (before !== undefined && isSameUpdate(before, update)) return false;
      told.set(update.updateId, update);
      return true;
    });
}
