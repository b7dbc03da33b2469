import { defaultFilter, indexUpdates, type UpdateFilter } from '../../domain/catalogue.ts';
import { filterUpdates } from '../../domain/catalogue-filter.ts';
import type { UpdateRow } from '../../domain/update.ts';

const patches: readonly Partial<UpdateFilter>[] = [
  { scope: 'reported', hideSuperseded: false },
  { search: 'cumulative' },
  { scope: 'reported', search: 'product 17 kb50012' },
  { severities: ['Critical', 'Important'] },
  { scope: 'reported' },
  { severities: ['Critical'], classifications: ['Security Updates'], search: 'x64' },
  {},
];

/** A filter, what main answers to it as the text that crosses to the window, and how many rows it lets through. */
export interface Step {
  readonly filter: UpdateFilter;
  readonly answer: string;
  readonly shown: number;
}

/** What one does to the list, one after the other; the last step is how the list opens. */
export function makeSteps(rows: readonly UpdateRow[]): readonly Step[] {
  const index = indexUpdates(rows);
  const steps = patches.map((patch) => {
    const filter = { ...defaultFilter, ...patch };
    const answer = filterUpdates(index, filter);
    return { filter, answer: JSON.stringify(answer), shown: answer.ids.length };
  });
  // The page sees by the count of rows that a filter has come through.
  if (steps.some(({ shown }, i) => shown === 0 || shown === steps.at(i - 1)?.shown))
    throw new Error('each filter must let another count of rows through');
  return steps;
}
