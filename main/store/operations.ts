import { builderOperations } from './builders.ts';
import { campaignOperations } from './campaigns/campaigns.ts';
import { carrierOperations } from './carriers.ts';
import { catalogueOf } from './catalogue.ts';
import { compareOperations } from './compare.ts';
import type { Context } from './context.ts';
import { cvesOf } from './cves/operations.ts';
import { diskOperations, filesOf } from './disk.ts';
import { draftOperations } from './drafts.ts';
import { failedOf } from './failures/failed.ts';
import { knownBadOf, knownBadOperations } from './failures/known-bad.ts';
import { failureOperations } from './failures/operations.ts';
import { fleetOf } from './fleet/operations.ts';
import { pictureOf } from './fleet/picture.ts';
import { hostOperations, hostQueries } from './hosts.ts';
import { journalOperations } from './journal.ts';
import { metaOf, metaOperations } from './meta.ts';
import { optionOperations } from './options.ts';
import { overviewOf } from './overview.ts';
import { packageOperations } from './packages.ts';
import { pivotOf } from './pivot.ts';
import { publishedOf } from './published.ts';
import { ringOperations } from './rings.ts';
import { rowOperations } from './rows.ts';
import { basisOf } from './rules/basis.ts';
import { ruleOperations } from './rules/operations.ts';
import { triageOperations } from './triage.ts';
import { updateOperations } from './updates.ts';

/** Everything the store can be asked, on one open database. */
export function operationsOf(context: Context) {
  const meta = metaOf(context);
  const catalogue = catalogueOf(context);
  const pivot = pivotOf(context);
  const overview = overviewOf(context, pivot);
  const published = publishedOf(context, overview);
  const failed = failedOf(context);
  const knownBad = knownBadOf(context);
  const basis = basisOf(context, overview);
  const picture = pictureOf(context, overview);
  const cves = cvesOf(context, overview, picture, meta);
  const files = filesOf(context);
  const fleet = fleetOf(context, { meta, failed, basis, picture, cves, files });
  return {
    ...metaOperations(context, meta, fleet.keepDay),
    ...updateOperations(context, catalogue, overview, hostQueries(context), meta, knownBad, cves),
    ...hostOperations(context, pivot, meta),
    ...compareOperations(context, overview, meta),
    ...diskOperations(context, overview, published, meta, files),
    ...rowOperations(context, catalogue),
    ...packageOperations(context, meta),
    ...ruleOperations(context, overview, basis, knownBad),
    ...fleet.operations,
    ...carrierOperations(context),
    ...optionOperations(context, meta),
    ...draftOperations(context),
    ...triageOperations(context, overview, published, meta),
    ...ringOperations(context, overview, published),
    ...builderOperations(context, overview, published),
    ...failureOperations(context, failed, meta),
    ...knownBadOperations(context, pivot),
    ...campaignOperations(context),
    ...cves.operations,
    ...journalOperations(context),
  };
}

/** The table of operations. */
export type Operations = ReturnType<typeof operationsOf>;

/** The name of one. */
export type OperationName = keyof Operations;
