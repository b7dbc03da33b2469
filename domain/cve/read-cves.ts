/** Reads a file of CVEs and KBs. Nothing in it is trusted: sizes are bounded, and what does not fit is left out and counted. */
import { fail, ok, type Result } from '../result.ts';
import { type CsvRecord, readCsv, separatorOf } from './csv.ts';
import { type CveFault, type CveProblem, type CveTable, cvesIn, dayOf, Gathered, kbsIn } from './cve-table.ts';
import { readCvrfJson, readOwnJson } from './read-json.ts';
import { readCvrfXml } from './read-xml.ts';

type Read = Result<CveTable, CveFault>;

const wrong = (reason: CveProblem, line: number | null = null): Read => fail({ reason, line });

/** Names of columns, letters and digits only, in our own form and in Microsoft's exports. */
const COLUMNS = {
  cve: ['cve', 'cveid', 'cves', 'cveids', 'cvenumber', 'details', 'vulnerability'],
  kb: ['kb', 'kbs', 'kbid', 'kbids', 'kbnumber', 'article', 'kbarticle', 'articles'],
  released: ['released', 'releasedate', 'date', 'initialreleasedate', 'originalreleasedate'],
  severity: ['severity', 'maxseverity'],
  older: ['supercedence', 'supersedence', 'supersedes', 'replaces'],
} as const;

type Columns = Readonly<Record<keyof typeof COLUMNS, number>>;

const normal = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map(normal);
  const find = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
  const columns = {
    cve: find(COLUMNS.cve),
    kb: find(COLUMNS.kb),
    released: find(COLUMNS.released),
    severity: find(COLUMNS.severity),
    older: find(COLUMNS.older),
  };
  return columns.cve < 0 || columns.kb < 0 ? null : columns;
}

/** The first lines of a file, where a table may have a word of Excel's before its header. */
function headerOf(text: string): { readonly separator: string; readonly from: number; readonly line: number } {
  let from = 0;
  let line = 1;
  for (;;) {
    const end = text.indexOf('\n', from);
    const first = text.slice(from, end < 0 ? text.length : end).trim();
    const said = /^"?sep=(.)"?$/i.exec(first)?.[1];
    if (said !== undefined && end >= 0) return { separator: said, from: end + 1, line: line + 1 };
    if (first !== '' || end < 0) return { separator: separatorOf(first), from, line };
    from = end + 1;
    line++;
  }
}

function readTable(text: string): Read {
  const { separator, from, line } = headerOf(text);
  const gathered = new Gathered();
  let columns: Columns | null = null;
  let isMicrosoft = false;
  for (const record of readCsv(text, separator, from, line)) {
    if ('openQuote' in record) return wrong('quote', record.openQuote);
    if (columns === null) {
      columns = columnsOf(record.cells);
      if (columns === null) return wrong('columns', record.line);
      isMicrosoft = record.cells.some((cell) => normal(cell) === 'article');
      continue;
    }
    addRecord(gathered, columns, record);
    if (gathered.isTooMany) return wrong('too-many', record.line);
  }
  if (gathered.rows === 0) return wrong('no-cve', gathered.firstSkipped);
  return ok(gathered.table(isMicrosoft ? 'msrc-csv' : 'csv'));
}

function addRecord(gathered: Gathered, columns: Columns, { line, cells }: CsvRecord): void {
  const cell = (column: keyof Columns): string => cells[columns[column]] ?? '';
  const kbs = kbsIn(cell('kb'));
  gathered.add(line, cvesIn(cell('cve')), kbs, {
    released: dayOf(cell('released')),
    severity: cell('severity').slice(0, 40) || null,
  });
  gathered.succeed(kbs, kbsIn(cell('older')));
}

/** The line of a position in a text, from 1. */
const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** Where the engine says that a text breaks: by a position, or by the words around it. */
function brokenLine(text: string, message: string): number | null {
  const at = /position (\d+)/.exec(message)?.[1];
  if (at !== undefined) return lineAt(text, Number(at));
  const [, token = '', cut = '', around = ''] =
    /token '(.)'.*?, (\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not/.exec(message) ?? [];
  const from = around === '' ? -1 : text.indexOf(around);
  return from < 0 ? null : lineAt(text, from + (cut === '' ? around.lastIndexOf(token) : 10));
}

function readJson(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return wrong('json', brokenLine(text, error instanceof Error ? error.message : ''));
  }
  const gathered = new Gathered();
  const isCvrf = readCvrfJson(value, gathered);
  if (!isCvrf && !readOwnJson(value, gathered)) return wrong('columns');
  if (gathered.isTooMany) return wrong('too-many');
  if (gathered.rows === 0) return wrong('no-cve');
  return ok(gathered.table(isCvrf ? 'cvrf-json' : 'json'));
}

function readXml(text: string): Read {
  const gathered = new Gathered();
  const broken = readCvrfXml(text, gathered);
  if (broken !== null) return wrong('xml', lineAt(text, broken));
  if (gathered.isTooMany) return wrong('too-many');
  if (gathered.rows === 0) return wrong('no-cve');
  return ok(gathered.table('cvrf-xml'));
}

/** Reads a text in any of the known forms. */
export function readCves(text: string): Read {
  const first = text.trimStart()[0];
  if (first === undefined) return wrong('empty');
  if (first === '{' || first === '[') return readJson(text);
  if (first === '<') return readXml(text);
  return readTable(text);
}
