import type { ConsoleError } from '../../contract/errors.ts';
import { type Buildable, type BuildFilter, buildMatcher, type KeptBuilder } from '../../domain/builder.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Context, write } from './context.ts';
import type { Overview } from './overview.ts';
import type { Published } from './published.ts';

/** An update that passes a filter as far as the store can tell: regular expressions are tried elsewhere, where they can be ended. */
export interface Candidate {
  readonly updateId: string;
  readonly title: string;
  readonly kbids: readonly string[];
}

/** The filters that went into a package with its last publication. */
export interface PublishedBuilders {
  readonly package: string;
  readonly builders: readonly KeptBuilder[];
}

/** Filters of the rule builder. */
export function builderOperations(context: Context, overview: Overview, published: Published) {
  const { db } = context;
  const put = db.prepare('INSERT OR REPLACE INTO kept_builders VALUES (?, ?)');
  const forget = db.prepare('DELETE FROM kept_builders WHERE package = ?');
  return {
    /** Updates that a filter lets through, newest first. */
    builderCandidates: ({
      filter,
      now,
    }: {
      readonly filter: BuildFilter;
      readonly now: number;
    }): Result<readonly Candidate[], ConsoleError> => {
      const counts = overview.counts();
      const superseded = overview.supersededGuids();
      const matches = buildMatcher(filter, now);
      const mentioned = filter.isUnruled ? published.mentioned() : null;
      const found = overview.descriptions().filter((update, at) => {
        if (!overview.isListed(update) || (mentioned?.[at] ?? 0) !== 0) return false;
        const facts: Buildable = {
          ...update,
          needed: counts.counts(update.id).needed,
          isSuperseded: superseded.has(update.guid),
        };
        return matches(facts);
      });
      return ok(
        found
          .toSorted((a, b) => (b.changetime ?? '').localeCompare(a.changetime ?? ''))
          .map(({ updateId, title, kbids }) => ({ updateId, title, kbids })),
      );
    },

    /** Keeps the filters of a published draft: the next draft of the package has them again. */
    keepBuilders: ({ package: name, builders }: PublishedBuilders): Result<null, ConsoleError> =>
      write(context, () => {
        if (builders.length === 0) forget.run(name);
        else put.run(name, JSON.stringify(builders));
        return null;
      }),
  };
}
