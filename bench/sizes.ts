/** What Vite's manifest says of one file of the window's bundle. */
export type ManifestEntry = {
  readonly file: string;
  readonly src?: string | undefined;
  readonly isEntry?: boolean | undefined;
  readonly imports?: readonly string[] | undefined;
  readonly dynamicImports?: readonly string[] | undefined;
  readonly css?: readonly string[] | undefined;
};

/** Vite's manifest: the files of a bundle by the name of their source. */
export type Manifest = Readonly<Record<string, ManifestEntry>>;

/** The files that are loaded when the given sources are: what they import statically, and the styles of all of these. */
export function loadedWith(manifest: Manifest, names: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const entry = manifest[name];
    if (!entry || seen.has(name)) return;
    seen.add(name);
    files.add(entry.file);
    for (const style of entry.css ?? []) files.add(style);
    for (const imported of entry.imports ?? []) visit(imported);
  };
  for (const name of names) visit(name);
  return files;
}
