/** Most rows of one export: what a sheet of a spreadsheet holds, less its head. */
export const EXPORT_ROWS = 1_048_000;

/** Most rows that cross at once. */
export const EXPORT_CHUNK = 2_000;

/** Most characters of a cell: what a spreadsheet's cell holds. */
export const EXPORT_CELL = 32_000;

/** Most rows that are printed: a browser engine lays all of them out at once. */
export const EXPORT_PDF_ROWS = 20_000;

/** Most cells of a workbook, which is put together in memory. */
export const XLSX_CELLS = 2_000_000;

/** Most characters of a workbook; those beyond ASCII count twice, `&`, `<` and `>` five times. */
export const XLSX_CHARACTERS = 200_000_000;
