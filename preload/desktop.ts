import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../contract/bridge.ts';
import type { Answer } from '../contract/calls.ts';
import { BRIDGE, CHANNELS } from '../contract/names.ts';
import { createListeners } from './listeners.ts';

const listeners = createListeners();
ipcRenderer.on(CHANNELS.event, (_event, name: unknown, payload: unknown, desk: unknown) =>
  listeners.tell(name, payload, desk),
);

const call: Bridge['call'] = async (name, request, desk) => {
  try {
    return (await ipcRenderer.invoke(CHANNELS.call, name, request, desk)) as Answer<typeof name>;
  } catch {
    return { ok: false, error: { code: 'internal' } };
  }
};

const bridge: Bridge = Object.freeze({ call, on: listeners.on });

contextBridge.exposeInMainWorld(BRIDGE, bridge);
