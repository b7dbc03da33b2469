import { createHash } from 'node:crypto';
import { type Downloads, fileNameOf } from './downloads.ts';
import { exception, refusal, success } from './envelope.ts';
import type { DownloadTask, UpdateRecord } from './records.ts';
import { indexStatus } from './routes-windows-updates.ts';
import { type Call, csv, jsonBody, type Route, type RouteAnswer } from './routing.ts';
import type { Store } from './store.ts';

const classificationGuids: Readonly<Record<string, string>> = {
  'Critical Updates': 'e6cf1350-c01b-414d-a61f-263d14d133b4',
  'Definition Updates': 'e0789628-ce08-4437-be74-2495b842f43b',
  Drivers: 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0',
  'Feature Packs': 'b54e7d24-7add-428f-8b75-90a396fa584f',
  'Security Updates': '0fa1201d-4330-4fa8-8ae9-b877473b6441',
  'Service Packs': '68c5b0a3-d1a6-4553-ae49-01d3a7827828',
  Tools: 'b4832bd8-e735-4761-8daf-37f882276dab',
  'Update Rollups': '28bc880e-0592-4cbf-8f95-c79b17911d5f',
  Updates: 'cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83',
};

/** A GUID for a name that has none here: the same for the same name. */
const guidOf = (name: string): string => {
  const known = classificationGuids[name];
  if (known !== undefined) return known;
  const hex = createHash('sha1').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};

const document = (update: UpdateRecord): Record<string, unknown> => {
  const [guid, revision] = update.update_id.split('_');
  return {
    update_id: guid,
    revision_id: String(Number.parseInt(guidOf(update.update_id).slice(0, 6), 16)),
    revision_number: revision ?? '1',
    kb_article_id: update.kbids?.[0] ?? null,
    msrc_severity: update.severity,
    security_bulletin_id: update.security_bulletin_ids?.[0] ?? null,
    title: update.title,
    description: update.title,
    categories: {
      Company: '56309036-4c77-4dd9-951a-99ee9c246a94',
      Product: update.product === null ? null : guidOf(update.product),
      ProductFamily: '6964aab4-c5b5-43bd-a17d-ffb4346a8e1d',
      UpdateClassification: update.classification === null ? null : guidOf(update.classification),
    },
    prereqs: [],
    languages: update.languages ?? [],
    payload_files: update.download_urls ?? [],
    is_bundle: (update.download_urls ?? []).length > 1,
    is_leaf: true,
    creation_date: update.changetime,
  };
};

const job = (task: DownloadTask): Record<string, unknown> => ({
  uuid: task.task_id,
  status: task.status === 'error' ? 'finished' : task.status,
  reason: task.msg ?? '',
  run_date: task.created_on,
  forced: task.forced,
  file_date: task.file_date,
  file_size: task.file_size,
  ...(task.target_size === null ? {} : { target_size: task.target_size }),
  ...(task.skipped ? { skipped: true } : {}),
  ...(task.error === null ? {} : { error: task.error }),
});

