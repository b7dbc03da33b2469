import { APART, type Apart } from '../../../contract/schemas/fleet.ts';
import { isOffSince, isSilent } from '../../../domain/silence.ts';
import { ageOf, eachRow, type FleetHost, type Limit, type Picture } from './picture.ts';

/** How hosts spell the systems that have several names, by the entry of `os`. */
export function systemNames({ hosts }: Picture): Readonly<Record<string, readonly string[]>> {
  const names = new Map<string, Set<string>>();
  for (const { osName, entries } of hosts)
    for (const entry of entries.os) names.set(entry, (names.get(entry) ?? new Set()).add(osName));
  return Object.fromEntries(
    [...names].filter(([, spelled]) => spelled.size > 1).map(([entry, spelled]) => [entry, [...spelled].sort()]),
  );
}

const versionOf = (host: FleetHost): string => `${host.osName}\n${host.osVersion}`;

/** When the newest update came out that counted hosts of each Windows version report, definitions left out. */
function newestReleases(picture: Picture, limit: Limit): ReadonlyMap<string, number> {
  const { released, isDefinition } = picture.updates;
  const newest = new Map<string, number>();
  for (const host of picture.hosts) {
    if (ageOf(host, limit) !== 'counted') continue;
    const version = versionOf(host);
    let last = newest.get(version) ?? Number.NEGATIVE_INFINITY;
    eachRow(picture, host, (update) => {
      const at = released[update] as number;
      // What is dated in the future is a mistake of a clock, and no release.
      if (isDefinition[update] === 0 && at > last && at <= limit.now) last = at;
    });
    if (last > 0) newest.set(version, last);
  }
  return newest;
}

/** Why a host stands apart: none, one or several reasons. */
export function apartOf(picture: Picture, limit: Limit): (host: FleetHost, apart: Apart) => boolean {
  const newest = newestReleases(picture, limit);
  return (host, apart) => {
    switch (apart) {
      case 'never-scanned':
        return ageOf(host, limit) === 'never-scanned';
      case 'scan-old':
        return ageOf(host, limit) === 'old';
      case 'unread':
        return ageOf(host, limit) === 'unread';
      case 'silent':
        return isSilent(host, limit);
      case 'off-since-release':
        return isOffSince(host, newest.get(versionOf(host)) ?? null);
      case 'reboot':
        return host.rebootRequired === true;
    }
  };
}

/** How many hosts stand apart for each reason. */
export function apartFigures(picture: Picture, limit: Limit): Readonly<Record<Apart, number>> {
  const stands = apartOf(picture, limit);
  return Object.fromEntries(
    APART.map((apart) => [apart, picture.hosts.filter((host) => stands(host, apart)).length]),
  ) as Record<Apart, number>;
}
