/** The moves of a forecast, gathered into the numbers that one reads. */
import type { ForecastPart, Move } from '../../../../contract/schemas/rules.ts';
import type { Decision } from '../../../../domain/decision.ts';

/** What pairs become, or that they stay. */
export type MoveGroup = Decision | 'stay';

/** The groups in the order they are shown. */
export const MOVE_GROUPS = [
  'allowed',
  'forbidden',
  'held-back',
  'unknown',
  'stay',
] as const satisfies readonly MoveGroup[];

/** The group of a move. */
const groupOf = ({ before, after }: Pick<Move, 'before' | 'after'>): MoveGroup => (before === after ? 'stay' : after);

/** The moves of each group, most pairs first. */
export function movesOf(part: Pick<ForecastPart, 'moves'>, group: MoveGroup): readonly Move[] {
  return part.moves.filter((move) => groupOf(move) === group).sort((a, b) => b.pairs - a.pairs);
}

/** How many pairs are in each group. */
export function countPairs(part: Pick<ForecastPart, 'moves'>): Readonly<Record<MoveGroup, number>> {
  const counts: Record<MoveGroup, number> = { allowed: 0, forbidden: 0, 'held-back': 0, unknown: 0, stay: 0 };
  for (const move of part.moves) counts[groupOf(move)] += move.pairs;
  return counts;
}

/** How many pairs change. */
export function changedPairs(part: Pick<ForecastPart, 'moves'>): number {
  return part.moves.reduce((sum, move) => sum + (groupOf(move) === 'stay' ? 0 : move.pairs), 0);
}
