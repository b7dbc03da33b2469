import type { Bridge } from '../../contract/bridge.ts';
import type { ActionRun } from '../../contract/schemas/actions.ts';
import type { Campaign } from '../../contract/schemas/campaigns.ts';

/** Long work that came to its end, or that cannot go on by itself. */
export type Ending =
  | { readonly kind: 'run'; readonly run: ActionRun }
  | { readonly kind: 'downloads' }
  | { readonly kind: 'sync'; readonly error: string | null }
  | { readonly kind: 'campaign'; readonly campaign: Campaign };

/** Reading the server that took less is not worth a word. */
const LONG_SYNC_MS = 30_000;

/** Orders and campaigns tell of every host: their ends are looked up after things came to rest. */
const REST_MS = 1_000;

/** Whether somebody looks, and since when nobody does (milliseconds). */
export interface Watch {
  readonly isAway: () => boolean;
  readonly awaySince: () => number;
}

const endedSince = (at: string | null, since: number): boolean => at !== null && Date.parse(at) >= since;

/** Tells what ends at a desk while nobody looks at it, each once. The answer stops it. */
export function watchEndings(bridge: Bridge, { isAway, awaySince }: Watch, tell: (ending: Ending) => void): () => void {
  const told = new Set<string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let isReading = false;
  let fetching = 0;

  const tellOnce = (key: string, ending: Ending): void => {
    if (told.has(key)) return;
    told.add(key);
    tell(ending);
  };
  const later = (key: string, look: () => Promise<void>): void => {
    if (!isAway() || timers.has(key)) return;
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void look();
      }, REST_MS),
    );
  };
  const lookAtRuns = async (): Promise<void> => {
    const runs = await bridge.call('actions.runs', {});
    if (!runs.ok || !isAway()) return;
    for (const run of runs.value)
      if (endedSince(run.endedAt, awaySince())) tellOnce(`run ${run.id}`, { kind: 'run', run });
  };
  const lookAtCampaigns = async (): Promise<void> => {
    const list = await bridge.call('campaigns.list', {});
    if (!list.ok || !isAway()) return;
    for (const campaign of list.value.campaigns) {
      const { id, endedAt, waitsFor } = campaign;
      if (endedSince(endedAt, awaySince())) tellOnce(`campaign ${id} ${endedAt ?? ''}`, { kind: 'campaign', campaign });
      else if (waitsFor === 'signer') tellOnce(`signer ${id} ${awaySince()}`, { kind: 'campaign', campaign });
    }
  };

  const ends = [
    bridge.on('sync.changed', ({ phase, startedAt, finishedAt, error }) => {
      const hasEnded = isReading && phase === 'idle';
      isReading = phase !== 'idle';
      if (!hasEnded || startedAt === null || finishedAt === null || error === 'cancelled' || !isAway()) return;
      if (Date.parse(finishedAt) - Date.parse(startedAt) >= LONG_SYNC_MS) tell({ kind: 'sync', error });
    }),
    bridge.on('downloads.changed', ({ running }) => {
      const hasEnded = fetching > 0 && running === 0;
      fetching = running;
      if (hasEnded && isAway()) tell({ kind: 'downloads' });
    }),
    bridge.on('actions.changed', () => later('runs', lookAtRuns)),
    bridge.on('campaigns.changed', () => later('campaigns', lookAtCampaigns)),
  ];
  return () => {
    for (const end of ends) end();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
