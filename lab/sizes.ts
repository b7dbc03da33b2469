/** How much there is of everything in a lab. */
export type Volume = {
  readonly hosts: number;
  /** Updates in the catalogue; 0 for those of Windows, Office and tools alone. */
  readonly updates: number;
  /** Of how many further products a host has updates, on average. */
  readonly lines: number;
};

/**
 * The sizes to try a console with: about 10,000, 150,000, 500,000 and 2,000,000 rows host × update. They are estimates of ours from the figures
 * that administrators publish of their fleets.
 */
export const sizes = {
  S: { hosts: 200, updates: 600, lines: 1 },
  M: { hosts: 2_000, updates: 2_000, lines: 3 },
  L: { hosts: 5_000, updates: 5_000, lines: 8 },
  XL: { hosts: 15_000, updates: 20_000, lines: 15 },
} as const satisfies Readonly<Record<string, Volume>>;

/** `S`, `M`, `L` or `XL`. */
export type SizeName = keyof typeof sizes;

/** Up to so many hosts, a lab has only the updates of Windows, Office and a few tools. */
export const smallFleet = 300;

/** What a lab of so many hosts has: that of the named size, or of a place between two. */
export function volumeOf(hosts: number): Volume {
  if (hosts <= smallFleet) return { hosts, updates: 0, lines: 0 };
  const known = [sizes.S, sizes.M, sizes.L, sizes.XL];
  const above = known.find((size) => size.hosts >= hosts) ?? sizes.XL;
  const below = known.findLast((size) => size.hosts < above.hosts) ?? sizes.S;
  const part = (hosts - below.hosts) / (above.hosts - below.hosts);
  const between = (low: number, high: number): number => Math.round(low + (high - low) * Math.min(1, part));
  return { hosts, updates: between(below.updates, above.updates), lines: between(below.lines, above.lines) };
}

/** Whether a text names a size. */
export const isSize = (text: string): text is SizeName => Object.hasOwn(sizes, text);

/** The volume that options ask for: hosts and updates go before the size. Undefined where nothing is asked. */
export function volumeAsked(asked: {
  readonly size?: SizeName | undefined;
  readonly hosts?: number | undefined;
  readonly updates?: number | undefined;
}): Volume | undefined {
  const { size, hosts, updates } = asked;
  if (size === undefined && hosts === undefined && updates === undefined) return undefined;
  const base: Volume =
    size === undefined ? volumeOf(hosts ?? 60) : { ...sizes[size], hosts: hosts ?? sizes[size].hosts };
  return { ...base, ...(updates === undefined ? {} : { updates, lines: Math.max(1, base.lines) }) };
}
