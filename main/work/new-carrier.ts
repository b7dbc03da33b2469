import type { ConsoleError } from '../../contract/errors.ts';
import type { CarrierRef } from '../../contract/schemas/assignment.ts';
import type { ControlFields } from '../../wapt/index.ts';

// What servers take as a file name (protocol 5.4); the uuid of a host is given, not chosen.
const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** Why no package of this name may be made; null when it may. Profiles are made by whoever knows the directory. */
export function newNameFailure({ section, name }: CarrierRef): ConsoleError | null {
  if (section === 'profile') return { code: 'not-found', facts: { name } };
  if (section === 'group' && !NAME.test(name)) return { code: 'name-invalid', field: 'name', facts: { name } };
  return null;
}

/** The control of a carrier that nobody has made yet, before its first version. */
export function newCarrier(ref: CarrierRef, label: string, maintainer: string): ControlFields {
  const isHost = ref.section === 'host';
  return {
    package: ref.name,
    version: '0',
    architecture: 'all',
    section: ref.section,
    priority: 'optional',
    name: label,
    maintainer,
    description: label,
    // Only the host itself takes its package, whatever maturities it asks for.
    maturity: isHost ? '' : 'PROD',
  };
}
