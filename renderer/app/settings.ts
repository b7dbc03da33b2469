import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Settings } from '../../contract/schemas/app.ts';
import { callKey, useBridge, useCall } from './console.ts';

/** What holds until main has answered. */
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  density: 'compact',
  grids: {},
  filters: {},
  packagePrefix: '',
};

/** The settings of the person, and how to change some of them; the window shows a change at once. */
export function useSettings(): readonly [Settings, (patch: Partial<Settings>) => void] {
  const client = useQueryClient();
  const bridge = useBridge();
  const { data } = useCall('settings.get', {});
  const change = useCallback(
    (patch: Partial<Settings>) => {
      const key = callKey('settings.get', {});
      client.setQueryData<Settings>(key, (before) => ({ ...(before ?? defaultSettings), ...patch }));
      void bridge.call('settings.set', patch).then((answer) => {
        if (!answer.ok) void client.invalidateQueries({ queryKey: key });
      });
    },
    [client, bridge],
  );
  return [data ?? defaultSettings, change];
}

/** One remembered text of a grid, pane or filter, and how to change it. Null: nothing was remembered. */
export function useRemembered(
  kind: 'grids' | 'filters',
  id: string,
): readonly [string | null, (text: string | null) => void] {
  const client = useQueryClient();
  const [settings, change] = useSettings();
  const remember = useCallback(
    (text: string | null) => {
      const current = client.getQueryData<Settings>(callKey('settings.get', {})) ?? defaultSettings;
      const { [id]: _old, ...others } = current[kind];
      change({ [kind]: text === null ? others : { ...others, [id]: text } });
    },
    [client, change, kind, id],
  );
  return [settings[kind][id] ?? null, remember];
}
