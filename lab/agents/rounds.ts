/** Something that is done with one after the other, again and again. */
export type Rounds = { readonly start: () => void; readonly stop: () => void };

const longestTick = 50;
/** The part of a tick, in milliseconds, that a lab of thousands of hosts may take from the machine: the next tick goes on where it ended. */
const budget = 15;

/** Visits all items once in `period` milliseconds, spread evenly, with one timer for all; slower where the visits take longer. */
export function makeRounds<T>(items: readonly T[], period: number, visit: (item: T) => void): Rounds {
  const tick = Math.min(longestTick, period / 2);
  let timer: NodeJS.Timeout | null = null;
  let next = 0;
  let owed = 0;
  const turn = (): void => {
    const started = performance.now();
    owed = Math.min(items.length, owed + (items.length * tick) / period);
    while (owed >= 1 && performance.now() - started < budget) {
      const item = items[next];
      next = (next + 1) % items.length;
      owed -= 1;
      if (item !== undefined) visit(item);
    }
  };
  return {
    start: () => {
      timer ??= setInterval(turn, tick);
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
