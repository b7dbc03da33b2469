/** Running a filter of the builder over a draft. */
import { foundSince, type KeptBuilder } from '../../../../domain/builder.ts';
import type { Rules } from '../../../../domain/rules.ts';
import type { Update } from '../../../../domain/update.ts';
import { withVerdict } from '../../../../domain/verdicts.ts';

type Known = Pick<Update, 'updateId' | 'kbids'>;

/** What running a filter makes of a draft: the filter remembers what it found, and what is new in it goes into the rules. */
export interface BuilderRun {
  readonly builder: KeptBuilder;
  readonly change: (rules: Rules) => Rules;
}

/** What makes two filters of a draft the same one. */
export const sameness = ({ filter, into, as }: KeptBuilder): string => JSON.stringify([filter, into, as]);

/** The filters with another one: it takes the place of the one at `at`, or of its equal, or stands at the end. */
export function withBuilder(
  builders: readonly KeptBuilder[],
  at: number | null,
  builder: KeptBuilder,
): readonly KeptBuilder[] {
  const key = sameness(builder);
  const others = builders.filter((each, i) => i === at || sameness(each) !== key);
  const place = others.findIndex((each) => each === builders[at ?? -1]);
  return place < 0 ? [...others, builder] : others.with(place, builder);
}

/** Adds what a filter found and had not found before. */
export function runOf(builder: KeptBuilder, foundIds: readonly string[], known: readonly Known[]): BuilderRun {
  const byId = new Map(known.map((update) => [update.updateId, update]));
  const updates = foundSince(builder, foundIds).map((updateId) => byId.get(updateId) ?? { updateId, kbids: [] });
  const verdict = builder.into === 'allow' ? 'allowed' : 'forbidden';
  return {
    builder: { ...builder, lastIds: foundIds },
    change: (rules) =>
      updates.length === 0
        ? rules
        : withVerdict(rules, verdict, builder.as === 'kb' ? 'kbs' : 'updates', updates, known),
  };
}
