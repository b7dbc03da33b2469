/** What one does about a warning, as pure steps of the rules. */
import { normalEntry } from '../../../../domain/decision.ts';
import { type RuleList, type Rules, withEntries } from '../../../../domain/rules.ts';
import { chain, linkSupersedence } from '../../../../domain/supersedence.ts';
import { bareKb, type UpdateRow } from '../../../../domain/update.ts';
import { withVerdict } from '../../../../domain/verdicts.ts';
import type { Warning } from '../../../../domain/warnings.ts';
import { CATEGORY_LISTS, keyOf } from '../decision.ts';

/** A warning of one kind. */
export type WarningOf<K extends Warning['kind']> = Extract<Warning, { readonly kind: K }>;

/** A step of the rules. */
export type RuleStep = (rules: Rules) => Rules;

const isAllowing = (list: RuleList): boolean => list !== 'forbiddenUpdates' && list !== 'forbiddenKbs';

/** The rules without an entry of one list, however it is spelt there. */
export function withoutEntry(rules: Rules, list: RuleList, entry: string): Rules {
  const gone = normalEntry(list, entry);
  return { ...rules, [list]: rules[list].filter((one) => normalEntry(list, one) !== gone) };
}

/** Catches the newer revision: by the KB, which means every revision, or by its id where it has no KB. */
export function catchRevision(warning: WarningOf<'newer-revision'>, known: readonly UpdateRow[]): RuleStep {
  const { kb, newer, list } = warning;
  return (rules) =>
    kb === null
      ? withEntries(rules, list, [newer])
      : withVerdict(
          rules,
          isAllowing(list) ? 'allowed' : 'forbidden',
          'kbs',
          [{ updateId: newer, kbids: [bareKb(kb)] }],
          known,
        );
}

/** Takes out every entry that matches nothing. */
export const dropAll =
  (warnings: readonly WarningOf<'matches-nothing'>[]): RuleStep =>
  (rules) =>
    warnings.reduce((now, { list, entry }) => withoutEntry(now, list, entry), rules);

/** Forbids what is known to be bad, and takes out an entry that means nothing else. */
export function forbidBad(warning: WarningOf<'known-bad'>, known: readonly UpdateRow[]): RuleStep {
  const wanted = new Set(warning.examples);
  const bad = known.filter((row) => wanted.has(row.updateId));
  return (rules) => withVerdict(rules, 'forbidden', 'updates', bad, known);
}

/** One step out of many. */
export const together =
  (steps: readonly RuleStep[]): RuleStep =>
  (rules) =>
    steps.reduce((now, step) => step(now), rules);

/** Keeps an entry in one of the two lists that name it. */
export function keepOn(entry: string, side: 'allowed' | 'forbidden'): RuleStep {
  const lists: readonly RuleList[] =
    side === 'allowed' ? ['forbiddenUpdates', 'forbiddenKbs'] : ['allowedUpdates', 'allowedKbs'];
  return (rules) => lists.reduce((now, list) => withoutEntry(now, list, entry), rules);
}

/** The update at the end of the chain that replaces one of these, the newest where there are several; null where none is known. */
export function newestInstead(examples: readonly string[], known: readonly UpdateRow[]): UpdateRow | null {
  const links = linkSupersedence(known);
  let newest: UpdateRow | null = null;
  for (const example of examples) {
    const from = known.findIndex((row) => row.updateId.toLowerCase() === example.toLowerCase());
    if (from < 0) continue;
    for (const { at } of chain(links.newer, from)) {
      const row = known[at];
      if (row === undefined || row.isSuperseded || (links.newer[at]?.length ?? 0) > 0) continue;
      if (newest === null || (row.changetime ?? '') > (newest.changetime ?? '')) newest = row;
    }
  }
  return newest;
}

/** Puts the newest update in the place of an entry that only allows what it replaces; categories stay. */
export function replaceBy(
  { list, entry }: WarningOf<'only-superseded'>,
  newest: UpdateRow,
  known: readonly UpdateRow[],
): RuleStep {
  return (rules) =>
    withVerdict(
      withoutEntry(rules, list, entry),
      'allowed',
      list === 'allowedKbs' ? 'kbs' : 'updates',
      [newest],
      known,
    );
}

/** The updates that fit every category list of the rules that has entries. */
export function fitsAll(rules: Rules, known: readonly UpdateRow[]): readonly UpdateRow[] {
  const sets = CATEGORY_LISTS.filter((list) => rules[list].length > 0).map((list) => ({
    list,
    keys: new Set(rules[list].map(keyOf[list])),
  }));
  return known.filter((row) =>
    sets.every(({ list, keys }) => {
      const name = {
        allowedProducts: row.product,
        allowedSeverities: row.severity,
        allowedClassifications: row.classification,
      }[list];
      return name !== null && keys.has(keyOf[list](name));
    }),
  );
}

/** Writes the updates that fit all categories by their ids, in the place of the categories. */
export function categoriesAsUpdates(known: readonly UpdateRow[]): RuleStep {
  return (rules) => {
    const fitting = fitsAll(rules, known).filter((row) => !row.isSuperseded);
    const without: Rules = { ...rules, allowedProducts: [], allowedSeverities: [], allowedClassifications: [] };
    // What the package forbids by name stays forbidden.
    const forbidden = new Set(rules.forbiddenUpdates.map((id) => id.toLowerCase()));
    const ids = fitting.map((row) => row.updateId).filter((id) => !forbidden.has(id.toLowerCase()));
    return withEntries(without, 'allowedUpdates', ids);
  };
}
