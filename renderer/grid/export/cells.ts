import { EXPORT_CELL } from '../../../contract/export-limits.ts';
import type { ExportCell, ExportColumn, ExportFormat } from '../../../contract/schemas/exports.ts';
import { parseTime } from '../../ui/format.ts';
import { type CellValue, type CellWords, formatCell, type GridColumn, type RowLead } from '../columns.ts';

/** What cells need besides their row, as on screen. */
export interface ExportSetting<Row> {
  readonly locale: string;
  readonly words: CellWords & {
    /** Behind the header of a column of sizes, which are written in bytes. */
    readonly bytes: string;
    /** Behind what is computed and not reported. */
    readonly forecast: string;
  };
  readonly leadOf: (row: Row) => RowLead | null;
}

const isShownText = (format: ExportFormat): boolean => format === 'html' || format === 'pdf';

/** The columns as a file names and types them. */
export function exportColumns<Row>(
  columns: readonly GridColumn<Row>[],
  format: ExportFormat,
  { words }: ExportSetting<Row>,
): ExportColumn[] {
  return columns.map((column) => {
    const header = column.header.slice(0, 280);
    switch (column.kind) {
      case 'size':
        return { header: isShownText(format) ? header : `${header} (${words.bytes})`, kind: 'number' };
      case 'progress':
        return { header: isShownText(format) ? header : `${header} (%)`, kind: 'number' };
      case 'number':
        return { header, kind: 'number' };
      case 'date':
      case 'datetime':
        return { header, kind: column.kind };
      default:
        return { header, kind: 'text' };
    }
  });
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The day, or the day and minute, that the screen shows: the time of this window's clock, without a zone. */
function wallClock(value: CellValue, isDay: boolean): ExportCell {
  if (typeof value !== 'string') return null;
  const date = parseTime(value);
  if (date === null) return value;
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return isDay ? day : `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Gives the cells of a row: for a report the texts that are shown, else numbers and dates as such. */
export function makeExportCells<Row>(
  columns: readonly GridColumn<Row>[],
  format: ExportFormat,
  { locale, words, leadOf }: ExportSetting<Row>,
): (row: Row) => ExportCell[] {
  const shown = isShownText(format);
  const cellOf = (column: GridColumn<Row>, row: Row): ExportCell => {
    const kind = column.kind ?? 'text';
    if (kind === 'chip') {
      const chip = column.chip?.(row) ?? null;
      if (chip === null) return null;
      return chip.isForecast === true ? `${chip.label} (${words.forecast})` : chip.label;
    }
    if (kind === 'meter') return column.meter?.(row)?.label ?? null;
    const value = column.value(row);
    if (!shown && typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (!shown && (kind === 'date' || kind === 'datetime')) return wallClock(value, kind === 'date');
    const text = formatCell(value, kind, locale, words);
    const lead = column.hasLead === true ? leadOf(row) : null;
    return lead === null ? text : lead.kind === 'member' ? `↳ ${text}` : `${text} (${lead.label})`;
  };
  return (row) =>
    columns.map((column) => {
      const cell = cellOf(column, row);
      return typeof cell === 'string' && cell.length > EXPORT_CELL ? `${cell.slice(0, EXPORT_CELL - 1)}…` : cell;
    });
}