/** The Windows Update routes of 2015 to 2018 (protocol 4.6). */
export function windowsUpdateRoutesV2(store: Store, downloads: Downloads): Route[] {
  const indexTasks = (): DownloadTask[] =>
    store.tasks
      .values()
      .filter((task) => task.kind === 'wsusscn2')
      .sort((a, b) => b.id - a.id);
  const flag = (call: Call, name: string): boolean => ['1', 'true'].includes(call.query.get(name) ?? '');

  const download = (call: Call): RouteAnswer => {
    if (flag(call, 'dryrun')) return success('', { status: 'pending', reason: 'dryrun', forced: flag(call, 'force') });
    return success(
      '',
      job(downloads.requestIndex({ force: flag(call, 'force'), missing: false, by: call.session?.user.name ?? null })),
    );
  };

  const history = (call: Call): RouteAnswer => {
    const [uuids, states, skipped] = [
      csv(call.query.get('uuid')),
      csv(call.query.get('status')),
      call.query.get('skipped'),
    ];
    const limit = Number(call.query.get('limit') ?? 0);
    const jobs = indexTasks()
      .filter((task) => (skipped === '0' ? !task.skipped : skipped === '1' ? task.skipped : true))
      .map(job);
    const found = jobs.filter(
      (one) =>
        (uuids === null || uuids.includes(String(one['uuid']))) &&
        (states === null || states.includes(String(one['status']))),
    );
    return success('', limit > 0 ? found.slice(0, limit) : found);
  };

  const forget = (call: Call): RouteAnswer => {
    const uuids = csv(call.query.get('uuid')) ?? [];
    const gone = indexTasks().filter((task) => uuids.includes(task.task_id));
    for (const task of gone) store.tasks.delete(String(task.id));
    return success(`${gone.length} tasks deleted`, null);
  };

  const selectedProducts = (): string[] => (store.settings.get('products_selection') as string[] | undefined) ?? [];
  const tests: Readonly<Record<string, (value: string) => (update: UpdateRecord) => boolean>> = {
    has_kb: () => (update) => (update.kbids ?? []).length > 0,
    kb: (value) => {
      const kbs = value.split(',').map((kb) => kb.replace(/^kb/i, ''));
      return (update) => (update.kbids ?? []).some((kb) => kbs.includes(kb));
    },
    languages: (value) => {
      const languages = value.split(',');
      return (update) =>
        (update.languages ?? []).length === 0
          ? languages.includes('none')
          : (update.languages ?? []).some((one) => languages.includes(one));
    },
    product: (value) => (update) =>
      guidOf(update.product ?? '') === value || new RegExp(value, 'i').test(update.product ?? ''),
    products: (value) => (update) => value.split(',').includes(guidOf(update.product ?? '')),
    selected_products: () => (update) => selectedProducts().includes(guidOf(update.product ?? '')),
    severity: (value) => (update) => value.split(',').includes(update.severity ?? 'null'),
    update_classifications: (value) => (update) => value.split(',').includes(guidOf(update.classification ?? '')),
    update_ids: (value) => (update) => value.split(',').includes(update.update_id.split('_')[0] ?? ''),
  };

  const list = (call: Call): RouteAnswer => {
    const unknown: string[] = [];
    const chosen: ((update: UpdateRecord) => boolean)[] = [];
    for (const [name, value] of call.query) {
      const test = tests[name];
      if (test === undefined) unknown.push(name);
      else {
        try {
          chosen.push(test(value));
        } catch {
          return exception("error('bad regular expression',)");
        }
      }
    }
    if (chosen.length === 0) return refusal('no valid request filter provided', 'exception');
    const found = store.listedUpdates().filter((update) => chosen.every((test) => test(update)));
    return success(unknown.length === 0 ? '' : `Unknown filters: ${unknown.join(', ')}`, found.map(document));
  };

  const products = (call: Call): RouteAnswer => {
    const search = (call.query.get('search') ?? '').toLowerCase();
    const names = [...new Set(store.updates.values().flatMap((update) => update.product || []))].sort();
    const all = names
      .filter((name) => name.toLowerCase().includes(search))
      .map((title) => ({ product: guidOf(title), title }));
    return success(
      '',
      flag(call, 'selected') ? all.filter(({ product }) => selectedProducts().includes(product)) : all,
    );
  };

  const options = async (call: Call): Promise<RouteAnswer> => {
    const key = call.query.get('key') ?? 'products_selection';
    if (call.method === 'POST') {
      const body = await jsonBody(call);
      if (!body.ok) return body.answer;
      store.settings.set(key, body.value);
    }
    return success('', [{ key, value: store.settings.get(key) ?? [] }]);
  };

  const classifications = (call: Call): RouteAnswer => {
    const ids = csv(call.query.get('id'));
    const names = [...new Set(store.updates.values().flatMap((update) => update.classification ?? []))].sort();
    const all = names.map((name) => ({ id: guidOf(name), name }));
    return success('', ids === null ? all : all.filter(({ id }) => ids.includes(id)));
  };

  const updateOf = (guid: string): UpdateRecord | undefined =>
    store.updates.values().find((update) => update.update_id.split('_')[0] === guid);

  const fetch = (call: Call): RouteAnswer => {
    const url = call.query.get('url');
    const kb = (call.query.get('kb_article_id') ?? '').replace(/^kb/i, '');
    const update = store.updates
      .values()
      .find((one) => (url === null ? (one.kbids ?? []).includes(kb) : (one.download_urls ?? []).includes(url)));
    if (update === undefined) return refusal('Unknown update', 'exception');
    const wanted = url ?? update.download_urls?.[0] ?? '';
    if (!downloads.has(fileNameOf(wanted))) {
      downloads.requestUpdates([update.update_id], call.session?.user.name ?? null);
      return refusal('Download triggered, come back later!', 'exception');
    }
    return success('', { url: `/waptwua/${fileNameOf(wanted)}`, size: update.max_download_size });
  };

  const rights = ['view', 'edit_wua_package'];
  const route = (path: string, answer: Route['answer'], methods: Route['methods'] = ['GET']): Route => ({
    methods,
    paths: [`/api/v2/${path}`],
    rights,
    answer,
  });
  return [
    route('download_wsusscan', download),
    route('wsusscan2_status', () => indexStatus(downloads)),
    route('wsusscan2_history', history),
    route('wsusscan2_history', forget, ['DELETE']),
    route('windows_products', products),
    route('windows_updates_options', options, ['GET', 'POST']),
    route('windows_updates_classifications', classifications),
    route('windows_updates', list),
    route('windows_updates_urls', (call) =>
      success('', updateOf(call.query.get('update_id') ?? '')?.download_urls ?? []),
    ),
    route('download_windows_update', fetch),
    route('select_windows_update', () => exception("Exception('not implemented',)")),
  ];
}
