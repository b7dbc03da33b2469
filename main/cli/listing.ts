import type { Freshness } from '../../contract/schemas/common.ts';
import type { ExportCell, ExportColumn } from '../../contract/schemas/exports.ts';
import type { Cli } from './cli.ts';
import type { Output } from './command.ts';
import { moment, printable, table } from './output.ts';
import type { Say } from './words/say.ts';

/** One column of a list, for the terminal and for files. */
export interface ListColumn<Row> extends ExportColumn {
  readonly value: (row: Row) => ExportCell;
  /** In files only: a line of the terminal has room for few. */
  readonly isInFileOnly?: boolean;
  readonly isFlexible?: boolean;
}

/** A list that a command prints or exports. */
export interface Listing<Row> {
  readonly title: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: readonly Row[];
  /** How many there are without filter. */
  readonly total: number;
  /** What restricts it, in words. */
  readonly filter: readonly string[];
  readonly freshness: Freshness;
  /** What JSON has beside the rows. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** An ISO time as the clock of this computer shows it, as columns of dates take it; a text that is no time stays. */
export function clockTime(iso: string | null, kind: 'date' | 'datetime'): string | null {
  if (iso === null || iso === '') return null;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T00:00:00` : iso.replace(' ', 'T'));
  if (Number.isNaN(date.getTime())) return iso;
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return kind === 'date' ? day : `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The states that hosts and updates are counted by, in the order of both lists; the rare ones stand in files only. */
const COUNTED = [
  ['needed', false],
  ['pending', false],
  ['missing', false],
  ['failed', false],
  ['forbidden', true],
  ['heldBack', true],
  ['done', true],
] as const;

/** A state that lists count by. */
type Counted = (typeof COUNTED)[number][0];

/** A column for each state, from what a row counts. */
export const stateColumns = <Row>(
  states: Say['states'],
  countsOf: (row: Row) => Readonly<Record<Counted, number>>,
): readonly ListColumn<Row>[] =>
  COUNTED.map(([state, isInFileOnly]) => ({
    header: states[state],
    kind: 'number',
    isInFileOnly,
    value: (row) => countsOf(row)[state],
  }));

/** The list in words and as JSON. */
export function listed<Row>(cli: Cli, listing: Listing<Row>): Output {
  const { rows, total, filter, freshness, beside = {} } = listing;
  const shown = listing.columns.filter((column) => column.isInFileOnly !== true);
  const columns = shown.map(({ header, kind, value, isFlexible = false }) => ({
    header,
    isFlexible,
    value: (row: Row): string | number | null => {
      const cell = value(row);
      return (kind === 'date' || kind === 'datetime') && typeof cell === 'string' ? cell.replace('T', ' ') : cell;
    },
  }));
  const say = cli.listSay.list;
  const age = freshness.syncedAt === null ? say.never : say.read(moment(freshness.syncedAt));
  const count = rows.length === total ? `${rows.length}` : say.of(rows.length, total);
  const about = [count, ...filter, freshness.isOffline ? say.offline(age) : age, cli.profile?.address ?? ''];
  return {
    json: {
      profile: cli.profile?.name ?? null,
      server: cli.profile?.address ?? null,
      readAt: freshness.syncedAt,
      isOffline: freshness.isOffline,
      filter,
      total,
      count: rows.length,
      ...beside,
      rows,
    },
    text: `${table(columns, rows, cli.parts.width)}\n${about
      .filter((part) => part !== '')
      .map(printable)
      .join(' · ')}\n`,
  };
}
