import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type {
  Assignment,
  AssignmentHost,
  AssignmentPreview,
  AssignmentStep,
  AssignmentTarget,
  CarrierRef,
} from '../../contract/schemas/assignment.ts';
import {
  type Bearer,
  bearerKey,
  bearersOf,
  dependsOn,
  editDepends,
  hostKeys,
  isReached,
  isSettled,
  unitsOf,
} from '../../domain/assignment.ts';
import { ok, type Result } from '../../domain/result.ts';
import { controlText } from '../../wapt/index.ts';
import { directoryGroups } from '../server/host-package-file.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerService } from '../signer/signer.ts';
import type { CarrierRecord, PlacedHost, Store } from '../store/store.ts';
import { pool } from '../sync/pool.ts';
import { type CarrierParts, type CarrierVersions, hostVersions, openCarrier, versionsIn } from './carriers.ts';
import { newNameFailure } from './new-carrier.ts';

/** What assigning works with. */
export interface AssignmentParts extends CarrierParts {
  readonly store: Store;
  readonly signer: SignerService;
  /** Days after which a scan is stale. */
  readonly staleDays: number;
}

type Change = Parsed<'assignment.preview'>['changes'][number];

interface Fleet {
  readonly carriers: readonly CarrierRecord[];
  readonly hosts: readonly (PlacedHost & { readonly profiles: readonly string[] })[];
  /** Whether the directory groups of hosts are known: without them nobody knows whom a profile reaches. */
  readonly knowsProfiles: boolean;
}

/** Carriers and hosts as the store has them; the directory groups are asked for where a profile package makes them matter. */
async function readFleet(store: Store, client: ServerClient | null): Promise<Result<Fleet, ConsoleError>> {
  const carriers = await store.carriers();
  if (!carriers.ok) return carriers;
  const hosts = await store.placedHosts();
  if (!hosts.ok) return hosts;
  const hasProfiles = carriers.value.some((carrier) => carrier.section === 'profile');
  const groups = hasProfiles && client !== null ? await directoryGroups(client) : null;
  const profilesOf = groups?.ok === true ? groups.value : null;
  return ok({
    carriers: carriers.value,
    hosts: hosts.value.map((host) => ({ ...host, profiles: profilesOf?.get(host.uuid) ?? [] })),
    knowsProfiles: !hasProfiles || profilesOf !== null,
  });
}

const shownHost = ({ uuid, fqdn, description, reachable }: PlacedHost): AssignmentHost => ({
  uuid,
  fqdn,
  description,
  reachable,
});

