import type { ExportCell } from '../../contract/schemas/exports.ts';
import type { Sheet } from './sheet.ts';

/** With what the thread of an export starts; `file` does not exist yet. */
export interface WriterStart {
  readonly file: string;
  readonly format: 'csv' | 'xlsx' | 'html';
  readonly sheet: Sheet;
}

/** What the thread is told. */
export type ToWriter =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly ExportCell[])[] }
  | { readonly kind: 'end' };

/** What it tells: rows are written, the file is whole, or it failed (`disk`: the system's code, null for a bug). */
export type FromWriter =
  | { readonly kind: 'taken' }
  | { readonly kind: 'ended'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly disk: string | null; readonly isFull?: boolean; readonly text: string };
