import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** How many files of a folder are looked at. */
const FILES_IN_A_FOLDER = 500;

/** The paths in a folder that end in one of these (lower case, with the dot), by name; none where the folder cannot be read. */
export async function filesOf(folder: string, extensions: ReadonlySet<string>): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => extensions.has(extname(name).toLowerCase()))
      .toSorted()
      .slice(0, FILES_IN_A_FOLDER)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
