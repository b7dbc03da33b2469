import type { Parsed } from '../../contract/calls.ts';
import type { Freshness } from '../../contract/schemas/common.ts';
import type { Sheet, SheetFact } from './sheet.ts';
import { sheetWords } from './words.ts';

/** What main knows about a list beside what the window says of it. */
export interface SheetSource {
  readonly server: string;
  readonly user: string;
  readonly freshness: Freshness;
  readonly version: string;
  readonly now: Date;
}

const moment = (date: Date, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(date);

/** Puts together what will be written: the list as the window describes it, and the facts of main. */
export function sheetOf(request: Parsed<'exports.begin'>, source: SheetSource): Sheet {
  const words = sheetWords[request.language];
  const { syncedAt, isOffline } = source.freshness;
  const count = (value: number): string => new Intl.NumberFormat(request.locale).format(value);
  const read = syncedAt === null ? words.never : moment(new Date(syncedAt), request.locale);
  const filter = request.filter.length === 0 ? words.noFilter : request.filter.join(' · ');
  const facts: SheetFact[] = [
    {
      label: words.rows,
      value:
        request.rows === request.total
          ? count(request.rows)
          : `${count(request.rows)} ${words.of} ${count(request.total)}`,
    },
    { label: words.filter, value: request.isSelection ? `${filter} · ${words.selection}` : filter },
    { label: words.readAt, value: isOffline ? `${read} (${words.offline})` : read },
    { label: words.server, value: source.server },
    { label: words.user, value: source.user },
    { label: words.madeAt, value: moment(source.now, request.locale) },
    { label: words.console, value: `WAPTWUA console ${source.version}` },
  ];
  const { title, language, columns, withFacts } = request;
  return { title, language, columns, facts, words, withFacts };
}

/** A file name that every system takes: the title in plain letters and the minute. */
export function fileName(title: string, extension: string, now: Date): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${slug === '' ? 'list' : slug}-${day}-${two(now.getHours())}${two(now.getMinutes())}.${extension}`;
}
