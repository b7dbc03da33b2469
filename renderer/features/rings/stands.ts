/** How an update stands before the next ring, for sorting and for the word that is shown. */
import type { RingItemState } from '../../../contract/schemas/rings.ts';
import type { Gate, GateState } from '../../../domain/rings.ts';
import type { Tone } from '../../theme/palette.ts';

/** How an update stands; `days`: only its age holds it, for so many days more (rounded up, 0: today). */
export type Stand =
  | { readonly kind: 'passed' | 'forbidden' | 'failed' | 'waits'; readonly tone: Tone }
  | { readonly kind: 'days'; readonly tone: Tone; readonly days: number; readonly at: number };

const DAY = 86_400_000;

/** How an update stands at `now` (milliseconds). */
export function standOf(item: Pick<RingItemState, 'isForbiddenNext' | 'verdict'>, now: number): Stand {
  if (item.isForbiddenNext) return { kind: 'forbidden', tone: 'warning' };
  const { passes, passesAt, gates } = item.verdict;
  if (passes) return { kind: 'passed', tone: 'ok' };
  if (passesAt !== null) {
    const days = Math.max(0, Math.ceil((passesAt - now) / DAY));
    return { kind: 'days', tone: 'info', days, at: passesAt };
  }
  const hasFailed = gates.some((gate) => gate.gate === 'failures' && !gate.passes);
  return hasFailed ? { kind: 'failed', tone: 'error' } : { kind: 'waits', tone: 'neutral' };
}

/** What passed first, then what passes soonest, then what waits for hosts, then what needs a person. */
export function standOrder(stand: Stand): number {
  if (stand.kind === 'days') return 1 + stand.at / 1e16;
  return { passed: 0, waits: 2, failed: 3, forbidden: 4 }[stand.kind];
}

/** The state of an update at one gate; undefined where the gate is off. */
export function gateOf(item: Pick<RingItemState, 'verdict'>, gate: Gate): GateState | undefined {
  return item.verdict.gates.find((state) => state.gate === gate);
}

/** How far the bar of a gate is filled (0 to 1): towards what is asked, or towards what is taken. */
export function shareOf({ gate, value, limit, passes }: GateState): number {
  if (gate === 'failures') return limit === 0 ? (passes ? 0 : 1) : Math.min(1, (value ?? 0) / limit);
  if (passes) return 1;
  return limit === 0 ? 0 : Math.min(1, (value ?? 0) / limit);
}
