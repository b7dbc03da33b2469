import type { CarrierSection } from '../../domain/assignment.ts';
import { type ControlFields, comparePackages, controlText } from '../../wapt/index.ts';
import type { CarrierRecord } from '../store/store.ts';

/** The newest record of each name (protocol 5.4). */
export function newestByName(records: readonly ControlFields[]): ReadonlyMap<string, ControlFields> {
  const newest = new Map<string, ControlFields>();
  for (const control of records) {
    const name = controlText(control, 'package');
    const known = newest.get(name);
    if (known === undefined || comparePackages(control, known) > 0) newest.set(name, control);
  }
  return newest;
}

const INDEXED: ReadonlySet<string> = new Set<CarrierSection>(['group', 'unit', 'profile']);

/** The newest packages of an index that can bring others to hosts. */
export function carrierRecords(newest: ReadonlyMap<string, ControlFields>): readonly CarrierRecord[] {
  return [...newest.values()].flatMap((control) => {
    const text = (name: string): string => controlText(control, name);
    if (!INDEXED.has(text('section'))) return [];
    return [
      {
        package: text('package'),
        section: text('section') as CarrierRecord['section'],
        version: text('version'),
        maturity: text('maturity'),
        description: text('description'),
        depends: text('depends'),
        signer: text('signer'),
      },
    ];
  });
}
