/** One column of a table for the terminal. */
export interface TextColumn<Row> {
  readonly header: string;
  readonly value: (row: Row) => string | number | null;
  /** The column that gives way where the line is too long. */
  readonly isFlexible?: boolean;
}

/** A text that moves no cursor and changes no colour: what servers and hosts say is never sent to a terminal as it came. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it takes away
  text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ');

const GAP = '  ';
const LEAST = 12;

const cut = (text: string, width: number): string =>
  text.length <= width ? text : width < 2 ? text.slice(0, width) : `${text.slice(0, width - 1)}…`;

/** A table in plain text, numbers at the right edge; `width` is that of the terminal, null where the text goes elsewhere and nothing is cut. */
export function table<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[], width: number | null): string {
  const cells = rows.map((row) => columns.map((column) => column.value(row)));
  const texts = cells.map((row) => row.map((cell) => (cell === null ? '' : printable(String(cell)))));
  const widths = columns.map(({ header }, at) =>
    texts.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), header.length),
  );
  if (width !== null) {
    let over = widths.reduce((sum, one) => sum + one + GAP.length, -GAP.length) - width;
    for (const [at, column] of columns.entries()) {
      if (over <= 0 || column.isFlexible !== true) continue;
      const less = Math.min(over, Math.max(0, (widths[at] ?? 0) - LEAST));
      widths[at] = (widths[at] ?? 0) - less;
      over -= less;
    }
  }
  const isNumber = columns.map((_, at) => cells.length > 0 && cells.every((row) => typeof row[at] !== 'string'));
  const lineOf = (row: readonly string[]): string =>
    row
      .map((text, at) => {
        const room = widths[at] ?? 0;
        return isNumber[at] === true ? cut(text, room).padStart(room) : cut(text, room).padEnd(room);
      })
      .join(GAP)
      .trimEnd();
  return [lineOf(columns.map(({ header }) => header)), ...texts.map(lineOf)].map((line) => `${line}\n`).join('');
}

/** A local time to the minute, or a dash. */
export function moment(iso: string | null): string {
  const date = iso === null ? null : new Date(iso);
  if (date === null || Number.isNaN(date.getTime())) return '-';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
