import { ok } from '../../domain/result.ts';
import type { Answering, Parts } from './parts.ts';

/** The settings of the person. */
export const settingsCalls = ({ settings, events }: Parts): Answering<'settings'> => ({
  'settings.get': () => ok(settings.get()),
  'settings.set': async (patch) => {
    const saved = await settings.set(patch);
    if (saved.ok) events.emit('settings.changed', {});
    return saved;
  },
});
