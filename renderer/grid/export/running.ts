import { create } from 'zustand';

/** The list that is being written into a file. */
export interface RunningExport {
  /** Which grid it is of. */
  readonly grid: string;
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
}

/** What is being written now: one list at a time, whichever screen is shown meanwhile. */
export const useRunningExport = create<{ readonly running: RunningExport | null }>(() => ({ running: null }));

/** Says that one began, or ended. */
export const setRunningExport = (running: RunningExport | null): void => useRunningExport.setState({ running });

/** Says how far it is. */
export const moveRunningExport = (done: number): void =>
  useRunningExport.setState(({ running }) => ({ running: running === null ? null : { ...running, done } }));
