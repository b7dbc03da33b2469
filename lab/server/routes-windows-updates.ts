import type { Downloads } from './downloads.ts';
import { type Answer, exception, refusal, success } from './envelope.ts';
import { byChange, type UpdateRecord } from './records.ts';
import { type Call, csv, jsonBody, type Route, type RouteAnswer } from './routing.ts';
import type { Store } from './store.ts';

const numberOf = (value: string | null, fallback: number): number => {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) ? fallback : number;
};

/** The state of the index as protocol 4.6 gives it: Unix seconds and bytes, and those of a download in progress. */
export function indexStatus(downloads: Downloads): Answer {
  const state = downloads.index();
  if (state === null) return refusal('No wsusscn2.cab on this server', 'empty_data');
  return success('', {
    wsus_timestamp: Math.floor(state.modified / 1000),
    wsus_size: state.size,
    ...(state.partial === null
      ? {}
      : { tmp_wsus_timestamp: Math.floor(state.partial.modified / 1000), tmp_wsus_size: state.partial.size }),
  });
}

const writers = ['edit_wua_package'];
const readers = ['view', 'edit_wua_package'];

/** The Windows Update routes of an Enterprise server as protocol 4.8 assumes them. */
export function windowsUpdateRoutes(store: Store, downloads: Downloads): Route[] {
  const names = (key: 'product' | 'classification') => (): Answer => {
    const found = new Set(
      store.updates
        .values()
        .map((update) => update[key])
        .filter((name) => name !== null),
    );
    return success(
      '',
      [...found].sort().map((name) => ({ name })),
    );
  };

  const list = (call: Call): Answer => {
    const { query } = call;
    const [products, classifications, severities] = [
      csv(query.get('products')),
      csv(query.get('classifications')),
      csv(query.get('severities')),
    ];
    const [kbs, ids] = [
      csv(query.get('kb'))?.map((kb) => kb.replace(/^kb/i, '')) ?? null,
      csv(query.get('update_ids')),
    ];
    const wanted = (update: UpdateRecord): boolean =>
      (products === null || products.includes(update.product ?? '')) &&
      (classifications === null || classifications.includes(update.classification ?? '')) &&
      (severities === null || severities.includes(update.severity ?? 'null')) &&
      (kbs === null || (update.kbids ?? []).some((kb) => kbs.includes(kb))) &&
      (ids === null || ids.includes(update.update_id));
    const offset = numberOf(query.get('offset'), 0);
    const limit = numberOf(query.get('limit'), 1000);
    const rows = store
      .listedUpdates()
      .filter(wanted)
      .sort((a, b) => byChange(b, a));
    const result = rows.slice(offset, offset + limit);
    return success(`${result.length} updates`, result, call.elapsed());
  };

  const history = (call: Call): Answer => {
    const [status, kind] = [csv(call.query.get('status')), csv(call.query.get('kind'))];
    const limit = numberOf(call.query.get('limit'), 1000);
    const rows = store.tasks
      .values()
      .filter(
        (task) => (status === null || status.includes(task.status)) && (kind === null || kind.includes(task.kind)),
      )
      .sort((a, b) => b.id - a.id);
    return success('', limit === 0 ? rows : rows.slice(0, limit), call.elapsed());
  };

  const forget = (call: Call): Answer => {
    const ids = csv(call.query.get('id')) ?? [];
    const count = ids.filter((id) => store.tasks.delete(id)).length;
    return success(`${count} tasks deleted`, null);
  };

  const idsOf = async (
    call: Call,
  ): Promise<{ readonly ok: true; readonly ids: string[] } | { readonly ok: false; readonly answer: Answer }> => {
    const body = await jsonBody(call);
    if (!body.ok) return body;
    const ids = (body.value as { readonly update_ids?: unknown } | null)?.update_ids;
    if (!Array.isArray(ids))
      return { ok: false, answer: exception("EWaptMissingParameter('Parameter update_ids is missing',)") };
    return { ok: true, ids: ids.map(String) };
  };
  const by = (call: Call): string | null => call.session?.user.name ?? null;

  const downloadIndex = async (call: Call): Promise<RouteAnswer> => {
    const body = await jsonBody(call);
    if (!body.ok) return body.answer;
    const asked = (body.value ?? {}) as { readonly force?: unknown; readonly missing?: unknown };
    return success(
      '',
      downloads.requestIndex({ force: asked.force === true, missing: asked.missing === true, by: by(call) }),
    );
  };
  const downloadUpdates = async (call: Call): Promise<RouteAnswer> => {
    const given = await idsOf(call);
    return given.ok ? success('', downloads.requestUpdates(given.ids, by(call))) : given.answer;
  };
  const deleteUpdates = async (call: Call): Promise<RouteAnswer> => {
    const given = await idsOf(call);
    return given.ok ? success('', downloads.deleteUpdates(given.ids)) : given.answer;
  };
  return [
    { methods: ['GET'], paths: ['/api/v3/windows_updates'], rights: readers, answer: list },
    { methods: ['GET'], paths: ['/api/v3/windows_products'], rights: readers, answer: names('product') },
    {
      methods: ['GET'],
      paths: ['/api/v3/windows_updates_classifications'],
      rights: readers,
      answer: names('classification'),
    },
    { methods: ['GET'], paths: ['/api/v3/wsusscan2_status'], rights: readers, answer: () => indexStatus(downloads) },
    { methods: ['GET'], paths: ['/api/v3/wsusscan2_history'], rights: readers, answer: history },
    { methods: ['DELETE'], paths: ['/api/v3/wsusscan2_history'], rights: writers, answer: forget },
    { methods: ['POST'], paths: ['/api/v3/download_wsusscan'], rights: writers, answer: downloadIndex },
    { methods: ['POST'], paths: ['/api/v3/download_windows_updates'], rights: writers, answer: downloadUpdates },
    { methods: ['POST'], paths: ['/api/v3/delete_windows_updates'], rights: writers, answer: deleteUpdates },
  ];
}
