import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** Where a WAPT server is: its https origin, and the path under which it is mounted (`''` or `/path`). */
export interface ServerAddress {
  readonly origin: string;
  /** Name or address without brackets, as certificates name it. */
  readonly host: string;
  readonly port: number;
  readonly root: string;
}

const invalid = (reason: string): { readonly ok: false; readonly error: ConsoleError } =>
  fail({ code: 'address-invalid', field: 'address', facts: { reason } });

/**
 * Reads what a person typed: `srvwapt.example`, `srvwapt.example:8443/root` or a whole https address.
 * `address-invalid` with the reason `empty`, `not-https`, `credentials` or `not-an-address`.
 */
export function parseAddress(text: string): Result<ServerAddress, ConsoleError> {
  const typed = text.trim();
  if (typed === '') return invalid('empty');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed);
  if (scheme !== null && scheme[1]?.toLowerCase() !== 'https') return invalid('not-https');
  let url: URL;
  try {
    url = new URL(scheme === null ? `https://${typed}` : typed);
  } catch {
    return invalid('not-an-address');
  }
  if (url.username !== '' || url.password !== '') return invalid('credentials');
  if (url.hostname === '' || url.search !== '' || url.hash !== '' || /\s/.test(typed)) return invalid('not-an-address');
  return ok({
    origin: url.origin,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 443 : Number(url.port),
    root: normaliseRoot(url.pathname),
  });
}

/** The address as a profile keeps and shows it: origin and root. */
export function formatAddress(address: ServerAddress): string {
  return `${address.origin}${address.root}`;
}

/** `''` or `/path` without a slash at the end, from whatever spelling (protocol 1.1, `application_root`). */
export function normaliseRoot(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.length === 0 ? '' : `/${parts.join('/')}`;
}
