/** What one chooses in the assignment of a package, before anything is asked of main. */
import type { Assignment } from '../../../../contract/schemas/assignment.ts';
import type { HostRow } from '../../../../contract/schemas/hosts.ts';
import type { CarrierSection } from '../../../../domain/assignment.ts';

/** The tabs, in their order. */
export const SECTIONS = ['group', 'unit', 'profile', 'host'] as const satisfies readonly CarrierSection[];

/** One line with a check box. */
export interface Choice {
  readonly key: string;
  readonly section: CarrierSection;
  readonly name: string;
  readonly label: string;
  readonly detail: string;
  /** Hosts under it; null where nobody knows. A host stands for itself. */
  readonly hosts: number | null;
  /** Beside these: hosts that never said in which directory groups they are, where that decides. */
  readonly unsureHosts: number;
  /** Null: its package would be made. */
  readonly version: string | null;
  readonly carries: 'direct' | 'through' | 'none';
}

/** What one wants otherwise than it is, by key. */
export type Wishes = ReadonlyMap<string, boolean>;

/** One change as main takes it. */
export interface Change {
  readonly section: CarrierSection;
  readonly name: string;
  readonly action: 'add' | 'remove';
}

/** The key of a carrier among the choices. */
export const choiceKey = (section: CarrierSection, name: string): string => `${section} ${name}`;

const byLabel = (a: Choice, b: Choice): number => a.label.localeCompare(b.label);

/** Every group, unit, profile and host, each section by name; `made` are groups and profiles that do not exist yet. */
export function choicesOf(
  assignment: Assignment,
  hosts: readonly HostRow[],
  made: readonly Pick<Choice, 'section' | 'name'>[],
): readonly Choice[] {
  const reached = new Set(assignment.reached);
  const carriers = assignment.targets.map(
    ({ section, name, description, hosts: count, unsureHosts, version, carries }): Choice => ({
      key: choiceKey(section, name),
      section,
      name,
      label: name,
      detail: description,
      hosts: count,
      unsureHosts,
      version,
      carries,
    }),
  );
  const known = new Set(carriers.map((choice) => choice.key));
  const fresh = made.flatMap(({ section, name }): Choice[] => {
    const key = choiceKey(section, name);
    const blank = { detail: '', hosts: 0, unsureHosts: 0, version: null, carries: 'none' } as const;
    return known.has(key) ? [] : [{ key, section, name, label: name, ...blank }];
  });
  const own = hosts.map(
    (host): Choice => ({
      key: choiceKey('host', host.uuid),
      section: 'host',
      name: host.uuid,
      label: host.fqdn,
      detail: [host.description, host.organizationalUnit].filter((text) => text !== null && text !== '').join(' · '),
      hosts: 1,
      unsureHosts: 0,
      version: null,
      carries: host.groups.includes(assignment.package) ? 'direct' : reached.has(host.uuid) ? 'through' : 'none',
    }),
  );
  return [...carriers, ...fresh, ...own].toSorted(byLabel);
}

/** Whether the box of a choice is checked. */
export const isChecked = (choice: Choice, wishes: Wishes): boolean =>
  wishes.get(choice.key) ?? choice.carries === 'direct';

/** The wishes after one box was clicked: a wish for what is so already is none. */
export function toggled(choice: Choice, wishes: Wishes): Wishes {
  const next = new Map(wishes);
  if (wishes.has(choice.key)) next.delete(choice.key);
  else next.set(choice.key, choice.carries !== 'direct');
  return next;
}

/** What main is asked to do. */
export function changesOf(choices: readonly Choice[], wishes: Wishes): readonly Change[] {
  return choices.flatMap(({ key, section, name }): Change[] => {
    const wish = wishes.get(key);
    return wish === undefined ? [] : [{ section, name, action: wish ? 'add' : 'remove' }];
  });
}

/** The choices in which every word occurs, those that are checked or wished first: they are what one looks for. */
export function found(choices: readonly Choice[], words: string, wishes: Wishes): readonly Choice[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = choices.filter(({ label, detail }) => {
    const text = `${label} ${detail}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  const rank = (choice: Choice): number => (choice.carries === 'direct' || wishes.has(choice.key) ? 0 : 1);
  return fits.toSorted((a, b) => rank(a) - rank(b));
}
