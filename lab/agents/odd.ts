import { createHash } from 'node:crypto';
import { day } from '../clock.ts';
import type { CatalogueUpdate } from '../origin/catalogue.ts';
import { makePublisher } from '../origin/publisher.ts';
import { everyFamily } from '../origin/windows-updates.ts';
import type { LocalStatus } from '../server/records.ts';
import type { HostProfile } from './profile.ts';

/** What is wrong with a host of an odd lab. */
export type Oddity =
  /** Called like another host, with another uuid. */
  | 'same-name'
  /** Neither a computer name nor a full one. */
  | 'no-name'
  /** Reports some 5,000 updates. */
  | 'hoard'
  /** Its clock is nine days ahead. */
  | 'fast-clock'
  /** Its clock is forty days behind. */
  | 'slow-clock'
  /** Reports rows of updates that the server knows nothing else of. */
  | 'orphans';

/** By how much the clock of a host is off, in milliseconds. */
export const clockError = ({ oddity }: Pick<HostProfile, 'oddity'>): number =>
  oddity === 'fast-clock' ? 9 * day : oddity === 'slow-clock' ? -40 * day : 0;

/** The product that the moved update has from its second report on. */
export const movedProduct = 'Windows - Client, version 24H2';

const hoard = 'hoard';
const hoarded = 5_000;

/** The updates that only the host with some 5,000 of them has. */
export function hoardUpdates(seed: number, base: number): readonly CatalogueUpdate[] {
  const publisher = makePublisher(seed, base, { stream: 'hoard', firstKb: 8_000_000 });
  for (let n = 0; n < hoarded; n += 1) {
    const kb = publisher.kb();
    publisher.publish({
      chain: `hoard ${n}`,
      kb,
      title: {
        en: `Update for Contoso Suite, part ${n + 1} (KB${kb})`,
        fr: `Mise à jour de Contoso Suite, partie ${n + 1} (KB${kb})`,
      },
      published: base - (30 + (n % 900)) * day,
      product: 'Contoso Suite',
      classification: n % 2 === 0 ? 'Security Updates' : 'Updates',
      size: publisher.random.between(1, 40),
      file: `contoso-${kb}`,
      families: everyFamily,
      line: hoard,
      supersedes: false,
    });
  }
  return publisher.updates;
}

/** Odd hosts beside those of a fleet. */
export function oddHosts(profiles: readonly HostProfile[]): readonly HostProfile[] {
  const models = profiles.filter(
    (profile) => profile.behaviour === 'ordinary' && profile.groups.includes('lab-desktops'),
  );
  const [model] = models;
  if (model === undefined) return [];
  const make = (oddity: Oddity, place: number, change: Partial<HostProfile>): HostProfile => ({
    ...(models[place % models.length] ?? model),
    uuid: createHash('sha256')
      .update(`odd ${oddity} ${place}`)
      .digest('hex')
      .slice(0, 32)
      .toUpperCase()
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    behaviour: 'ordinary',
    oddity,
    ...change,
  });
  const called = (name: string): Partial<HostProfile> => ({
    name,
    fqdn: name === '' ? '' : `${name.toLowerCase()}.example.lan`,
  });
  return [
    make('same-name', 0, {}),
    make('same-name', 1, called(model.name)),
    make('no-name', 2, called('')),
    make('no-name', 3, called('')),
    make('hoard', 4, { ...called('ODD-HOARD'), lines: [hoard] }),
    make('fast-clock', 5, called('ODD-FAST')),
    make('slow-clock', 6, called('ODD-SLOW')),
    make('orphans', 7, called('ODD-ORPHANS')),
  ];
}

/** The rows of updates that nobody describes. */
export const orphanRows = (): readonly LocalStatus[] =>
  (['PENDING', 'MISSING', 'OK', 'DISCARDED'] as const).map((status, place) => ({
    update_id: `0dd00000-0000-4000-8000-00000000000${place}_1`,
    status,
    allowed: status !== 'DISCARDED',
    installed: status === 'OK',
    present: true,
    hidden: status === 'DISCARDED',
    delayed: false,
    downloaded: status === 'OK',
    install_date: null,
    history: [],
  }));

/** Which updates the list of an odd server leaves out though hosts report them: one in thirty. */
export const unlistedUpdates = (ids: readonly string[]): readonly string[] =>
  ids.filter((_, place) => place % 30 === 7);

/** The updates as every later scan finds them: one of them, which all hosts report, says another product than on the first day. */
export function movedUpdates(updates: readonly CatalogueUpdate[]): readonly CatalogueUpdate[] {
  const moved = updates.findLast((update) => update.chain === 'malicious software removal');
  return updates.map((update) => (update === moved ? { ...update, product: movedProduct } : update));
}
