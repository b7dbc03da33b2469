/** One measured thing beside its bar; `unit` is what both are counted in (`×` for a ratio to the baseline of the same run). */
export type Line = {
  readonly what: string;
  readonly measured: number;
  readonly bar: number;
  readonly unit: string;
  readonly note?: string;
};

/** The middle one of some figures (the mean of the two middle ones for an even count); NaN of none. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Prints the table of a bench and sets exit code 1 when a line is above its bar, or was not measured. */
export function finish(title: string, lines: readonly Line[]): void {
  const within = (line: Line): boolean => line.measured <= line.bar;
  const figure = (value: number, unit: string): string =>
    unit === '×' ? `${value.toFixed(2)} ×` : `${value.toFixed(0)} ${unit}`;
  console.log(title);
  for (const line of lines) {
    const cells = [
      within(line) ? '✓' : '✗',
      line.what.padEnd(44),
      figure(line.measured, line.unit).padStart(10),
      '≤',
      figure(line.bar, line.unit).padEnd(10),
      `${((100 * line.measured) / line.bar).toFixed(0)} %`.padStart(6),
      line.note ? `  ${line.note}` : '',
    ];
    console.log(`  ${cells.join(' ')}`.trimEnd());
  }
  if (!lines.every(within)) process.exitCode = 1;
}
