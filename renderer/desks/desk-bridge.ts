import type { Bridge } from '../../contract/bridge.ts';

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
