import { useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { useBridge } from '../../app/console.ts';
import { onLeaving } from '../../app/leaving.ts';
import type { DraftContent } from './draft-edit.ts';
import { DraftSaver, type SaveState } from './draft-saver.ts';

/** Milliseconds of quiet before a change is written. */
const QUIET = 300;

/** Keeps an open draft on disk: after each change, and at once when one leaves the editor or the window. */
export function useDraftSaver(
  draft: Draft,
  content: DraftContent,
): { readonly state: SaveState; readonly flush: () => Promise<boolean>; readonly forget: () => void } {
  const bridge = useBridge();
  const [state, setState] = useState<SaveState>({ kind: 'saved', savedAt: draft.savedAt });
  const saver = useMemo(
    () =>
      new DraftSaver({
        save: (next) => bridge.call('drafts.save', { id: draft.id, ...next }),
        onState: setState,
        delay: QUIET,
      }),
    [bridge, draft.id],
  );
  const written = useRef(content);
  useEffect(() => {
    if (written.current === content) return;
    written.current = content;
    saver.change(content);
  }, [saver, content]);
  useEffect(() => {
    const stay = onLeaving(() => void saver.flush());
    return () => {
      stay();
      void saver.stop();
    };
  }, [saver]);
  return useMemo(() => ({ state, flush: () => saver.flush(), forget: () => saver.forget() }), [saver, state]);
}
