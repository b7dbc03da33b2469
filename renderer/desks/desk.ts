import { createContext, useContext, useSyncExternalStore } from 'react';

/** A desk as the parts of the window that stand on it know it: one open server, shown or behind another. */
export interface Desk {
  readonly id: string;
  readonly isShown: () => boolean;
  /** Tells when the desk is shown or hidden; the answer ends it. */
  readonly onShown: (listener: () => void) => () => void;
  /** What screens of this desk share, see `deskStore`. */
  readonly stores: Map<object, unknown>;
}

/** The only desk of a window without others: parts that are drawn by themselves stand on it. */
export const aloneDesk: Desk = {
  id: 'alone',
  isShown: () => true,
  onShown: () => () => undefined,
  stores: new Map(),
};

/** Carries the desk to what stands on it. */
export const DeskContext = createContext<Desk>(aloneDesk);

/** The desk on which the component stands. */
export const useDesk = (): Desk => useContext(DeskContext);

/** Whether the desk of the component is the one that is shown. */
export function useIsShown(): boolean {
  const desk = useDesk();
  return useSyncExternalStore(desk.onShown, desk.isShown);
}

let shown = aloneDesk;

/** The desk that is shown: where a person does what they do. */
export const shownDesk = (): Desk => shown;

/** Says which desk is shown from now on. */
export function setShownDesk(desk: Desk): void {
  shown = desk;
}
