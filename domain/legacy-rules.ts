/** What a rule package of 2015 to 2018 decides (protocol 9.2): to be read, never to be forecast, since agents of today do not read it. */
import { classificationKey } from './names.ts';
import { bareKb, guidOf, type Update } from './update.ts';

/** Its lists; null = this criterion restricts nothing, empty = it allows nothing. Ids are plain GUIDs or `KBnnnnnnn`. */
export interface LegacyRules {
  readonly allowedUpdates: readonly string[] | null;
  readonly forbiddenUpdates: readonly string[] | null;
  readonly allowedSeverities: readonly string[] | null;
  readonly allowedClassifications: readonly string[] | null;
}

/** What decided: an entry of a list, or both criteria together. */
export type LegacyReason =
  | { readonly kind: 'forbidden'; readonly entry: string }
  | { readonly kind: 'explicit'; readonly entry: string }
  /** Every criterion lets it pass; those that are null restrict nothing. */
  | { readonly kind: 'criteria'; readonly restrictedBy: readonly ('severity' | 'classification')[] }
  /** These criteria stop it. */
  | { readonly kind: 'stopped'; readonly by: readonly ('severity' | 'classification')[] };

/** The decision of 2015 and its reason. */
export interface LegacyVerdict {
  readonly isAllowed: boolean;
  readonly reason: LegacyReason;
}

/** Classifications of 2015 may be written by name or by GUID; each update has one. */
type Judged = Pick<Update, 'updateId' | 'kbids' | 'severity' | 'classification'>;

function entryFor(list: readonly string[] | null, update: Judged): string | null {
  if (list === null) return null;
  const id = update.updateId.toLowerCase();
  const kbs = new Set(update.kbids.map((kb) => `KB${bareKb(kb)}`));
  return (
    list.find((entry) => {
      const text = entry.trim();
      return text.toLowerCase() === id || text.toLowerCase() === guidOf(update.updateId) || kbs.has(text.toUpperCase());
    }) ?? null
  );
}

/**
 * Explains what the rules of 2015 say of one update: a forbidden id or KB wins; an explicitly allowed one passes whatever its kind; else both the
 * classification and the severity must pass, each of which passes everything while its list is null.
 */
export function explainLegacy(rules: LegacyRules, update: Judged): LegacyVerdict {
  const forbidden = entryFor(rules.forbiddenUpdates, update);
  if (forbidden !== null) return { isAllowed: false, reason: { kind: 'forbidden', entry: forbidden } };
  const explicit = entryFor(rules.allowedUpdates, update);
  if (explicit !== null) return { isAllowed: true, reason: { kind: 'explicit', entry: explicit } };
  const { severity, classification } = update;
  const criteria = [
    ['severity', rules.allowedSeverities, (name: string) => name === severity],
    [
      'classification',
      rules.allowedClassifications,
      (name: string) => classification !== null && classificationKey(name) === classificationKey(classification),
    ],
  ] as const;
  const by = criteria.flatMap(([kind, list, isIt]) => (list !== null && !list.some(isIt) ? [kind] : []));
  if (by.length > 0) return { isAllowed: false, reason: { kind: 'stopped', by } };
  const restrictedBy = criteria.flatMap(([kind, list]) => (list === null ? [] : [kind]));
  return { isAllowed: true, reason: { kind: 'criteria', restrictedBy } };
}
