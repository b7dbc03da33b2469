import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Settings } from '../../contract/schemas/app.ts';
import { ask, callKey, useBridge, useCall, useWindowClient } from './console.ts';

/** What holds until main has answered. */
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  density: 'compact',
  grids: {},
  filters: {},
  views: [],
  notify: true,
  packagePrefix: '',
};

/** Changes some of the settings; the window shows a change at once. */
export function useChangeSettings(): (patch: Partial<Settings>) => void {
  const client = useWindowClient();
  const bridge = useBridge();
  return useCallback(
    (patch: Partial<Settings>) => {
      const key = callKey('settings.get', {});
      client.setQueryData<Settings>(key, (before) => ({ ...(before ?? defaultSettings), ...patch }));
      void bridge.call('settings.set', patch).then((answer) => {
        if (!answer.ok) void client.invalidateQueries({ queryKey: key });
      });
    },
    [client, bridge],
  );
}

/** The settings of the person, and how to change some of them. */
export function useSettings(): readonly [Settings, (patch: Partial<Settings>) => void] {
  const { data } = useCall('settings.get', {});
  return [data ?? defaultSettings, useChangeSettings()];
}

/** What the component needs of the settings; it is drawn anew only when that changes. */
export function useSetting<Part>(part: (settings: Settings) => Part): Part {
  const bridge = useBridge();
  const { data } = useQuery(
    { queryKey: callKey('settings.get', {}), queryFn: () => ask(bridge, 'settings.get', {}), select: part },
    useWindowClient(),
  );
  return data === undefined ? part(defaultSettings) : data;
}

/** One remembered text of a grid, pane or filter, and how to change it. Null: nothing was remembered. */
export function useRemembered(
  kind: 'grids' | 'filters',
  id: string,
): readonly [string | null, (text: string | null) => void] {
  const client = useWindowClient();
  const change = useChangeSettings();
  const text = useSetting(useCallback((settings: Settings) => settings[kind][id] ?? null, [kind, id]));
  const remember = useCallback(
    (text: string | null) => {
      const current = client.getQueryData<Settings>(callKey('settings.get', {})) ?? defaultSettings;
      const { [id]: _old, ...others } = current[kind];
      change({ [kind]: text === null ? others : { ...others, [id]: text } });
    },
    [client, change, kind, id],
  );
  return [text, remember];
}
