import { expect, it } from 'vitest';
import { host, openHere, temporaryFolder, value } from './testing.ts';

it('gives the options that Windows hosts mention, by name', () => {
  const own = temporaryFolder();
  const here = openHere(own.folder);
  value(
    here.store.applyHosts({
      hosts: [
        host('c', { wuaStatus: null }),
        host('b', { wuaStatus: { status: 'OK', enabled: true, install_delay: '7d' }, groups: ['servers'] }),
        host('a', { wuaStatus: { waptwua_enabled: 'False', default_allow: null } }),
        host('linux', { platform: 'Linux', wuaStatus: { enabled: true } }),
      ],
      isComplete: true,
    }),
  );
  expect(value(here.store.optionsReported()).hosts).toEqual([
    { uuid: 'a', fqdn: 'a.example', groups: [], options: { enabled: 'False', default_allow: '' } },
    { uuid: 'b', fqdn: 'b.example', groups: ['servers'], options: { enabled: 'true', install_delay: '7d' } },
    { uuid: 'c', fqdn: 'c.example', groups: [], options: {} },
  ]);
  here.close();
  own.remove();
});
