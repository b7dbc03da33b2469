import type { Update } from '../../domain/update.ts';

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * A known update overwritten field by field by what was read later; what the later one does not say (null, empty) stays. `downloadedOn`
 * is not merged: who may say it is for the caller.
 */
export function mergeUpdate(known: Update, later: Update): Update {
  const merged: Record<string, unknown> = { ...known };
  for (const [field, value] of Object.entries(later)) {
    if (field !== 'downloadedOn' && !isEmpty(value)) merged[field] = value;
  }
  return merged as unknown as Update;
}

/** Characters of a long text that lists show; the whole text comes with the single update. */
export const LIST_TEXT = 400;

const LONG = ['releaseNotes', 'uninstallationNotes'] as const;

/** An update as it is stored: what lists show, and the long texts that were cut in it (null when none was). */
export interface StoredUpdate {
  readonly facts: string;
  readonly notes: string | null;
}

/** Cuts long texts for the list and keeps them beside it. */
export function toStored(update: Update): StoredUpdate {
  const long = LONG.filter((field) => (update[field]?.length ?? 0) > LIST_TEXT);
  if (long.length === 0) return { facts: JSON.stringify(update), notes: null };
  const cut = Object.fromEntries(long.map((field) => [field, `${update[field]?.slice(0, LIST_TEXT) ?? ''}…`]));
  const whole = Object.fromEntries(long.map((field) => [field, update[field]]));
  return { facts: JSON.stringify({ ...update, ...cut }), notes: JSON.stringify(whole) };
}

/** The whole update again. */
export function fromStored({ facts, notes }: StoredUpdate): Update {
  const update = JSON.parse(facts) as Update;
  return notes === null ? update : { ...update, ...(JSON.parse(notes) as Partial<Update>) };
}

/** The JSON of the whole update: a field named twice has its last value. */
export function wholeJson({ facts, notes }: StoredUpdate): string {
  return notes === null ? facts : `${facts.slice(0, -1)},${notes.slice(1)}`;
}
