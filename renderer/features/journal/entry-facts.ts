/** What the lines of the journal say, read with care: they were written by this console, perhaps by another version of it. */
import type { RulesDiff } from '../../../contract/schemas/history.ts';
import type { JournalEntry } from '../../../contract/schemas/sync.ts';
import { RULE_LISTS } from '../../../domain/rules.ts';
import type { en } from './words/en.ts';

/** A kind of line that has words. */
export type KnownKind = keyof typeof en.what;

type Facts = JournalEntry['facts'];

/** A fact that is a text; '' where it is none. */
export const textFact = (facts: Facts, name: string): string => {
  const value = facts[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

/** A fact that is a number; null where it is none. */
export const numberFact = (facts: Facts, name: string): number | null => {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
};

/** The texts of a fact that is a list. */
export const listFact = (facts: Facts, name: string): readonly string[] => {
  const value = facts[name];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
};

/** The objects of a fact that is a list. */
export const recordsFact = (facts: Facts, name: string): readonly Facts[] => {
  const value = facts[name];
  return Array.isArray(value)
    ? value.filter((each): each is Facts => typeof each === 'object' && each !== null && !Array.isArray(each))
    : [];
};

const recordFact = (facts: Facts, name: string): Facts | null => {
  const value = facts[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Facts) : null;
};

/** What a publication changed, list by list; null where the line does not say. */
export function publishedDiff(facts: Facts): RulesDiff['lists'] | null {
  const after = recordFact(facts, 'after');
  if (after === null) return null;
  const before = recordFact(facts, 'before') ?? {};
  return RULE_LISTS.map((list) => {
    const [old, next] = [new Set(listFact(before, list)), new Set(listFact(after, list))];
    return {
      list,
      added: [...next].filter((entry) => !old.has(entry)),
      removed: [...old].filter((entry) => !next.has(entry)),
    };
  }).filter(({ added, removed }) => added.length + removed.length > 0);
}

/** The lines of one kind and one user; null takes all. */
export function filterEntries(
  entries: readonly JournalEntry[],
  { kind, user }: { readonly kind: string | null; readonly user: string | null },
): readonly JournalEntry[] {
  return entries.filter((entry) => (kind === null || entry.kind === kind) && (user === null || entry.user === user));
}

/** How many lines there are of each value, most first. */
export function countBy(
  entries: readonly JournalEntry[],
  of: (entry: JournalEntry) => string,
): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(of(entry), (counts.get(of(entry)) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}
