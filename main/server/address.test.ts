import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';

describe('an address', () => {
  it.each([
    ['srvwapt.example', 'https://srvwapt.example', 'srvwapt.example', 443],
    [' HTTPS://SrvWapt.Example:443/ ', 'https://srvwapt.example', 'srvwapt.example', 443],
    ['https://srvwapt.example:8443//wapt/', 'https://srvwapt.example:8443/wapt', 'srvwapt.example', 8443],
    ['192.0.2.1', 'https://192.0.2.1', '192.0.2.1', 443],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443', '2001:db8::1', 8443],
    ['müller.example', 'https://xn--mller-kva.example', 'xn--mller-kva.example', 443],
  ])('%s', (typed, address, host, port) => {
    const parsed = parseAddress(typed);
    expect(parsed.ok && [formatAddress(parsed.value), parsed.value.host, parsed.value.port]).toEqual([
      address,
      host,
      port,
    ]);
  });

  it.each([
    ['', 'empty'],
    ['http://srvwapt.example', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['https://admin:secret@srvwapt.example', 'credentials'],
    ['a b', 'not-an-address'],
    ['srvwapt.example:99999', 'not-an-address'],
    ['https://srvwapt.example/?a=1', 'not-an-address'],
    ['https://', 'not-an-address'],
  ])('refuses %s: %s', (typed, reason) => {
    expect(parseAddress(typed)).toEqual({
      ok: false,
      error: { code: 'address-invalid', field: 'address', facts: { reason } },
    });
  });
});
