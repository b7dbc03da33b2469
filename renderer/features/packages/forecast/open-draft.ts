import { createContext, useCallback, useContext } from 'react';
import { askWhy, useWhyFocus } from '../../why/open.ts';

/** The draft that the editor has open, for the lists inside it. */
export const OpenDraft = createContext<string | null>(null);

/** Asks why about updates of the editor's lists, as if its draft were published: at once, or by the key for the row in focus. */
export function useWhyOfDraft(): {
  readonly ask: (updateId: string) => void;
  readonly focus: (updateId: string | null) => void;
} {
  const draftId = useContext(OpenDraft);
  const setFocus = useWhyFocus();
  const ask = useCallback((updateId: string) => askWhy({ updateId, draftId }), [draftId]);
  const focus = useCallback(
    (updateId: string | null) => setFocus(updateId === null ? null : { updateId, draftId }),
    [setFocus, draftId],
  );
  return { ask, focus };
}
