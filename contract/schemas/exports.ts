import { z } from 'zod';
import { EXPORT_CELL, EXPORT_CHUNK, EXPORT_ROWS } from '../export-limits.ts';
import { opaqueId } from './common.ts';

/** What a list can be written as; `pdf` where main can print (desktop). */
export const exportFormat = z.enum(['csv', 'xlsx', 'html', 'pdf']);

/** One of the formats. */
export type ExportFormat = z.infer<typeof exportFormat>;

/**
 * One column as it stands on screen. `date` and `datetime` cells are the local time of the person as `2026-11-21` and `2026-11-21T22:05`;
 * a text that is no date is written as it is.
 */
export const exportColumn = z.strictObject({
  header: z.string().max(300),
  kind: z.enum(['text', 'number', 'date', 'datetime']),
});

/** One column of an export. */
export type ExportColumn = z.infer<typeof exportColumn>;

/** One cell; for the report it is the text as it is shown. */
export const exportCell = z.union([z.string().max(EXPORT_CELL), z.number(), z.null()]);

/** One cell of an export. */
export type ExportCell = z.infer<typeof exportCell>;

/** What will be written. Server, person, age of the data, time and version are filled in by main. */
export const exportBegin = z.strictObject({
  format: exportFormat,
  /** Name of the list, in the language of the window. */
  title: z.string().min(1).max(200),
  language: z.enum(['en', 'fr']),
  /** Tag by which dates are written. */
  locale: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/),
  columns: z.array(exportColumn).min(1).max(200),
  /** What restricts the list, in words; empty: nothing. */
  filter: z.array(z.string().max(500)).max(60),
  /** Only selected rows. */
  isSelection: z.boolean(),
  /** How many rows will come; main refuses to finish with another number. */
  rows: z.number().int().min(0).max(EXPORT_ROWS),
  /** How many the list has without filter. */
  total: z.number().int().min(0).max(100_000_000),
  /** Whether a CSV file says at its end what it holds; the other formats always say. */
  withFacts: z.boolean().default(true),
});

/** A run of rows in shown order; `at` is how many came before. */
export const exportRows = z.strictObject({
  exportId: opaqueId,
  at: z.number().int().min(0).max(EXPORT_ROWS),
  rows: z.array(z.array(exportCell).max(200)).min(1).max(EXPORT_CHUNK),
});

export const exportRef = z.strictObject({ exportId: opaqueId });

/** An export that began; null when the person closed the dialog that asks where to save. */
export type ExportBegun = { readonly exportId: string } | null;

/** Where the file went: where the person said (desktop), or to be fetched once at `path` within a minute (browser mode). */
export type ExportOutcome =
  | { readonly kind: 'saved'; readonly name: string; readonly rows: number; readonly bytes: number }
  | {
      readonly kind: 'download';
      readonly path: string;
      readonly name: string;
      readonly rows: number;
      readonly bytes: number;
    };
