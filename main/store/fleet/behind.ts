import type { FleetSet, Where } from '../../../contract/schemas/fleet.ts';
import type { CampaignSet } from '../../../domain/campaign.ts';
import { countsIn } from '../../../domain/measures.ts';
import type { Cves } from '../cves/operations.ts';
import type { Failed } from '../failures/failed.ts';
import { behindFailures } from '../failures/operations.ts';
import type { Basis } from '../rules/basis.ts';
import type { Looks } from './looks.ts';
import { distrust, immature, rule } from './of-rules.ts';
import { type FleetHost, type Limit, type Picture, stateNow } from './picture.ts';
import { repositoryHosts } from './repositories.ts';
import { apart, cache, compliance, type Found, news } from './sets.ts';

/** What sets are resolved with; each is computed when it is asked for. */
export interface Sources {
  readonly picture: () => Picture;
  readonly failed: Failed;
  readonly before: Looks['before'];
  readonly basis: () => Basis;
  readonly cves: Pick<Cves, 'behind'>;
  readonly campaign: (id: string, set: CampaignSet) => readonly string[];
}

type Of<K extends Where['kind']> = Extract<Where, { kind: K }>;
type Resolver<W extends Where> = (sources: Sources, where: W, limit: Limit) => FleetSet;

const setOf = (picture: Picture, { hosts, updates }: Found): FleetSet => ({
  uuids: hosts.map(({ uuid }) => uuid),
  updateIds: [...updates].sort((a, b) => a - b).map((at) => picture.updates.ids[at] ?? ''),
});

const update: Resolver<Of<'update'>> = (sources, { updateId, measure }) => {
  const picture = sources.picture();
  const { hosts, updates, rowsOf } = picture;
  const key = updates.ids.indexOf(updateId);
  const isBehind = (host: FleetHost): boolean => {
    const rows = rowsOf(host.key);
    const row = rows.update.indexOf(key);
    return row >= 0 && countsIn(stateNow(rows.state[row] as number, updates.isOnServer[key] as number), measure);
  };
  return setOf(picture, { hosts: key < 0 ? [] : hosts.filter(isBehind), updates: key < 0 ? [] : [key] });
};

const host: Resolver<Of<'host'>> = (sources, { uuid, measure }) => {
  const picture = sources.picture();
  const { hosts, updates, rowsOf } = picture;
  const found = hosts.find((each) => each.uuid === uuid);
  if (found === undefined) return { uuids: [], updateIds: [] };
  const { update: keys, state } = rowsOf(found.key);
  return setOf(picture, {
    hosts: [found],
    updates: keys.filter((at, row) =>
      countsIn(stateNow(state[row] as number, updates.isOnServer[at] as number), measure),
    ),
  });
};

const failure: Resolver<Of<'failure'>> = ({ failed }, { kind: _kind, ...set }, limit) =>
  behindFailures(failed(limit), set);

const resolvers: { readonly [K in Where['kind']]: Resolver<Of<K>> } = {
  compliance: ({ picture }, where, limit) => setOf(picture(), compliance(picture(), where, limit)),
  apart: ({ picture }, where, limit) => setOf(picture(), apart(picture(), where, limit)),
  cache: ({ picture }, where) => setOf(picture(), cache(picture(), where)),
  news: ({ picture, before }, where, limit) => setOf(picture(), news(picture(), where, limit, before())),
  update,
  host,
  failure,
  'known-bad': (sources, { updateId }, limit) => {
    const uuids = (['pending', 'missing', 'failed'] as const).flatMap(
      (measure) => update(sources, { kind: 'update', updateId, measure }, limit).uuids,
    );
    return { uuids: [...new Set(uuids)], updateIds: [updateId] };
  },
  cve: ({ cves }, where, limit) => cves.behind(where, limit),
  campaign: ({ campaign }, { id, state }) => ({ uuids: campaign(id, state), updateIds: [] }),
  rule: ({ basis }, where) => rule(basis(), where),
  distrust: ({ basis }, where) => distrust(basis(), where),
  immature: ({ basis }, where) => immature(basis(), where),
  repository: ({ picture }, where, limit) => setOf(picture(), repositoryHosts(picture(), where, limit)),
};

/** The hosts and updates that a number speaks of. */
export function behind(sources: Sources, where: Where, limit: Limit): FleetSet {
  const resolve = resolvers[where.kind] as Resolver<Where>;
  return resolve(sources, where, limit);
}
