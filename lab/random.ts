import { createHash } from 'node:crypto';

/** A stream of numbers that is the same for the same seed, so that a lab can be rebuilt exactly. */
export type Random = {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number in [low, high]. */
  readonly between: (low: number, high: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** One of the given items; throws on an empty list, which is a bug of the caller. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** `length` lower-case hexadecimal digits. */
  readonly hex: (length: number) => string;
  /** A GUID in lower case. */
  readonly guid: () => string;
};

const seedNumber = (seed: string): number => createHash('sha256').update(seed).digest().readUInt32LE(0);

/** Makes the stream of one seed (mulberry32: small, fast, good enough for a demonstration). */
export function seededRandom(seed: string): Random {
  let state = seedNumber(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (length: number): string =>
    Array.from({ length }, () => '0123456789abcdef'.charAt(between(0, 15))).join('');
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('pick from an empty list');
      return item;
    },
    hex,
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}
