import type { Tone } from '../theme/palette.ts';
import { formatDate, formatDateTime, formatNumber, formatPercent, formatSize } from '../ui/format.ts';

/** What a cell can hold. */
export type CellValue = string | number | boolean | null | undefined | readonly string[];

/** How a column writes and sorts its values. `chip` shows a word on a coloured ground, `progress` a percent as a bar, `meter` a bar and words. */
export type ColumnKind =
  | 'text'
  | 'date'
  | 'datetime'
  | 'size'
  | 'list'
  | 'boolean'
  | 'number'
  | 'chip'
  | 'progress'
  | 'meter';

/** How far something has come (0 to 1), in words too. */
export interface Meter {
  readonly share: number;
  readonly label: string;
  readonly tone: Tone;
}

/** What stands before the text of a row that stands for others, or for which another one stands. */
export type RowLead =
  | {
      readonly kind: 'stands-for';
      readonly label: string;
      /** What the button does, in words. */
      readonly action: string;
      readonly isOpen: boolean;
      readonly onToggle: () => void;
    }
  | { readonly kind: 'member'; readonly label: string };

/** One column of a grid. */
export interface GridColumn<Row> {
  /** Stable: the saved layout names columns by it. */
  readonly key: string;
  /** In the language shown. */
  readonly header: string;
  readonly value: (row: Row) => CellValue;
  readonly kind?: ColumnKind;
  /** For kind `chip`: the word and its tone; null leaves the cell empty. */
  readonly chip?: (row: Row) => {
    readonly label: string;
    readonly tone: Tone /** Computed, not reported. */;
    readonly isForecast?: boolean;
  } | null;
  /** For kind `meter`; null leaves the cell empty. */
  readonly meter?: (row: Row) => Meter | null;
  /** Whether the grid's `leadOf` stands before the text. */
  readonly hasLead?: boolean;
  /** For kind `number`: opens what a number above 0 counts, by a click on it or Enter on its cell; `hint` says what. */
  readonly open?: { readonly run: (row: Row) => void; readonly hint: string };
  /** What to sort by where it is not the value. */
  readonly sortBy?: (row: Row) => string | number;
  /** Pixels at first; dates take more where they need it. */
  readonly width?: number;
  /** Share of the room that is left; the column is then at least `width` wide. */
  readonly flex?: number;
  /** Not shown until one chooses it. */
  readonly hidden?: boolean;
  /** More words on hover; without it a cut text is shown whole. */
  readonly tooltip?: (row: Row) => string | null;
  /** What the column counts or means, on hover over its header. */
  readonly headerTooltip?: string;
  readonly sort?: 'asc' | 'desc';
  readonly pinned?: 'left';
}

/** Words that cells need. */
export interface CellWords {
  readonly yes: string;
  readonly no: string;
}

/** A cell's value in words of the language. */
export function formatCell(value: CellValue, kind: ColumnKind, locale: string, words: CellWords): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  switch (kind) {
    case 'date':
      return formatDate(String(value), locale);
    case 'datetime':
      return formatDateTime(String(value), locale);
    case 'size':
      return typeof value === 'number' ? formatSize(value, locale) : String(value);
    case 'progress':
      return typeof value === 'number' ? formatPercent(value, locale) : String(value);
    case 'number':
      return typeof value === 'number' ? formatNumber(value, locale) : String(value);
    default:
      return String(value);
  }
}

const isEmpty = (value: CellValue): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** How texts of a column are compared. */
export type TextOrder = Pick<Intl.Collator, 'compare'>;

/** ISO dates sort as they are written, and much faster so than by the rules of a language. */
export const asWritten: TextOrder = { compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0) };

/** Compares two values of a column: numbers by size, texts in the order given, what is empty before all else. */
export function compareCells(a: CellValue, b: CellValue, order: TextOrder): number {
  const noA = isEmpty(a);
  const noB = isEmpty(b);
  if (noA || noB) return noA === noB ? 0 : noA ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return order.compare(Array.isArray(a) ? a.join() : String(a), Array.isArray(b) ? b.join() : String(b));
}

/** Whether a column holds dates. */
export const isDate = (kind: ColumnKind): boolean => kind === 'date' || kind === 'datetime';

/** Whether a column's numbers stand at the right edge. */
export const isNumeric = (kind: ColumnKind): boolean => kind === 'number' || kind === 'size';
