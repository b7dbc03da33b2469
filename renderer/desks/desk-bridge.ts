import type { Bridge } from '../../contract/bridge.ts';

/** The bridge as the window itself has it: it hears what happened to the whole console. */
export function wholeBridge(bridge: Bridge): Bridge {
  return {
    call: bridge.call,
    on: (name, listener) =>
      bridge.on(name, (payload, from) => {
        if (from === null) listener(payload, from);
      }),
  };
}

/** The bridge as one desk has it: it asks for that desk, and hears what happened there or to the whole console. */
export function deskBridge(bridge: Bridge, desk: string): Bridge {
  return {
    call: (name, request) => bridge.call(name, request, desk),
    on: (name, listener) =>
      bridge.on(name, (payload, from) => {
        if (from === null || from === desk) listener(payload, from);
      }),
  };
}
