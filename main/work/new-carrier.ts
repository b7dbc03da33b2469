import type { ConsoleError } from '../../contract/errors.ts';
import type { CarrierRef } from '../../contract/schemas/assignment.ts';
import type { ControlFields } from '../../wapt/index.ts';

// What servers take as a file name (protocol 5.4); the uuid of a host is given, not chosen.
const NAME = /^[a-z0-9][a-z0-9._-]*$/;

// A control has one line for its name; the file of a profile is named by a hash (protocol 5.4), so that the directory's spelling may stay.
const DIRECTORY_NAME = /^[^\s\p{C},][^\p{C}]*(?<!\s)$/u;

/** Why no package of this name may be made; null when it may. A profile has the name of its directory group. */
export function newNameFailure({ section, name }: CarrierRef): ConsoleError | null {
  const isGood = section === 'group' ? NAME.test(name) : section === 'profile' ? DIRECTORY_NAME.test(name) : true;
  return isGood ? null : { code: 'name-invalid', field: 'name', facts: { name } };
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
