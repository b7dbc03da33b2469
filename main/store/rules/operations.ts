import type { Context } from '../context.ts';
import type { KnownBadIds } from '../failures/known-bad.ts';
import type { Overview } from '../overview.ts';
import { assignmentOperations } from './assignments.ts';
import type { Basis } from './basis.ts';
import { contentOperations } from './contents.ts';
import { forecastsOf } from './forecasts.ts';
import { draftReader } from './open-draft.ts';
import { ruleOverviews } from './overviews.ts';
import { statedOperations } from './stated.ts';
import { whyOf } from './why.ts';

/** What the store can be asked about rules: forecasts, reasons, facts. */
export function ruleOperations(context: Context, overview: Overview, basis: () => Basis, knownBad: KnownBadIds) {
  const read = draftReader(context, basis);
  return {
    ...contentOperations(context),
    ...statedOperations(context),
    ...forecastsOf(context, overview, basis, read, knownBad),
    ...whyOf(context, basis, read),
    ...ruleOverviews(basis),
    ...assignmentOperations(context, basis),
  };
}
