/** Who gets a package: packages that depend on it bring it to their hosts (protocol 5.2, 5.5, 6.5). Pure. */

/** What can bring a package to hosts: a host's own package, a group, the package of an organisational unit, that of a directory group. */
export const CARRIER_SECTIONS = ['group', 'unit', 'profile', 'host'] as const;

/** One of `CARRIER_SECTIONS`. */
export type CarrierSection = (typeof CARRIER_SECTIONS)[number];

/** A package with what it depends on, as its control says it. */
export interface Bearer {
  readonly package: string;
  readonly depends: string;
}

/** What of a host decides which packages it gets. */
export interface Placed {
  /** What its host package depends on. */
  readonly groups: readonly string[];
  /** The distinguished name of its unit. */
  readonly organizationalUnit: string | null;
  /** Directory groups of the computer, where they are known. */
  readonly profiles?: readonly string[];
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

/** The names by which a package reaches hosts: its own, those of packages that depend on it, and of packages that depend on those. */
export function bearersOf(name: string, bearers: readonly Bearer[]): ReadonlySet<string> {
  const askedBy = new Map<string, string[]>();
  for (const bearer of bearers) {
    for (const required of requiredNames(bearer.depends)) {
      const known = askedBy.get(required);
      if (known === undefined) askedBy.set(required, [bearer.package]);
      else known.push(bearer.package);
    }
  }
  const found = new Set([name]);
  for (const one of found) for (const by of askedBy.get(one) ?? []) found.add(by);
  return found;
}

/** A distinguished name as it is compared: parts trimmed, without regard to case. */
export function normalUnit(dn: string): string {
  return dnParts(dn).join(',').toLowerCase();
}

// A comma inside a name is written with a backslash before it.
const dnParts = (dn: string): readonly string[] => dn.split(/(?<!\\),/).map((part) => part.trim());

/** The unit of a distinguished name and those above it, the nearest first: hosts take the package of each (compared by `normalUnit`). */
export function unitsOf(dn: string | null): readonly string[] {
  if (dn === null || dn.trim() === '') return [];
  const all = dnParts(dn);
  return all.map((_, from) => all.slice(from).join(','));
}

/** The names among `bearers` that bring a package to a host directly: through its own package, its units, its directory groups. */
export function bringers(host: Placed, bearers: ReadonlySet<string>): readonly string[] {
  const found = host.groups.filter((name) => bearers.has(name));
  if (bearers.size === 1 && found.length > 0) return found;
  const units = new Set(unitsOf(host.organizationalUnit).map(normalUnit));
  const profiles = new Set((host.profiles ?? []).map((name) => name.toLowerCase()));
  if (units.size + profiles.size === 0) return found;
  const implied = [...bearers].filter((name) => units.has(normalUnit(name)) || profiles.has(name.toLowerCase()));
  return [...new Set([...found, ...implied])];
}
