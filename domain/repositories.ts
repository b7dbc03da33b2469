/** The repositories that hosts use, and whether the files of Windows updates are there (protocol 6.4, 7.1). */

/** The addresses in what a host says of its repositories: one, or several between commas, semicolons or spaces; without closing slash, each once. */
export function repositoriesOf(text: string | null): readonly string[] {
  const parts = (text ?? '').split(/[\s,;|]+/).map((part) => part.replace(/\/+$/, ''));
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** The host name of an address, in lower case; null where it is none. */
function nameOf(address: string): string | null {
  return /^https?:\/\/(\[[^\]]+\]|[^/:?#]+)/i.exec(address)?.[1]?.toLowerCase() ?? null;
}

/** Whether a repository is the server of that address, by its name alone: the server may have others. */
export function isServerItself(repository: string, address: string): boolean {
  const name = nameOf(repository);
  return name !== null && name === nameOf(address);
}

/**
 * Whether a repository has the folder `waptwua`, by what its hosts report: `yes`, `no` where next to none finds a file, `partly` where most of them lack files, `unknown` where no host
 * says anything that would tell.
 */
export type FolderVerdict = 'yes' | 'no' | 'partly' | 'unknown';

/** What hosts found: `finds` said of some update on the server that they found its files; `lacks` found none, and missed some. */
export function folderVerdict({ finds, lacks }: { readonly finds: number; readonly lacks: number }): FolderVerdict {
  if (lacks === 0) return finds === 0 ? 'unknown' : 'yes';
  // Hosts that may fetch from Microsoft themselves find every file, wherever they look first: a few of them prove nothing.
  if (finds * 3 <= lacks) return 'no';
  return lacks > finds ? 'partly' : 'yes';
}

/** What of a repository's hosts is counted: all, those that miss files which others found, those that scan with an old index. */
export const REPOSITORY_MEASURES = ['hosts', 'lacks', 'old-index'] as const;

/** One of these. */
export type RepositoryMeasure = (typeof REPOSITORY_MEASURES)[number];
