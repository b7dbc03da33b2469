const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/i;

/**
 * Reads what `session.resolveProxy()` answers, in the form of a PAC result (`PROXY a:8080; DIRECT`). Gives the address of
 * the first proxy that we can use; null for `DIRECT`, for SOCKS, which the transport does not speak, and for anything odd.
 */
export function parsePacResult(result: string): string | null {
  for (const entry of result.split(';')) {
    const [kind, place = ''] = entry.trim().split(/\s+/);
    const scheme = kind?.toUpperCase();
    if (scheme === 'DIRECT') return null;
    const match = HOST_AND_PORT.exec(place);
    const port = Number(match?.[2]);
    if (!match || port < 1 || port > 65_535) continue;
    if (scheme === 'PROXY' || scheme === 'HTTP') return `http://${place.toLowerCase()}`;
    if (scheme === 'HTTPS') return `https://${place.toLowerCase()}`;
  }
  return null;
}
