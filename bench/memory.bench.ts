import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fail } from '../domain/result.ts';
import { createConsole } from '../main/console.ts';
import { createEventHub } from '../main/ipc/events.ts';
import { createTextHandler } from '../main/ipc/handle.ts';
import { JsonText } from '../main/json-text.ts';
import { silentLog } from '../main/log/log.ts';
import type { Platform } from '../main/platform/platform.ts';
import { paths } from '../main/settings/paths.ts';
import { openStore } from '../main/store/store.ts';
import { update } from '../main/store/testing.ts';
import { finish } from './report.ts';

const UPDATES = 100_000;
const PAGE = 10_000;

const data = mkdtempSync(join(tmpdir(), 'console-bench-'));
const opened = await openStore({ file: paths(data).profile('lab').store });
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
for (let from = 0; from < UPDATES; from += PAGE) {
  const page = Array.from({ length: PAGE }, (_, n) =>
    update(from + n, {
      title: `2026-11 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB${5_000_000 + from + n})`,
      downloadUrls: [
        `http://download.example/c/msdownload/update/software/secu/2026/11/windows11.0-kb${from + n}-x64.cab`,
      ],
      supportUrl: `https://support.example/help/${from + n}`,
    }),
  );
  const applied = await opened.value.applyUpdates({ updates: page, run: 1 });
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
}
await opened.value.close();

const none = fail({ code: 'unavailable' as const });
const platform: Platform = {
  entry: 'browser',
  version: '0.0.0-bench',
  paths: { data, keys: [] },
  canBrowseFiles: false,
  languages: () => ['en'],
  openExternal: async () => false,
  copy: async () => false,
  browseFile: async () => null,
  saveFile: null,
  printPdf: null,
  notify: () => false,
  secrets: { available: async () => false, get: async () => null, set: async () => none, delete: async () => {} },
  resolveProxy: async () => null,
};
const core = await createConsole({
  platform,
  events: createEventHub(),
  log: silentLog,
  startup: { server: null, lab: { name: 'Lab', url: 'https://127.0.0.1:9', caFile: '', keysDir: data, user: 'admin' } },
});
await core.start();
const handle = createTextHandler<string>(core.callsOf, { log: silentLog, admit: (sender) => ({ sender }) });
const ask = (name: string, request: unknown) => handle('bench', name, request, core.firstDesk());
const profile = await ask('session.openOffline', { profileId: 'lab' });
if (!profile.ok) throw new Error(JSON.stringify(profile.error));
// Opening takes memory of its own; what is measured is the list.
await ask('updates.query', {
  filter: {
    scope: 'reported',
    severities: [],
    products: [],
    classifications: [],
    search: '',
    hideSuperseded: true,
    foldDefinitions: true,
    onServer: null,
    onHosts: [],
  },
});
/** Resident megabytes, once what is garbage is gone: buffers are freed beside the collection, a moment after it. */
const resident = async (): Promise<number> => {
  globalThis.gc?.();
  await wait(500);
  return process.memoryUsage().rss / 1e6;
};
const before = await resident();
let text = 0;
for (let round = 0; round < 3; round++) {
  const answer = await ask('updates.list', {});
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  if (!(answer.value instanceof JsonText)) throw new Error('the list did not come as text');
  text = answer.value.bytes / 1e6;
  // As browser mode does once it is sent.
  answer.value.free();
}
const peak = process.resourceUsage().maxRSS / 1e3;
const after = await resident();
await core.stop();
rmSync(data, { recursive: true, force: true });

finish(
  `Memory of main while a window asks three times for ${UPDATES.toLocaleString('en')} updates (${text.toFixed(0)} MB as text)`,
  [
    {
      what: 'at the most, against the text',
      measured: (peak - before) / text,
      bar: 8,
      unit: '×',
      note: `${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at the most`,
    },
    {
      what: 'kept afterwards, against the text',
      measured: (after - before) / text,
      bar: 3,
      unit: '×',
      note: `${after.toFixed(0)} MB afterwards`,
    },
  ],
);
