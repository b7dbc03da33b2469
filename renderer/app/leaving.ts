/**
 * Calls `act` when the window goes away or out of sight: the last moment at which something can be kept. Answers how to end that.
 * What is asked of main then arrives all the same (preload).
 */
export function onLeaving(act: () => void): () => void {
  window.addEventListener('pagehide', act);
  document.addEventListener('visibilitychange', act);
  return () => {
    window.removeEventListener('pagehide', act);
    document.removeEventListener('visibilitychange', act);
  };
}
