import type { ConsoleError } from '../../contract/errors.ts';
import type { CarrierRef } from '../../contract/schemas/assignment.ts';
import { bearerKey } from '../../domain/assignment.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type ControlFields, comparePackages, controlText, FormatError, readPackage } from '../../wapt/index.ts';
import { readHostPackage } from '../server/host-package-file.ts';
import { readPackageBytes } from '../server/repository.ts';
import type { ServerClient } from '../server/session.ts';
import { md5Of, type RulePackages } from './rule-packages.ts';

/** What looking at carriers needs. */
export interface CarrierParts {
  readonly client: ServerClient;
  readonly packages: RulePackages;
}

/** The newest published version of a carrier, and how to get at its bytes. */
export interface PublishedCarrier {
  /** MD5 of the file: what says that it is still the same. */
  readonly md5: string;
  readonly control: ControlFields;
  readonly bytes: () => Promise<Result<Uint8Array, ConsoleError>>;
}

/** All published versions of one carrier: older ones too where the repository keeps them, the newest first. */
export type CarrierVersions = readonly PublishedCarrier[];

const keyOf = (control: ControlFields, section: CarrierRef['section']): string =>
  bearerKey({ section, package: controlText(control, 'package') });

/** The versions of an index carrier among freshly read records. Fails with `name-invalid` when something else has the name. */
export function versionsIn(
  parts: CarrierParts,
  records: readonly ControlFields[],
  ref: CarrierRef,
): Result<CarrierVersions, ConsoleError> {
  const named = records.filter((control) => controlText(control, 'package') === ref.name);
  if (named.some((control) => controlText(control, 'section') !== ref.section))
    return fail({ code: 'name-invalid', field: 'name', facts: { reason: 'taken', name: ref.name } });
  const key = bearerKey({ section: ref.section, package: ref.name });
  const other = records.find(
    (control) => controlText(control, 'section') === ref.section && keyOf(control, ref.section) === key,
  );
  // Hosts compare names of units and profiles without case: a second one in another spelling would be asked for by the same hosts.
  if (named.length === 0 && other !== undefined)
    return fail({
      code: 'name-invalid',
      field: 'name',
      facts: { reason: 'spelling', name: controlText(other, 'package') },
    });
  const versions = named.toSorted((a, b) => comparePackages(b, a));
  return ok(
    versions.map((control) => ({
      md5: controlText(control, 'md5sum'),
      control,
      bytes: () => {
        const size = Number(controlText(control, 'size'));
        const file = { filename: controlText(control, 'filename'), md5sum: controlText(control, 'md5sum') };
        return readPackageBytes(parts.client, Number.isNaN(size) ? file : { ...file, size });
      },
    })),
  );
}

/** The one version of a host's package that there is, as the server has it in this moment. `package-refused` when it cannot be read. */
export async function hostVersions(parts: CarrierParts, uuid: string): Promise<Result<CarrierVersions, ConsoleError>> {
  const read = await readHostPackage(parts.client, uuid);
  if (!read.ok) return read;
  const bytes = read.value;
  if (bytes === null) return ok([]);
  try {
    const { control } = await readPackage(bytes);
    return ok([{ md5: md5Of(bytes), control, bytes: () => Promise.resolve(ok(bytes)) }]);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail({ code: 'package-refused', facts: { reason: error.code } });
  }
}

/** A carrier opened for editing. */
export interface OpenedCarrier {
  readonly control: ControlFields;
  /** What is kept: everything but control, certificate and signatures. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly trust: 'verified' | 'intact';
}

/** Whether there is a program in it; hosts unpack where `SETUP.PY` is `setup.py`. */
const hasProgram = (files: ReadonlyMap<string, Uint8Array>): boolean =>
  [...files.keys()].some((path) => path.toLowerCase() === 'setup.py');

/**
 * Why a carrier may not be signed anew, whatever the person accepts; null when it may. A program of a signer whom nobody trusts would run on every
 * host that trusts us, and one by a certificate that may not sign code is refused by server and hosts (protocol 5.10).
 */
export function signingFailure({ files, trust }: OpenedCarrier, maySignCode: boolean): ConsoleError | null {
  if (!hasProgram(files)) return null;
  if (trust === 'intact') return { code: 'package-refused', facts: { reason: 'program-untrusted' } };
  return maySignCode ? null : { code: 'package-refused', facts: { reason: 'needs-code-signing' } };
}

const SIGNED = /^WAPT\/(control$|certificate\.crt$|manifest\.|signature)/;

/** Reads and judges a carrier: what hosts would refuse is not signed anew. Fails with `package-refused`. */
export async function openCarrier(
  parts: CarrierParts,
  published: PublishedCarrier,
): Promise<Result<OpenedCarrier, ConsoleError>> {
  const bytes = await published.bytes();
  if (!bytes.ok) return bytes;
  const verification = await parts.packages.judge(bytes.value);
  if (verification.kind === 'refused') return fail({ code: 'package-refused', facts: { reason: verification.reason } });
  const { control, files } = await readPackage(bytes.value);
  const kept = new Map([...files].filter(([path]) => !SIGNED.test(path)));
  return ok({ control, files: kept, trust: verification.kind === 'verified' ? 'verified' : 'intact' });
}
