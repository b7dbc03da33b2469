import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  buildPackagesIndex,
  type ControlFields,
  comparePackages,
  packageFilename,
  parsePackagesIndex,
  readPackage,
} from '../../wapt/index.ts';

/** What the rebuilding of the index answers (protocol 6.1). */
export type IndexResult = {
  readonly processed: readonly string[];
  readonly kept: readonly string[];
  readonly errors: readonly string[];
  readonly packages_filename: string;
};

/** The folder `/wapt`: packages and their index. */
export type Repository = {
  readonly directory: string;
  /** Records of the index, in its order. */
  readonly records: () => readonly ControlFields[];
  /** Grows by one at each change of the index. */
  readonly generation: () => number;
  /** Keeps a package under its name with md5, and rebuilds the index. */
  readonly add: (
    bytes: Buffer,
    control: ControlFields,
  ) => Promise<{ readonly control: ControlFields; readonly index: IndexResult }>;
  /** Deletes files by name; answers how many there were. */
  readonly remove: (names: readonly string[]) => Promise<{ readonly deleted: number; readonly index: IndexResult }>;
  /** The bytes of a package, or null. */
  readonly read: (filename: string) => Buffer | null;
};

const certificateOf = async (bytes: Buffer): Promise<string | null> =>
  (await readPackage(bytes)).files.get('WAPT/certificate.crt')?.toString('latin1') ?? null;

/** Whether the server takes a file name: werkzeug's rule, by what survives it (protocol 5.4). */
export const isAcceptableName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]*\.wapt$/.test(name);

/** Opens the folder; what is in it is the truth, the index is made from it. */
export async function openRepository(directory: string): Promise<Repository> {
  mkdirSync(directory, { recursive: true });
  const indexFile = join(directory, 'Packages');
  let generation = 0;
  let records: readonly ControlFields[] = [];
  let certificates: string[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  const write = async (): Promise<void> => {
    records = [...records].sort((a, b) =>
      String(a['package']) < String(b['package'])
        ? -1
        : String(a['package']) > String(b['package'])
          ? 1
          : comparePackages(a, b),
    );
    const bytes = await buildPackagesIndex({ records, certificates });
    const temporary = `${indexFile}.${randomUUID()}`;
    writeFileSync(temporary, bytes);
    renameSync(temporary, indexFile);
    generation += 1;
  };
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined);
    return next;
  };
  const recordOf = (bytes: Buffer, control: ControlFields): ControlFields => {
    const md5sum = createHash('md5').update(bytes).digest('hex');
    return { ...control, filename: packageFilename(control, md5sum), size: bytes.length, md5sum };
  };
  const result = (processed: readonly string[]): IndexResult => ({
    processed,
    kept: records
      .map((record) => join(directory, String(record['filename'])))
      .filter((path) => !processed.includes(path)),
    errors: [],
    packages_filename: indexFile,
  });

  const known = existsSync(indexFile) ? await parsePackagesIndex(readFileSync(indexFile)) : null;
  const byName = new Map(known?.records.map((record) => [String(record['filename']), record]));
  const files = readdirSync(directory).filter((name) => name.endsWith('.wapt'));
  certificates = known === null ? [] : [...known.certificates.values()];
  const found: ControlFields[] = [];
  for (const name of files) {
    const record = byName.get(name);
    if (record !== undefined && record['size'] === statSync(join(directory, name)).size) found.push(record);
    else {
      const bytes = readFileSync(join(directory, name));
      const content = await readPackage(bytes).catch(() => null);
      if (content === null) continue;
      found.push(recordOf(bytes, content.control));
      const certificate = await certificateOf(bytes);
      if (certificate !== null) certificates.push(certificate);
    }
  }
  records = found;
  if (known === null || known.records.length !== found.length) await write();

  return {
    directory,
    records: () => records,
    generation: () => generation,
    add: (bytes, control) =>
      alone(async () => {
        const record = recordOf(bytes, control);
        const path = join(directory, String(record['filename']));
        writeFileSync(path, bytes);
        records = [...records.filter((one) => one['filename'] !== record['filename']), record];
        const certificate = await certificateOf(bytes);
        if (certificate !== null && !certificates.includes(certificate)) certificates.push(certificate);
        await write();
        return { control: { ...record, localpath: path }, index: result([path]) };
      }),
    remove: (names) =>
      alone(async () => {
        let deleted = 0;
        for (const name of names) {
          const path = join(directory, name);
          if (!isAcceptableName(name) || !existsSync(path)) continue;
          unlinkSync(path);
          records = records.filter((record) => record['filename'] !== name);
          deleted += 1;
        }
        await write();
        return { deleted, index: result([]) };
      }),
    read: (filename) => {
      const path = join(directory, filename);
      return isAcceptableName(filename) && existsSync(path) ? readFileSync(path) : null;
    },
  };
}
