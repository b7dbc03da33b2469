import type { DownloadTask } from '../../contract/schemas/downloads.ts';

/**
 * The first that fits: a hash error may mention a file, a proxy error a timeout. Patterns are the words of Python's `requests` and `urllib3`,
 * of curl, wget and of the operating systems.
 */
const CAUSES: readonly (readonly [cause: NonNullable<DownloadTask['cause']>, pattern: RegExp])[] = [
  ['proxy', /proxy|\b407\b|tunnel/i],
  ['hash', /\b(sha-?1|sha-?256|md5|hash|checksum|digest)\b|corrupt/i],
  ['disk', /no space|disk full|enospc|errno 28\b|quota|read-only file system|permission denied|errno 13\b/i],
  [
    'dns',
    /name or service not known|getaddrinfo|nameresolution|name resolution|resolve host|nodename|enotfound|errno -[235]\b|11001/i,
  ],
  ['not-found', /\b(404|410)\b|not found/i],
  ['timeout', /time[d]?[ -]?out|etimedout|errno 110\b|10060/i],
  [
    'refused',
    /refused|econnrefused|errno 111\b|10061|\b403\b|forbidden|unreachable|errno (101|113)\b|reset by peer|connection aborted/i,
  ],
];

/** The likely cause of a download's error text, for which the window has words; `unknown` for other texts, null for none. */
export function likelyCause(error: string | null): DownloadTask['cause'] {
  if (error === null || error.trim() === '') return null;
  return CAUSES.find(([, pattern]) => pattern.test(error))?.[0] ?? 'unknown';
}
