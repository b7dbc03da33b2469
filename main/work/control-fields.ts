import { type ControlFields, controlText } from '../../wapt/index.ts';

/** What every publication writes anew, or what the index adds: it says nothing of what a person changed. */
const OF_EACH_VERSION: ReadonlySet<string> = new Set([
  'package',
  'version',
  'package_uuid',
  // The name of whoever signs.
  'maintainer',
  'signer',
  'signer_fingerprint',
  'signature',
  'signature_date',
  'signed_attributes',
  'installed_size',
  'filename',
  'size',
  'md5sum',
  'localpath',
]);

const DEFAULTS: Readonly<Record<string, string>> = { architecture: 'all', priority: 'optional', maturity: 'PROD' };

/** A field as hosts compare it: no maturity is PROD (protocol 5.2). */
const shown = (control: ControlFields, field: string): string =>
  controlText(control, field) || (Object.hasOwn(DEFAULTS, field) ? (DEFAULTS[field] ?? '') : '');

/** The fields of a control that people set and that say something. */
export function comparedFields(control: ControlFields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(control).flatMap((field) => {
      const text = OF_EACH_VERSION.has(field) ? '' : shown(control, field);
      return text === '' ? [] : [[field, text] as const];
    }),
  );
}

/** One field that two controls write differently; empty: it is not there. */
export interface FieldChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** What two controls differ in, by the name of the field. */
export function changedFields(before: ControlFields, after: ControlFields): readonly FieldChange[] {
  const [old, next] = [comparedFields(before), comparedFields(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].toSorted().flatMap((field) => {
    const [from, to] = [shown(old, field), shown(next, field)];
    return from === to ? [] : [{ field, from, to }];
  });
}
