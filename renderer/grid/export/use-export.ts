import type { GridApi } from 'ag-grid-community';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../contract/schemas/exports.ts';
import { useBridge } from '../../app/console.ts';
import { useErrorWords } from '../../ui/error-words.ts';
import { useToasts } from '../../ui/toasts.ts';
import type { GridColumn, RowLead } from '../columns.ts';
import { useStable } from '../use-stable.ts';
import { exportColumns, makeExportCells } from './cells.ts';
import { fetchDownload, runExport } from './run.ts';
import { moveRunningExport, setRunningExport } from './running.ts';

/** What of a grid an export needs. */
export interface Exportable<Row> {
  readonly id: string;
  readonly label: string;
  readonly api: RefObject<GridApi<Row> | null>;
  readonly columns: readonly GridColumn<Row>[];
  readonly total: number;
  readonly filter: readonly string[];
  readonly locale: string;
  readonly leadOf: (row: Row) => RowLead | null;
}

/** What one chooses. */
export interface ExportChoice {
  readonly format: ExportFormat;
  readonly isSelection: boolean;
  readonly withFacts: boolean;
}

/** The rows and columns that are on screen, in the order shown. */
function shownOf<Row>(api: GridApi<Row>, columns: readonly GridColumn<Row>[], isSelection: boolean) {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const shown = api.getAllDisplayedColumns().flatMap((column) => byKey.get(column.getColId()) ?? []);
  const rows: Row[] = [];
  api.forEachNodeAfterFilterAndSort((node) => {
    if (node.data !== undefined && (!isSelection || node.isSelected() === true)) rows.push(node.data);
  });
  return { rows, shown };
}

/** Writes what a grid shows into a file; the rows are those of the moment, whatever moves meanwhile. */
export function useExport<Row>(grid: Exportable<Row>): (choice: ExportChoice) => void {
  const { t, i18n } = useTranslation();
  const bridge = useBridge();
  const errorWords = useErrorWords();
  const say = useToasts((toasts) => toasts.say);

  return useStable(({ format, isSelection, withFacts }: ExportChoice): void => {
    const api = grid.api.current;
    if (api === null) return;
    const { rows, shown } = shownOf(api, grid.columns, isSelection);
    const setting = {
      locale: grid.locale,
      words: { yes: t('yes'), no: t('no'), bytes: t('export.bytes'), forecast: t('export.forecast') },
      leadOf: grid.leadOf,
    };
    const cellsOf = makeExportCells(shown, format, setting);
    const hidden = grid.filter.length === 0 && !isSelection && rows.length < grid.total;
    const controller = new AbortController();
    setRunningExport({
      grid: grid.id,
      title: grid.label,
      done: 0,
      total: rows.length,
      cancel: () => controller.abort(),
    });
    const write = async (): Promise<void> => {
      const result = await runExport(bridge, {
        begin: {
          format,
          title: grid.label.slice(0, 200),
          language: i18n.language === 'fr' ? 'fr' : 'en',
          locale: grid.locale,
          columns: exportColumns(shown, format, setting),
          filter: (hidden ? [t('export.filtered')] : grid.filter).slice(0, 60).map((one) => one.slice(0, 500)),
          isSelection,
          rows: rows.length,
          total: grid.total,
          withFacts,
        },
        rowAt: (index) => {
          const row = rows[index];
          return row === undefined ? [] : cellsOf(row);
        },
        onProgress: moveRunningExport,
        signal: controller.signal,
      });
      if (!result.ok) {
        if (result.error.code === 'cancelled') say({ tone: 'info', text: t('export.cancelled') });
        else if (result.error.code === 'too-large' && result.error.field === 'rows')
          say({ tone: 'error', text: t('export.tooManyRows', { count: Number(result.error.facts?.['limit'] ?? 0) }) });
        else {
          const { title, cause } = errorWords(result.error);
          say({ tone: 'error', text: `${t('export.failed')} ${title} ${cause}` });
        }
      } else if (result.value !== null) {
        const { kind, name, rows: written } = result.value;
        if (kind === 'download') fetchDownload(result.value.path, name);
        say({ tone: 'ok', text: t('export.done', { name, count: written }) });
      }
    };
    void write().finally(() => setRunningExport(null));
  });
}
