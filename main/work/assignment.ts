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
  reachOf,
  unitsOf,
} from '../../domain/assignment.ts';
import { ok, type Result } from '../../domain/result.ts';
import { controlText } from '../../wapt/index.ts';
import type { SignerService } from '../signer/signer.ts';
import type { CarrierRecord, PlacedHost, Store } from '../store/store.ts';
import { pool } from '../sync/pool.ts';
import {
  type CarrierParts,
  type CarrierVersions,
  hostVersions,
  openCarrier,
  signingFailure,
  versionsIn,
} from './carriers.ts';
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
  readonly hosts: readonly PlacedHost[];
}

/** Carriers and hosts as the store has them. */
async function readFleet(store: Store): Promise<Result<Fleet, ConsoleError>> {
  const carriers = await store.carriers();
  if (!carriers.ok) return carriers;
  const hosts = await store.placedHosts();
  return hosts.ok ? ok({ carriers: carriers.value, hosts: hosts.value }) : hosts;
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

/** Units and directory groups that hosts stand in and nobody has made a package for. */
function barePlaces(fleet: Fleet): readonly Pick<Bearer, 'section' | 'package'>[] {
  const known = new Set(fleet.carriers.map(bearerKey));
  const places = new Map<string, Pick<Bearer, 'section' | 'package'>>();
  const add = (place: Pick<Bearer, 'section' | 'package'>): void => {
    const key = bearerKey(place);
    if (!known.has(key) && !places.has(key)) places.set(key, place);
  };
  for (const { organizationalUnit, directoryGroups } of fleet.hosts) {
    // The domain itself is no unit; agents ask for it too, but nobody should make it by a slip.
    for (const name of unitsOf(organizationalUnit)) if (/^ou=/i.test(name)) add({ section: 'unit', package: name });
    for (const name of directoryGroups ?? []) add({ section: 'profile', package: name });
  }
  return [...places.values()];
}

/** Who gets a package now, and who could. */
export async function readAssignment(store: Store, name: string): Promise<Result<Assignment, ConsoleError>> {
  const fleet = await readFleet(store);
  if (!fleet.ok) return fleet;
  const list = await store.packagesList();
  if (!list.ok) return list;
  const { carriers, hosts } = fleet.value;
  const bearers = bearersOf(name, carriers);
  const counts = countByKey(hosts);
  const silent = hosts.filter((host) => host.directoryGroups === null);
  const hostsUnder = (
    carrier: Pick<Bearer, 'section' | 'package'>,
  ): Pick<AssignmentTarget, 'hosts' | 'unsureHosts'> => {
    const keys = carrier.section === 'group' ? bearersOf(carrier.package, carriers) : new Set([bearerKey(carrier)]);
    const unsureHosts = silent.filter((host) => reachOf(host, keys) === 'unknown').length;
    if (keys.size > 1) return { hosts: hosts.filter((host) => isReached(host, keys)).length, unsureHosts };
    const isTold = carrier.section !== 'profile' || silent.length < hosts.length;
    return { hosts: isTold ? (counts.get(bearerKey(carrier)) ?? 0) : null, unsureHosts };
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
      ...hostsUnder(carrier),
      carries: dependsOn(carrier.depends, name) ? 'direct' : bearers.has(bearerKey(carrier)) ? 'through' : 'none',
    };
  });
  const bare = barePlaces(fleet.value).flatMap((place): AssignmentTarget[] => {
    if (place.section === 'host') return [];
    const blank = { version: null, maturity: '', description: '', signer: '', carries: 'none' } as const;
    return [{ section: place.section, name: place.package, ...blank, ...hostsUnder(place) }];
  });
  return ok({
    package: name,
    targets: [...made, ...bare],
    hosts: hosts.filter((host) => host.groups.includes(name)).map(shownHost),
    reached: hosts.filter((host) => isReached(host, bearers)).map((host) => host.uuid),
    unsure: silent.filter((host) => reachOf(host, bearers) === 'unknown').length,
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
  return {
    ...shown,
    trust: opened.value.trust,
    isSettled: isSettled(controlText(opened.value.control, 'depends'), { action, package: name }),
    error: signingFailure(opened.value, state.kind === 'none' || state.certificate.isCodeSigning),
  };
}

/** What changes would do to hosts, and what writing each carrier would meet; everything is read anew from the server. */
export async function previewAssignment(
  parts: AssignmentParts,
  { package: name, changes }: Parsed<'assignment.preview'>,
): Promise<Result<AssignmentPreview, ConsoleError>> {
  const records = await parts.packages.readAll();
  if (!records.ok) return records;
  const fleet = await readFleet(parts.store);
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
  const had = fleet.value.hosts.map((host) => reachOf(host, before));
  const has = next.hosts.map((host) => reachOf(host, after));
  const gained = next.hosts.filter((_, at) => had[at] !== 'yes' && has[at] === 'yes');
  const lost = next.hosts.filter((_, at) => had[at] === 'yes' && has[at] === 'no');
  // Nobody knows whether they are in the directory group of a profile that begins or ends to bring it.
  const begins = next.hosts.filter((_, at) => had[at] !== 'unknown' && has[at] === 'unknown');
  const ends = next.hosts.filter((_, at) => had[at] === 'unknown' && has[at] === 'no');
  const state = parts.signer.state();
  const signer = state.kind === 'open' ? state.chain : null;
  const uuids = (hosts: Fleet['hosts']): readonly string[] => hosts.map((host) => host.uuid);
  const forecast = await parts.store.assignmentForecast({
    package: name,
    gained: uuids(gained),
    lost: uuids([...lost, ...ends]),
    unsure: uuids(begins),
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
    unsure: [...begins, ...ends].map(shownHost),
    kept: has.filter((reach, at) => reach === 'yes' && had[at] === 'yes').length,
    untrusting: signer === null ? null : gained.filter(distrusts).map(shownHost),
    forecast: forecast.value,
  });
}

/** How a carrier is called on screen: hosts by their name. */
export function labelOf(ref: CarrierRef, hostNames: ReadonlyMap<string, string>): string {
  return ref.section === 'host' ? (hostNames.get(ref.name) ?? ref.name) : ref.name;
}
