import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultFilter } from '../../domain/catalogue.ts';
import { movedProduct } from '../../lab/agents/odd.ts';
import type { HostProfile } from '../../lab/agents/profile.ts';
import type { Lab } from '../../lab/lab.ts';
import { inRoot } from '../../tools/paths.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';
import { truthOf } from './truth.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;

const odd = (kind: HostProfile['oddity']): readonly HostProfile[] => {
  const found = lab.hosts.filter((host) => host.oddity === kind);
  if (found.length === 0) throw new Error(`no ${String(kind)} host`);
  return found;
};
const first = (kind: HostProfile['oddity']): string => odd(kind)[0]?.uuid ?? '';
const hosts = async () => new Map((await bench.need('hosts.list', {})).rows.map((row) => [row.uuid, row]));
const synced = async (full = true): Promise<void> => {
  await bench.need('sync.start', { full });
  await until(
    () => bench.need('sync.state', {}),
    (state) => state.phase === 'idle',
    60,
  );
};

beforeAll(async () => {
  lab = await testLab({ hosts: 24, schedules: false, odd: true });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

describe('hosts', () => {
  it('of the same name are two, and told apart', async () => {
    const all = await hosts();
    for (const { uuid } of odd('same-name')) expect(all.get(uuid)?.sharesName).toBe(true);
    const [one] = odd('same-name');
    const namesakes = [...all.values()].filter((row) => row.fqdn === all.get(one?.uuid ?? '')?.fqdn);
    expect(namesakes.length).toBeGreaterThan(1);
    expect([...all.values()].filter((row) => !row.sharesName).length).toBeGreaterThan(20);
    const detail = await bench.need('hosts.get', { uuid: one?.uuid ?? '' });
    expect(detail.host).toMatchObject({ uuid: one?.uuid, sharesName: true });
  });

  it('without a name go by their uuid', async () => {
    const all = await hosts();
    for (const { uuid } of odd('no-name'))
      expect(all.get(uuid)).toMatchObject({ fqdn: uuid, name: null, sharesName: false });
  });

  it('with 5,000 updates are read whole', async () => {
    const uuid = first('hoard');
    const rows = await bench.need('hosts.updates', { uuid });
    expect(rows.length).toBeGreaterThan(5_000);
    expect((await hosts()).get(uuid)?.updates.reported).toBe(rows.length);
  });

  it('whose clock is wrong are told by the dates of their scans', async () => {
    const all = await hosts();
    const fast = all.get(first('fast-clock'));
    expect(Date.parse(fast?.lastScan ?? '')).toBeGreaterThan(Date.now() + 5 * 86_400_000);
    expect(fast?.isStale).toBe(false);
    expect(all.get(first('slow-clock'))?.isStale).toBe(true);
  });

  it('whose clock is wrong drop an order, and it is told that nothing came', async () => {
    await signer(bench, lab);
    const { id } = await bench.need('actions.trigger', { action: 'scan', uuids: [first('fast-clock')] });
    await until(
      async () => lab.refusals(),
      (all) => all.length > 0,
    );
    expect(lab.refusals()).toMatchObject([{ uuid: first('fast-clock') }]);
    const run = (await bench.need('actions.runs', {})).find((each) => each.id === id);
    expect(run?.hosts).toMatchObject([{ uuid: first('fast-clock') }]);
    expect(run?.hosts[0]?.progress).not.toBe('done');
    await bench.need('actions.stop', { runId: id });
  });
});

describe('updates', () => {
  it('that the list of the server lacks are there, since hosts report them', async () => {
    const truth = await truthOf(lab);
    const client = await bench.need('updates.list', {});
    expect(client.rows.length).toBe(truth.updates.size);
    // Four of them nobody describes: they go by their id.
    const bare = client.rows.filter((row) => row.title === '');
    expect(bare.length).toBe(4);
    for (const row of bare) {
      expect(row).toMatchObject({ severity: null, product: null, classification: null, kbids: [] });
      expect(row.hosts.reported).toBe(1);
      expect((await bench.need('updates.get', { updateId: row.updateId })).update.updateId).toBe(row.updateId);
      const filter = {
        ...defaultFilter,
        scope: 'reported' as const,
        search: row.updateId,
        onHosts: [],
        severities: [],
        products: [],
        classifications: [],
      };
      expect((await bench.need('updates.query', { filter })).ids).toEqual([row.updateId]);
    }
  });

  it('that change their product between two scans have the new one everywhere', async () => {
    const { rows } = await bench.need('updates.list', {});
    const moved = rows
      .filter((row) => row.kbids.includes('890830'))
      .toSorted((a, b) => ((a.changetime ?? '') < (b.changetime ?? '') ? 1 : -1))[0];
    expect(moved?.product).toBe('Windows Server 2016');
    const uuid = (await bench.need('updates.hosts', { updateId: moved?.updateId ?? '' })).find(
      (host) => lab.hosts.find((one) => one.uuid === host.uuid)?.behaviour === 'ordinary' && host.reachable === 'OK',
    )?.uuid;
    if (uuid === undefined) throw new Error('nobody reports it');
    await bench.need('actions.trigger', { action: 'scan', uuids: [uuid] });
    const list = await until(
      () => bench.need('updates.list', {}),
      (now) => now.rows.find((row) => row.updateId === moved?.updateId)?.product === movedProduct,
    );
    expect(list.rows.find((row) => row.updateId === moved?.updateId)).toMatchObject({
      product: movedProduct,
      hosts: moved?.hosts,
    });
    const filter = {
      ...defaultFilter,
      scope: 'reported' as const,
      hideSuperseded: false,
      severities: [],
      classifications: [],
      onHosts: [],
      products: [movedProduct],
    };
    const answer = await bench.need('updates.query', { filter });
    expect(answer.ids).toEqual([moved?.updateId]);
    expect(answer.products.find((entry) => entry.key === movedProduct)?.count).toBe(1);
  });
});

describe('a server', () => {
  it('that answers page after page slower is read all the same, and one can stop it', async () => {
    await lab.setFault({ kind: 'slower', path: '/api/v1/host_data', milliseconds: 40 });
    await bench.need('sync.start', { full: true });
    const during = await until(
      () => bench.need('sync.state', {}),
      (state) => state.phase === 'rows' && state.done > 3,
    );
    expect(during.total).toBeGreaterThan(20);
    // The console answers meanwhile.
    expect((await bench.need('updates.list', {})).rows.length).toBeGreaterThan(100);
    await bench.need('sync.cancel', {});
    const stopped = await until(
      () => bench.need('sync.state', {}),
      (state) => state.phase === 'idle',
    );
    expect(stopped.error).toBe('cancelled');
    await lab.clearFaults();
    await synced();
    expect(await bench.need('sync.state', {})).toMatchObject({ error: null, failedHosts: 0 });
  });
});

describe('two consoles on one profile', () => {
  it('show the same, and only the first writes', async () => {
    const second = await testConsole(lab, bench.data);
    try {
      await second.need('session.openOffline', { profileId: 'lab' });
      const [own, other] = await Promise.all([bench.need('updates.list', {}), second.need('updates.list', {})]);
      expect(other.rows).toEqual(own.rows);
      const [row] = own.rows;
      const decision = { updateIds: [row?.updateId ?? ''], verdict: 'allow' as const };
      expect(await second.ask('triage.decide', decision)).toMatchObject({ ok: false, error: { code: 'read-only' } });
      expect(await bench.ask('triage.decide', { ...decision, verdict: null })).toMatchObject({ ok: true });
    } finally {
      await second.stop();
    }
  });
});

describe.skipIf(process.platform === 'win32')('a disk that is full', () => {
  it('is told, breaks nothing, and the reading goes on once there is room', async () => {
    const data = mkdtempSync(join(tmpdir(), 'waptwua-'));
    const { url, caFile, caPem, users, signer: keys } = lab;
    const start = async (blocks: string) => {
      const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
      const words = [
        inRoot('e2e', 'console', 'full-disk-console.ts'),
        JSON.stringify({ url, caFile, caPem, users, signer: keys }),
        data,
      ];
      const { stdout } = await promisify(execFile)('bash', ['-c', command, process.execPath, ...words]);
      return JSON.parse(stdout) as Record<'error' | 'updates' | 'shown' | 'signedIn', unknown>;
    };
    try {
      // No file of this process may grow beyond 2 MB.
      expect(await start('2000')).toMatchObject({ signedIn: true, error: 'disk' });
      const after = await start('unlimited');
      expect(after).toMatchObject({ signedIn: true, error: null });
      expect(after.updates).toBe((await bench.need('updates.list', {})).rows.length);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });
});
