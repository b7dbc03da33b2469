import { useCallback } from 'react';
import type { Request } from '../../../contract/calls.ts';
import { useBridge } from '../../app/console.ts';

/** Opens a page outside the console: main does where it can, else this window opens a tab of the browser it runs in. */
export function useOpenPage(): (page: Request<'app.open'>) => void {
  const bridge = useBridge();
  return useCallback(
    (page) => {
      void bridge.call('app.open', page).then((answer) => {
        if (answer.ok && !answer.value.opened) window.open(answer.value.url, '_blank', 'noopener,noreferrer');
      });
    },
    [bridge],
  );
}
