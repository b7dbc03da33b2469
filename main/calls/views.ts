import { randomUUID } from 'node:crypto';
import { MOST_VIEWS, type SavedView } from '../../contract/schemas/views.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Answering, Parts } from './parts.ts';

/** The name, or the name with the first number that is free. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const base = name.slice(0, 74);
  let count = 2;
  while (taken.has(`${base} (${count})`)) count += 1;
  return `${base} (${count})`;
}

/** Views of lists, from and for others; keeping them is a matter of settings. */
export const viewsCalls = ({ settings, events, exports }: Parts): Answering<'views'> => ({
  'views.import': async ({ file }) => {
    const kept: SavedView[] = [...settings.get().views];
    if (kept.length + file.views.length > MOST_VIEWS)
      return fail({ code: 'too-large', field: 'views', facts: { reason: 'views' } });
    for (const view of file.views) {
      const taken = new Set(kept.filter(({ grid }) => grid === view.grid).map(({ name }) => name));
      kept.push({ ...view, id: randomUUID(), name: freeName(view.name, taken), isDefault: false });
    }
    const saved = await settings.set({ views: kept });
    if (saved.ok) events.emit('settings.changed', {});
    return saved.ok ? ok(kept.slice(-file.views.length)) : saved;
  },
  'views.export': async ({ viewIds }) => {
    const wanted = new Set(viewIds);
    const views = settings.get().views.filter(({ id }) => wanted.has(id));
    if (views.length === 0) return fail({ code: 'not-found', field: 'viewIds' });
    const shared = views.map(({ grid, name, columns, filter }) => ({ grid, name, columns, filter }));
    const text = JSON.stringify({ format: 'waptwua-views', version: 1, views: shared }, null, 2);
    return exports.writeText('waptwua-views.json', 'application/json; charset=utf-8', `${text}\n`);
  },
});
