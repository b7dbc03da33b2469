import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareReported } from '../../domain/reported-options.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, testConsole, testLab } from './harness.ts';

let lab: Lab;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ schedules: false, hosts: 24 });
  bench = await testConsole(lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('asks for an open profile', async () => {
  expect(await bench.ask('options.reported', {})).toMatchObject({ ok: false, error: { code: 'no-profile' } });
});

it('compares the wanted options with what the hosts of the server report', async () => {
  await signedIn(bench, lab);
  const { hosts } = await bench.need('options.reported', {});
  const { rows } = await bench.need('hosts.list', {});
  expect(hosts.length).toBeGreaterThan(0);
  const compared = compareReported({ enabled: 'true', install_delay: '168h' }, hosts);
  const of = (key: string) => compared.find((each) => each.key === key);
  expect(
    of('enabled')
      ?.agree.map((host) => host.uuid)
      .toSorted(),
  ).toEqual(
    rows
      .filter((row) => row.wuaEnabled === true)
      .map((row) => row.uuid)
      .toSorted(),
  );
  const delay = of('install_delay');
  expect(delay?.agree.length).toBeGreaterThan(0);
  expect(delay?.differ.map((other) => other.text)).toContain('3d');
  // No host says whether it allows by default (protocol 2.3).
  expect(of('default_allow')?.silent.length).toBe(hosts.length);
});
