import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlFields, controlText, packageFilename } from '../../wapt/index.ts';
import { isAcceptableName } from './repository.ts';
import type { Store } from './store.ts';

/** The folder `/wapt-host`: one package a host, named by its uuid, with no index (protocol 5.5, 6.4). */
export type HostPackages = {
  readonly directory: string;
  /** Grows by one at each upload. */
  readonly generation: () => number;
  /** The record of a host's package that somebody uploaded, as an index would have it; null while the first one stands. */
  readonly record: (uuid: string) => ControlFields | null;
  /** Puts a package where the one before was, and takes what it asks for as the groups of its host. */
  readonly add: (bytes: Buffer, control: ControlFields) => ControlFields;
  /** The bytes of an uploaded package, or null. */
  readonly read: (uuid: string) => Buffer | null;
  /** Makes the file of a name, where its host has a package that nobody has asked for yet. */
  readonly prepare: (name: string) => Promise<void>;
};

const namesOf = (control: ControlFields): string[] =>
  controlText(control, 'depends')
    .split(',')
    .map((part) => part.replace(/\(.*$/, '').trim())
    .filter((part) => part !== '');

/**
 * Opens the folder. `first` builds the package that a host had before anybody changed it, null for a host that has none: signing them all would
 * make a large lab start slowly, so each is made when it is asked for.
 */
export function openHostPackages(
  directory: string,
  store: Store,
  first: (uuid: string) => Promise<Buffer | null>,
): HostPackages {
  mkdirSync(directory, { recursive: true });
  const records = store.database.table<ControlFields>('host_package_records');
  const building = new Map<string, Promise<void>>();
  let generation = 0;

  const fileOf = (uuid: string): string => join(directory, packageFilename({ package: uuid, section: 'host' }));
  const write = (path: string, bytes: Buffer): void => {
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  };
  const make = async (uuid: string, path: string): Promise<void> => {
    const bytes = await first(uuid);
    if (bytes !== null && !existsSync(path)) write(path, bytes);
  };

  return {
    directory,
    generation: () => generation,
    record: (uuid) => records.get(uuid) ?? null,
    add: (bytes, control) => {
      const uuid = String(control['package']);
      const path = fileOf(uuid);
      write(path, bytes);
      const md5sum = createHash('md5').update(bytes).digest('hex');
      const record = { ...control, filename: packageFilename(control), size: bytes.length, md5sum };
      records.set(uuid, record);
      store.patchHost(uuid, { depends: namesOf(control).join(',') });
      generation += 1;
      return { ...record, localpath: path };
    },
    read: (uuid) => (existsSync(fileOf(uuid)) ? readFileSync(fileOf(uuid)) : null),
    prepare: async (name) => {
      const path = join(directory, name);
      if (!isAcceptableName(name) || existsSync(path)) return;
      const uuid = name.slice(0, -'.wapt'.length);
      const made = building.get(uuid) ?? make(uuid, path).finally(() => building.delete(uuid));
      building.set(uuid, made);
      await made;
    },
  };
}
