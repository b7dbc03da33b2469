import { Agent, request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { ServerClient } from '../main/server/client.ts';
import type { Request } from '../main/server/transport.ts';
import { openStore, type Store } from '../main/store/store.ts';
import { pool } from '../main/sync/pool.ts';
import { Sync } from '../main/sync/sync.ts';
import { syncSource } from '../main/work/source.ts';
import { labProcess, signInTo } from './lab-process.ts';
import { finish, type Line, median } from './report.ts';

const HOSTS = 2_000;
const ROUNDS = 5;
const CONCURRENCY = 6;

const lab = await labProcess({ hosts: HOSTS, dialect: 'derived' });
const client = await signInTo(lab, 'derived');
const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY, ca: lab.ca });
const authorization = `Basic ${Buffer.from(`${lab.user}:${lab.password}`).toString('base64')}`;

/** Fetches as a browser would, and parses, and nothing else. */
const fetchBare = ({ path, query = {} }: Request): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const address = new URL(path, lab.url);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
    httpsRequest(address, { agent, headers: { authorization, 'accept-encoding': 'gzip' } }, (response) => {
      const isZipped = response.headers['content-encoding'] === 'gzip';
      const body = isZipped ? response.pipe(createGunzip()) : response;
      text(body).then((answer) => resolve(JSON.parse(answer)), reject);
    })
      .on('error', reject)
      .end();
  });

/** The questions that a first fill asks, in the order it asks them. */
const asked: Request[] = [];
const listening = new Proxy(client, {
  get: (target, name) => {
    if (name !== 'ask') return Reflect.get(target, name, target) as unknown;
    return (request: Request, signal?: AbortSignal) => {
      asked.push(request);
      return target.ask(request, signal);
    };
  },
});

let files = 0;
const openEmpty = async (): Promise<Store> => {
  const store = await openStore({ file: join(lab.folder, `store-${files++}`, 'store.db') });
  if (!store.ok) throw new Error(JSON.stringify(store.error));
  return store.value;
};

const read = async (store: Store, through: ServerClient): Promise<Sync> => {
  const sync = new Sync({ store, source: syncSource(through), concurrency: CONCURRENCY, onState: () => {} });
  const end = await sync.run({ full: false });
  if (end.error !== null || end.failedHosts > 0) throw new Error(`the reading failed: ${JSON.stringify(end)}`);
  return sync;
};

const bare = async (): Promise<void> => {
  const isRow = ({ query }: Request): boolean => query?.['field'] === 'wsusupdates';
  const [rows, others] = [asked.filter(isRow), asked.filter((request) => !isRow(request))];
  for (const request of others) await fetchBare(request);
  await pool(rows, CONCURRENCY, async (request) => (await fetchBare(request)) !== undefined);
};

const time = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const warm = await openEmpty();
await read(warm, listening);
await warm.close();

const [bares, fills, again]: [number[], number[], number[]] = [[], [], []];
let rows = 0;
for (let round = 0; round < ROUNDS; round++) {
  bares.push(await time(bare));
  const store = await openEmpty();
  fills.push(await time(() => read(store, client)));
  again.push(await time(() => read(store, client)));
  const list = await store.updatesList({ staleDays: 14 });
  rows = list.ok ? list.value.rows.reduce((sum, row) => sum + row.hosts.reported, 0) : 0;
  await store.close();
}
const baseline = median(bares);
const line = (what: string, figures: readonly number[], bar: number): Line => ({
  what,
  measured: median(figures) / baseline,
  bar,
  unit: '×',
  note: `${median(figures).toFixed(0)} ms against ${baseline.toFixed(0)} ms`,
});
finish(
  `Reading ${HOSTS.toLocaleString('en')} hosts (${rows.toLocaleString('en')} rows) in the derived dialect, against fetching and parsing alone`,
  [line('first fill', fills, 1.5), line('nothing changed', again, 0.1)],
);
client.close();
agent.destroy();
await lab.stop();
