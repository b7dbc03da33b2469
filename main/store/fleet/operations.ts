import type { ConsoleError } from '../../../contract/errors.ts';
import type { IndexState, Repositories } from '../../../contract/schemas/downloads.ts';
import type { FleetNews, FleetOverview, FleetSet, Trend, Where } from '../../../contract/schemas/fleet.ts';
import type { Dimension } from '../../../domain/compliance.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { campaignSetOf } from '../campaigns/sets.ts';
import { type Context, kept, write } from '../context.ts';
import type { Cves } from '../cves/operations.ts';
import type { FilesByUpdate } from '../disk.ts';
import type { Failed } from '../failures/failed.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Meta } from '../meta.ts';
import type { Basis } from '../rules/basis.ts';
import { first } from '../sql.ts';
import { apartFigures, systemNames } from './apart.ts';
import { behind } from './behind.ts';
import { cacheFigures } from './cache.ts';
import { look, looksOf, newsSince, toSeen } from './looks.ts';
import { ageOf, type Limit, type Picture } from './picture.ts';
import { repositoryUses } from './repositories.ts';
import { localDay, snapshotsOf } from './snapshots.ts';
import { tally } from './tally.ts';

/** What the store can be asked about the whole fleet, and what it keeps of each day. */
export function fleetOf(
  context: Context,
  {
    meta,
    failed,
    basis,
    picture,
    cves,
    files,
  }: {
    readonly meta: Meta;
    readonly failed: Failed;
    readonly basis: () => Basis;
    readonly picture: () => Picture;
    readonly cves: Cves;
    readonly files: () => FilesByUpdate;
  },
) {
  const snapshots = snapshotsOf(context);
  const looks = looksOf(context);
  const campaign = campaignSetOf(context);
  const others = context.db.prepare('SELECT count(*) AS n FROM hosts WHERE is_windows = 0');
  const otherHosts = kept(
    () => context.revision.hosts,
    () => first<{ n: number }>(others)?.n ?? 0,
  );
  const { revision } = context;
  const state = (day: number, staleDays: number): string =>
    [revision.hosts, revision.rows, revision.updates, context.rollbacks, day, staleDays].join();
  let keptState = '';

  const index = (): IndexState | null => {
    const text = meta.get('index-state');
    return text === null ? null : (JSON.parse(text) as IndexState);
  };

  const limitOf = ({ staleDays, now = Date.now() }: StaleLimit): Limit => ({ staleDays, now });

  return {
    /** Keeps the figures of the day; belongs inside a write. Nothing is counted anew while nothing changed. */
    keepDay: (asked: StaleLimit): void => {
      const limit = limitOf(asked);
      const now = state(localDay(limit.now), limit.staleDays);
      if (now === keptState) return;
      snapshots.take({ cells: tally(picture(), limit), ...limit });
      keptState = now;
    },

    operations: {
      /** The fleet at a glance. */
      fleetOverview: (asked: StaleLimit): Result<FleetOverview, ConsoleError> => {
        const limit = limitOf(asked);
        const fleet = picture();
        return ok({
          freshness: meta.freshness(),
          isCutOff: meta.get('hosts-cut-off') === '1',
          staleDays: limit.staleDays,
          cells: tally(fleet, limit),
          systemNames: systemNames(fleet),
          otherHosts: otherHosts(),
          apart: apartFigures(fleet, limit),
          rebootUnsaid: fleet.hosts.filter((host) => host.rebootRequired === null).length,
          cache: cacheFigures(fleet, files()),
          index: index(),
          indexDates: indexDates(fleet, limit),
        });
      },

      /** The repositories that hosts use, and whether they found the files of updates there. */
      repositoryUses: (asked: StaleLimit): Result<Pick<Repositories, 'uses' | 'freshness'>, ConsoleError> =>
        ok({ uses: repositoryUses(picture(), limitOf(asked)), freshness: meta.freshness() }),

      /** The figures of one entry by day. */
      fleetTrend: (entry: {
        readonly dimension: Dimension;
        readonly key: string;
        readonly days: number;
      }): Result<Trend, ConsoleError> => ok(snapshots.trend(entry)),

      /** What changed since one last looked. */
      fleetNews: (asked: StaleLimit): Result<FleetNews, ConsoleError> => {
        const limit = limitOf(asked);
        const fleet = picture();
        return ok(newsSince(fleet, look(fleet, limit), looks.before(), index()?.date ?? null));
      },

      /** Notes that somebody looks, and what there is to see; coming back within an hour goes on with the same visit. */
      fleetVisit: (asked: StaleLimit): Result<FleetNews, ConsoleError> => {
        const limit = limitOf(asked);
        const fleet = picture();
        const sight = look(fleet, limit);
        // Half a fleet is not what one saw: the rest would be news the next time.
        if (meta.freshness().syncedAt === null) return ok(newsSince(fleet, sight, looks.before(), null));
        const date = index()?.date ?? null;
        return write(context, () => {
          looks.note(() => toSeen(fleet, sight, date), limit.now);
          return newsSince(fleet, sight, looks.before(), date);
        });
      },

      /** Keeps what the server said of its index, for when it is away. */
      noteIndex: (said: IndexState): Result<null, ConsoleError> =>
        write(context, () => {
          meta.set('index-state', JSON.stringify(said));
          return null;
        }),

      /** The hosts and updates that a number speaks of; nothing for an entry that is not there (any more). */
      fleetBehind: ({ where, ...asked }: StaleLimit & { readonly where: Where }): Result<FleetSet, ConsoleError> =>
        ok(behind({ picture, failed, before: looks.before, basis, cves, campaign }, where, limitOf(asked))),
    },
  };
}

function indexDates(fleet: Picture, limit: Limit): FleetOverview['indexDates'] {
  const hosts = fleet.hosts.filter((host) => ageOf(host, limit) === 'counted');
  return [...Map.groupBy(hosts, (host) => host.indexDate)]
    .map(([date, list]) => ({ date, hosts: list.length }))
    .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''))
    .slice(0, 50);
}
