/** The sets behind warnings about rules. */
import type { FleetSet, Where } from '../../../contract/schemas/fleet.ts';
import { normalEntry } from '../../../domain/decision.ts';
import type { Basis } from '../rules/basis.ts';
import { takes, trusts } from '../rules/contradictions.ts';
import type { FleetHost } from '../rules/fleet.ts';
import { hostsOf } from '../rules/forecasts.ts';
import { holdersOf } from '../rules/kept-forecasts.ts';

type Of<K extends Where['kind']> = Extract<Where, { kind: K }>;

/** The hosts that need an update which a line of a rule file means. */
export function rule(basis: Basis, { list, entry }: Of<'rule'>): FleetSet {
  const { index, updates, fleet } = basis;
  const wanted = normalEntry(list, entry);
  const isKb = list === 'allowedKbs' || list === 'forbiddenKbs';
  const one = index.byId.get(wanted);
  const meant = isKb ? (index.byKb.get(wanted) ?? []) : one === undefined ? [] : [one];
  const needing = hostsOf(basis, meant);
  return {
    uuids: fleet.hosts.flatMap(({ host: { uuid } }, h) => (needing.has(h) ? [uuid] : [])),
    updateIds: meant.flatMap((u) => updates[u]?.updateId ?? []),
  };
}

/** The hosts that surely have a package or get it, of which something holds. */
function holders(basis: Basis, name: string, does: (host: FleetHost) => boolean): FleetSet {
  const reach = holdersOf(basis, name);
  const found = basis.fleet.hosts.filter((each) => reach(each) === 'yes' && does(each));
  return { uuids: found.map(({ host: { uuid } }) => uuid), updateIds: [] };
}

/** The hosts of a package that say whom they trust, and trust none of a chain. */
export const distrust = (basis: Basis, { package: name, chain }: Of<'distrust'>): FleetSet =>
  holders(basis, name, (each) => trusts(each, chain) === false);

/** The hosts of a package that say which maturities they take, and not this one. */
export const immature = (basis: Basis, { package: name, maturity }: Of<'immature'>): FleetSet =>
  holders(basis, name, (each) => takes(each, maturity) === false);