/** How many hosts have each key. */
function countByKey(hosts: Fleet['hosts']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const host of hosts) for (const key of new Set(hostKeys(host))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Units that hosts stand in and nobody has made a package for. */
function bareUnits(fleet: Fleet): readonly string[] {
  const known = new Set(fleet.carriers.map(bearerKey));
  const units = new Map<string, string>();
  for (const { organizationalUnit } of fleet.hosts) {
    for (const name of unitsOf(organizationalUnit)) {
      const key = bearerKey({ section: 'unit', package: name });
      // The domain itself is no unit; agents ask for it too, but nobody should make it by a slip.
      if (!known.has(key) && /^ou=/i.test(name)) units.set(key, units.get(key) ?? name);
    }
  }
  return [...units.values()];
}

/** Who gets a package now, and who could. `client` null: nobody is signed in, and hosts of profiles are not known. */
export async function readAssignment(
  store: Store,
  client: ServerClient | null,
  name: string,
): Promise<Result<Assignment, ConsoleError>> {
  const fleet = await readFleet(store, client);
  if (!fleet.ok) return fleet;
  const list = await store.packagesList();
  if (!list.ok) return list;
  const { carriers, hosts, knowsProfiles } = fleet.value;
  const bearers = bearersOf(name, carriers);
  const counts = countByKey(hosts);
  const hostsUnder = (carrier: Pick<Bearer, 'section' | 'package'>): number | null => {
    if (carrier.section === 'profile' && !knowsProfiles) return null;
    const keys = carrier.section === 'group' ? bearersOf(carrier.package, carriers) : new Set([bearerKey(carrier)]);
    if (keys.size > 1) return hosts.filter((host) => isReached(host, keys)).length;
    return counts.get(bearerKey(carrier)) ?? 0;
  };
  const made = carriers.map((carrier): AssignmentTarget => {
    const { section, version, maturity, description, signer } = carrier;
    return {
      section,
      name: carrier.package,
      version,
      maturity,
      description,
      signer,
      hosts: hostsUnder(carrier),
      carries: dependsOn(carrier.depends, name) ? 'direct' : bearers.has(bearerKey(carrier)) ? 'through' : 'none',
    };
  });
  const bare = bareUnits(fleet.value).map(
    (unit): AssignmentTarget => ({
      section: 'unit',
      name: unit,
      version: null,
      maturity: '',
      description: '',
      signer: '',
      hosts: hostsUnder({ section: 'unit', package: unit }),
      carries: 'none',
    }),
  );
  return ok({
    package: name,
    targets: [...made, ...bare],
    hosts: hosts.filter((host) => host.groups.includes(name)).map(shownHost),
    reached: hosts.filter((host) => isReached(host, bearers)).map((host) => host.uuid),
    readAt: list.value.readAt,
  });
}

/** The fleet as it would be. */
function afterChanges(fleet: Fleet, name: string, changes: readonly Change[]): Fleet {
  const byKey = new Map(
    changes.map((change) => [bearerKey({ section: change.section, package: change.name }), change]),
  );
  const byHost = new Map(changes.flatMap((change) => (change.section === 'host' ? [[change.name, change]] : [])));
  const carriers = fleet.carriers.map((carrier) => {
    const change = byKey.get(bearerKey(carrier));
    if (change === undefined || change.section !== carrier.section) return carrier;
    return { ...carrier, depends: editDepends(carrier.depends, { action: change.action, package: name }) };
  });
  const known = new Set(fleet.carriers.map(bearerKey));
  const blank = { version: '', maturity: '', description: '', signer: '' } as const;
  const made = changes.flatMap(({ section, name: carrier, action }): CarrierRecord[] =>
    section === 'host' || action === 'remove' || known.has(bearerKey({ section, package: carrier }))
      ? []
      : [{ section, package: carrier, depends: name, ...blank }],
  );
  const hosts = fleet.hosts.map((host) => {
    const change = byHost.get(host.uuid);
    if (change === undefined) return host;
    const others = host.groups.filter((group) => group !== name);
    return { ...host, groups: change.action === 'add' ? [...others, name] : others };
  });
  return { ...fleet, carriers: [...carriers, ...made], hosts };
}

/** What writing one carrier would meet. */
async function step(
  parts: AssignmentParts,
  name: string,
  change: Change,
  label: string,
  versions: Result<CarrierVersions, ConsoleError>,
): Promise<AssignmentStep> {
  const { section, action } = change;
  const refused = (error: ConsoleError): AssignmentStep => ({
    section,
    name: change.name,
    action,
    label,
    version: null,
    signer: '',
    trust: 'new',
    isSettled: false,
    error,
  });
  if (!versions.ok) return refused(versions.error);
  const [newest] = versions.value;
  if (newest === undefined) {
    const failure = action === 'add' ? newNameFailure(change) : null;
    if (failure !== null) return refused(failure);
    return { ...refused({ code: 'not-found' }), isSettled: action === 'remove', error: null };
  }
  const opened = await openCarrier(parts, newest);
  const shown = {
    section,
    name: change.name,
    action,
    label,
    version: controlText(newest.control, 'version'),
    signer: controlText(newest.control, 'signer'),
  };
  if (!opened.ok) return { ...shown, trust: 'intact', isSettled: false, error: opened.error };
  const state = parts.signer.state();
  const mustSignCode = opened.value.files.has('setup.py');
  const maySignCode = state.kind !== 'none' && state.certificate.isCodeSigning;
  return {
    ...shown,
    trust: opened.value.trust,
    isSettled: isSettled(controlText(opened.value.control, 'depends'), { action, package: name }),
    error:
      mustSignCode && state.kind !== 'none' && !maySignCode
        ? { code: 'package-refused', facts: { reason: 'needs-code-signing' } }
        : null,
  };
}

/** What changes would do to hosts, and what writing each carrier would meet; everything is read anew from the server. */
export async function previewAssignment(
  parts: AssignmentParts,
  { package: name, changes }: Parsed<'assignment.preview'>,
): Promise<Result<AssignmentPreview, ConsoleError>> {
  const records = await parts.packages.readAll();
  if (!records.ok) return records;
  const fleet = await readFleet(parts.store, parts.client);
  if (!fleet.ok) return fleet;
  const labels = new Map(fleet.value.hosts.map((host) => [host.uuid, host.fqdn]));
  const steps = new Map<Change, AssignmentStep>();
  await pool(changes, 6, async (change) => {
    const isHost = change.section === 'host';
    const versions = isHost ? await hostVersions(parts, change.name) : versionsIn(parts, records.value, change);
    steps.set(change, await step(parts, name, change, labelOf(change, labels), versions));
    return true;
  });
  const next = afterChanges(fleet.value, name, changes);
  const [before, after] = [bearersOf(name, fleet.value.carriers), bearersOf(name, next.carriers)];
  const had = fleet.value.hosts.map((host) => isReached(host, before));
  const has = next.hosts.map((host) => isReached(host, after));
  const gained = next.hosts.filter((_, at) => had[at] !== true && has[at] === true);
  const lost = next.hosts.filter((_, at) => had[at] === true && has[at] !== true);
  const state = parts.signer.state();
  const signer = state.kind === 'open' ? state.chain : null;
  const uuids = (hosts: Fleet['hosts']): readonly string[] => hosts.map((host) => host.uuid);
  const forecast = await parts.store.assignmentForecast({
    package: name,
    gained: uuids(gained),
    lost: uuids(lost),
    signer,
    staleDays: parts.staleDays,
  });
  if (!forecast.ok) return forecast;
  const distrusts = (host: PlacedHost): boolean => host.trustedSigners?.some((one) => signer?.includes(one)) === false;
  return ok({
    package: name,
    steps: changes.flatMap((change) => steps.get(change) ?? []),
    gained: gained.map(shownHost),
    lost: lost.map(shownHost),
    kept: has.filter((isNow, at) => isNow && had[at] === true).length,
    untrusting: signer === null ? null : gained.filter(distrusts).map(shownHost),
    forecast: forecast.value,
  });
}

/** How a carrier is called on screen: hosts by their name. */
export function labelOf(ref: CarrierRef, hostNames: ReadonlyMap<string, string>): string {
  return ref.section === 'host' ? (hostNames.get(ref.name) ?? ref.name) : ref.name;
}
