import type { LegacyRules } from '../domain/legacy-rules.ts';
import { emptyRules, type Rules } from '../domain/rules.ts';
import type { RULE_LIST_KEYS, RulesFile } from '../wapt/index.ts';

/** The key of each list in the rule file. */
const KEY_OF = {
  allowedUpdates: 'allowed_updates',
  forbiddenUpdates: 'forbidden_updates',
  allowedKbs: 'allowed_kbs',
  forbiddenKbs: 'forbidden_kbs',
  allowedProducts: 'allowed_products',
  allowedSeverities: 'allowed_severities',
  allowedClassifications: 'allowed_classifications',
} as const satisfies Record<keyof Rules, (typeof RULE_LIST_KEYS)[number]>;

const lists = Object.keys(KEY_OF) as readonly (keyof Rules)[];

/** The lists of a rule file; null (2015: restricts nothing) reads as empty, since agents of today know no such list. */
export function rulesOf(file: RulesFile): Rules {
  const rules: Record<string, readonly string[]> = {};
  for (const list of lists) rules[list] = file[KEY_OF[list]] ?? [];
  return { ...emptyRules, ...rules };
}

/** A rule file with other lists: unknown keys stay, a list that was and stays empty keeps its null or `[]`. */
export function withRules(file: RulesFile, rules: Rules): RulesFile {
  const written: Record<string, unknown> = { ...file };
  for (const list of lists) {
    const key = KEY_OF[list];
    if (rules[list].length > 0) written[key] = rules[list];
    else if ((file[key] ?? []).length > 0) delete written[key];
  }
  return written;
}

/** The four lists that an agent of 2015 knew; null where the file does not restrict (protocol 9.2). */
export function legacyRulesOf(file: RulesFile): LegacyRules {
  return {
    allowedUpdates: file.allowed_updates ?? null,
    forbiddenUpdates: file.forbidden_updates ?? null,
    allowedSeverities: file.allowed_severities ?? null,
    allowedClassifications: file.allowed_classifications ?? null,
  };
}
