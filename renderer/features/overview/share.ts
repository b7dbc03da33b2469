/** A part of a whole in percent: never 100 % while something is missing, never 0 % while something is there; a dash where the whole is nothing. */
export function shareText(part: number, whole: number, locale: string): string {
  if (whole === 0) return '–';
  const percent = (part / whole) * 100;
  const digits = (percent > 99 && percent < 100) || (percent > 0 && percent < 1) ? 1 : 0;
  const rounded = percent > 50 ? Math.floor(percent * 10 ** digits) : Math.ceil(percent * 10 ** digits);
  const shown =
    digits === 1
      ? Math.min(Math.max(rounded / 10, 0.1), 99.9)
      : part === whole || part === 0
        ? percent
        : Math.round(percent);
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(shown / 100);
}
