const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  const found = cache.get(key);
  if (found !== undefined) return found as T;
  const made = make();
  cache.set(key, made);
  return made;
}

/** The moment of an ISO text, or null where it is none. Texts without zone are read as local time, as servers and hosts write them. */
export function parseTime(text: string | null | undefined): Date | null {
  if (text === null || text === undefined || text === '') return null;
  const isDayOnly = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const date = new Date(isDayOnly ? `${text}T00:00:00` : text.replace(' ', 'T'));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A day; a text that is no date is shown as it came. */
export function formatDate(text: string | null | undefined, locale: string): string {
  const date = parseTime(text);
  if (date === null) return text ?? '';
  return kept(
    `d${locale}`,
    () => new Intl.DateTimeFormat(locale, { year: 'numeric', month: '2-digit', day: '2-digit' }),
  ).format(date);
}

/** A day and a time to the minute; a text that is no date is shown as it came. */
export function formatDateTime(text: string | null | undefined, locale: string): string {
  const date = parseTime(text);
  if (date === null) return text ?? '';
  return kept(
    `t${locale}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      }),
  ).format(date);
}

/** A number with the separators of the language. */
export function formatNumber(value: number, locale: string): string {
  return kept(`n${locale}`, () => new Intl.NumberFormat(locale)).format(value);
}

/** A part of a hundred, in whole percent and never more than is there. */
export function formatPercent(percent: number, locale: string): string {
  return kept(`p${locale}`, () => new Intl.NumberFormat(locale, { style: 'percent' })).format(
    Math.floor(percent) / 100,
  );
}

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size in the largest unit that keeps it above one, in steps of 1024. */
export function formatSize(bytes: number | null | undefined, locale: string): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return '';
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 1024 && step < sizeUnits.length - 1) {
    value /= 1024;
    step++;
  }
  const unit = sizeUnits[step] ?? 'byte';
  const digits = step === 0 || value >= 100 ? 0 : 1;
  return kept(
    `s${locale}${unit}${digits}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        // The short English word for bytes has no plural.
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: digits,
      }),
  ).format(value);
}

/** A length of time, in its two largest parts. */
export function formatDuration(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: readonly (readonly [number, 'day' | 'hour' | 'minute' | 'second'])[] = [
    [Math.floor(whole / 86_400), 'day'],
    [Math.floor((whole % 86_400) / 3_600), 'hour'],
    [Math.floor((whole % 3_600) / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  const shown = first < 0 ? parts.slice(3) : parts.slice(first, first + 2).filter(([value], i) => i === 0 || value > 0);
  return shown
    .map(([value, unit]) =>
      kept(
        `u${locale}${unit}`,
        () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
      ).format(value),
    )
    .join(' ');
}

/** How long ago, in words; within 45 seconds it is `nowWord`. */
export function formatAgo(
  text: string | null | undefined,
  locale: string,
  nowWord: string,
  now: Date = new Date(),
): string {
  const date = parseTime(text);
  if (date === null) return text ?? '';
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  if (size < 45) return nowWord;
  const format = kept(`r${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
  if (size < 3_570) return format.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.round(seconds / 3_600), 'hour');
  return format.format(Math.round(seconds / 86_400), 'day');
}

/** A fingerprint in groups of four signs, for comparing by eye. */
export function groupFingerprint(hex: string): string {
  return (
    hex
      .toUpperCase()
      .match(/.{1,4}/g)
      ?.join(' ') ?? hex
  );
}
