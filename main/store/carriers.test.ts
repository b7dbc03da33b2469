import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CarrierRecord } from './carriers.ts';
import { host, openHere, temporaryFolder, value } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let here: ReturnType<typeof openHere>;

beforeEach(() => {
  own = temporaryFolder();
  here = openHere(own.folder);
});
afterEach(() => {
  here.close();
  own.remove();
});

const group = (name: string, version: string, depends: string): CarrierRecord => ({
  package: name,
  section: 'group',
  version,
  maturity: 'PROD',
  description: '',
  depends,
  signer: 'CN=Admin',
});

describe('carriers', () => {
  it('are those of the last index, kept when the console starts again', () => {
    value(here.store.applyCarriers([group('pilot', '2', 'a,b'), group('gone', '1', '')]));
    expect(value(here.store.applyCarriers([group('all', '1', ''), group('pilot', '3', 'a')]))).toEqual({
      changed: true,
    });
    here.close();
    here = openHere(own.folder);
    expect(value(here.store.carriers()).map((each) => [each.package, each.version, each.depends])).toEqual([
      ['all', '1', ''],
      ['pilot', '3', 'a'],
    ]);
  });

  it('do not change by being read again in another order', () => {
    const both = [group('pilot', '2', 'a,b'), group('all', '1', '')];
    value(here.store.applyCarriers(both));
    expect(value(here.store.applyCarriers([...both].reverse()))).toEqual({ changed: false });
  });
});

describe('where hosts stand', () => {
  it('names a host without a name by its uuid', () => {
    const placed = host('u1', { fqdn: null, name: null, groups: ['pilot'], organizationalUnit: 'OU=A,DC=lan' });
    value(here.store.applyHosts({ hosts: [placed], isComplete: true }));
    expect(value(here.store.placedHosts())).toMatchObject([
      { uuid: 'u1', fqdn: 'u1', groups: ['pilot'], organizationalUnit: 'OU=A,DC=lan' },
    ]);
  });
});
