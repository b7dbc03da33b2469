/** Who gets a package: packages that depend on it bring it to their hosts (protocol 5.2, 5.5, 6.5). Pure. */

/** What can bring a package to hosts: a host's own package, a group, the package of an organisational unit, that of a directory group. */
export const CARRIER_SECTIONS = ['group', 'unit', 'profile', 'host'] as const;

/** One of `CARRIER_SECTIONS`. */
export type CarrierSection = (typeof CARRIER_SECTIONS)[number];

/** A package with what it depends on, as its control says it. */
export interface Bearer {
  readonly section: CarrierSection;
  readonly package: string;
  readonly depends: string;
}

/** What of a host decides which packages it gets. */
export interface Placed {
  /** What its host package depends on. */
  readonly groups: readonly string[];
  /** The distinguished name of its unit. */
  readonly organizationalUnit: string | null;
  /** Directory groups of the computer: their names are those of profile packages. Null: the host never said. */
  readonly directoryGroups: readonly string[] | null;
}

// A comma between parentheses belongs to a version.
const parts = (depends: string): readonly string[] =>
  depends.split(/,(?![^()]*\))/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));

const nameOf = (requirement: string): string => requirement.replace(/\(.*$/s, '').trim();

/** The names that a csv of requirements asks for: `a, b(>=1.0)` asks for `a` and `b`. */
export function requiredNames(depends: string): readonly string[] {
  return parts(depends).map(nameOf);
}

/** Whether a csv of requirements asks for a package, in whatever version. */
export function dependsOn(depends: string, name: string): boolean {
  return requiredNames(depends).includes(name);
}

/** One change of what a package depends on. */
export interface DependsChange {
  readonly action: 'add' | 'remove';
  readonly package: string;
}

/**
 * The csv with one package more or less. What it says of other packages stays as it is written, their versions and their order too; a package
 * that is asked for in a version already stays so.
 */
export function editDepends(depends: string, change: DependsChange): string {
  const kept = parts(depends);
  if (change.action === 'remove') return kept.filter((requirement) => nameOf(requirement) !== change.package).join(',');
  return (dependsOn(depends, change.package) ? kept : [...kept, change.package]).join(',');
}

/** Whether a csv already is what a change wants it to be. */
export function isSettled(depends: string, change: DependsChange): boolean {
  return dependsOn(depends, change.package) === (change.action === 'add');
}

// A comma inside a name is written with a backslash before it.
const dnParts = (dn: string): readonly string[] => dn.split(/(?<!\\),/).map((part) => part.trim());

/** The unit of a distinguished name and those above it, the nearest first: hosts take the package of each. */
export function unitsOf(dn: string | null): readonly string[] {
  if (dn === null || dn.trim() === '') return [];
  const all = dnParts(dn);
  return all.map((_, from) => all.slice(from).join(','));
}

/**
 * What a host must have for a package to come to it directly. Directory names are compared without regard to case and spaces, names of packages
 * exactly.
 */
export function bearerKey({ section, package: name }: Pick<Bearer, 'section' | 'package'>): string {
  if (section === 'unit') return `unit ${dnParts(name).join(',').toLowerCase()}`;
  return section === 'profile' ? `profile ${name.toLowerCase()}` : `package ${name}`;
}

/** All that a host has of this: what its own package asks for, its units, its directory groups. */
export function hostKeys(host: Placed): readonly string[] {
  return [
    ...host.groups.map((name) => bearerKey({ section: 'group', package: name })),
    ...unitsOf(host.organizationalUnit).map((name) => bearerKey({ section: 'unit', package: name })),
    ...(host.directoryGroups ?? []).map((name) => bearerKey({ section: 'profile', package: name })),
  ];
}

/**
 * The keys of which a host needs one for a package to reach it: the package itself, those that depend on it, and those that depend on these.
 * Groups that ask for each other in a ring are each looked at once.
 */
export function bearersOf(name: string, bearers: readonly Bearer[]): ReadonlySet<string> {
  const askedBy = new Map<string, Bearer[]>();
  for (const bearer of bearers) {
    for (const required of requiredNames(bearer.depends)) {
      const known = askedBy.get(required);
      if (known === undefined) askedBy.set(required, [bearer]);
      else known.push(bearer);
    }
  }
  const names = new Set([name]);
  const keys = new Set([bearerKey({ section: 'group', package: name })]);
  for (const one of names) {
    for (const bearer of askedBy.get(one) ?? []) {
      names.add(bearer.package);
      keys.add(bearerKey(bearer));
    }
  }
  return keys;
}

/** Whether something brings a package to a host; `unknown`: only a profile could, and nobody knows the host's directory groups. */
export type Reach = 'yes' | 'no' | 'unknown';

const PROFILE = bearerKey({ section: 'profile', package: '' });

/** Whether something brings the package of these keys to a host. */
export function reachOf(host: Placed, bearers: ReadonlySet<string>): Reach {
  if (hostKeys(host).some((key) => bearers.has(key))) return 'yes';
  if (host.directoryGroups !== null) return 'no';
  for (const key of bearers) if (key.startsWith(PROFILE)) return 'unknown';
  return 'no';
}

/** Whether something surely brings the package of these keys to a host. */
export function isReached(host: Placed, bearers: ReadonlySet<string>): boolean {
  return hostKeys(host).some((key) => bearers.has(key));
}
