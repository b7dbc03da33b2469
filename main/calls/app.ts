import { fail, ok } from '../../domain/result.ts';
import { pageAddress } from '../security/external-links.ts';
import type { Answering, Parts } from './parts.ts';

/** What the console is, pages outside it, the clipboard. */
export const appCalls = ({ platform, events }: Parts): Answering<'app'> => ({
  'app.info': async () =>
    ok({
      version: platform.version,
      entry: platform.entry,
      languages: platform.languages(),
      canKeepSecrets: await platform.secrets.available(),
      canBrowseFiles: platform.canBrowseFiles,
    }),
  'app.open': async (request) => {
    const url = pageAddress(request);
    return ok({ url, opened: await platform.openExternal(url) });
  },
  'app.notify': ({ id, title, text }) =>
    ok(platform.notify({ title, text }, () => events.emit('app.notified', { id }))),
  'app.copy': async ({ text }) => ((await platform.copy(text)) ? ok(null) : fail({ code: 'unavailable' })),
});
