import type { Parsed } from '../../contract/calls.ts';

const ALLOWED_HOSTS: ReadonlySet<string> = new Set([
  'support.microsoft.com',
  'www.catalog.update.microsoft.com',
  'msrc.microsoft.com',
  'learn.microsoft.com',
]);

/** Whether an address may be handed to the system's browser: https, a host of the list, no user and no port. */
export function isAllowedExternal(address: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  return (
    url.protocol === 'https:' &&
    ALLOWED_HOSTS.has(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** The address of a page that `app.open` asks for. The window names the subject, never the address. */
export function pageAddress(request: Parsed<'app.open'>): string {
  switch (request.page) {
    case 'kb':
      return `https://support.microsoft.com/help/${request.kb.replace(/^kb/i, '')}`;
    case 'catalog':
      return `https://www.catalog.update.microsoft.com/Search.aspx?q=${encodeURIComponent(request.query)}`;
    case 'failure-code':
      return `https://learn.microsoft.com/search/?terms=${request.code}`;
    case 'cve':
      return `https://msrc.microsoft.com/update-guide/vulnerability/${request.cve.toUpperCase()}`;
  }
}
