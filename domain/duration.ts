/** Milliseconds in the units of WAPT's durations (protocol 7.1). */
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * Reads a duration of a Windows Update option: a number, decimals accepted, and `s`, `m`, `h`, `d` or `w`; a bare number is in days.
 * Milliseconds, or null where the text is no duration.
 */
export function parseDuration(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*([smhdw]?)\s*$/i.exec(text);
  if (match === null) return null;
  const amount = Number(match[1]);
  const unit = (match[2] ?? '').toLowerCase();
  return amount * (unit === '' ? UNITS.d : UNITS[unit as keyof typeof UNITS]);
}

/** Writes milliseconds as the shortest text that `parseDuration` reads back: `7d`, `12h`, `90m`. */
export function formatDuration(milliseconds: number): string {
  for (const unit of ['w', 'd', 'h', 'm'] as const) {
    if (milliseconds >= UNITS[unit] && milliseconds % UNITS[unit] === 0) return `${milliseconds / UNITS[unit]}${unit}`;
  }
  return `${milliseconds / UNITS.s}s`;
}
