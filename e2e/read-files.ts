import { buffer } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';

/** A workbook as a test reads it: the text of cells, and numbers where a cell is one. */
export interface ReadBook {
  readonly sheets: readonly {
    readonly name: string;
    readonly rows: readonly (readonly (string | number | null)[])[];
  }[];
  /** The XML of all sheets. */
  readonly xml: string;
}

/** Opens the parts of a zip. */
function partsOf(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error !== null) return reject(error);
      const parts = new Map<string, string>();
      zip.on('entry', (entry: { readonly fileName: string }) => {
        zip.openReadStream(entry as never, (failed, stream) => {
          if (failed !== null) return reject(failed);
          buffer(stream).then((content) => {
            parts.set(entry.fileName, content.toString('utf8'));
            zip.readEntry();
          }, reject);
        });
      });
      zip.on('end', () => resolve(parts));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

const plain = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

const columnOf = (address: string): number =>
  address
    .replace(/\d+$/, '')
    .split('')
    .reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Reads a workbook of ours by hand: enough of the format for what is written here. */
export async function readXlsx(bytes: Buffer): Promise<ReadBook> {
  const parts = await partsOf(bytes);
  const shared = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item = '']) =>
    plain([...item.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text = '']) => text).join('')),
  );
  const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name = '']) =>
    plain(name),
  );
  const xmls = names.map((_, at) => parts.get(`xl/worksheets/sheet${at + 1}.xml`) ?? '');
  const sheets = xmls.map((xml, at) => {
    const rows = [...xml.matchAll(/<row [^>]*>(.*?)<\/row>|<row [^>]*\/>/gs)].map(([, row = '']) => {
      const cells: (string | number | null)[] = [];
      for (const [, attributes = '', content = ''] of row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
        const column = columnOf(/r="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? 'A1');
        const value = /<v>(.*?)<\/v>/s.exec(content)?.[1];
        while (cells.length < column) cells.push(null);
        cells[column] =
          value === undefined ? null : /t="s"/.test(attributes) ? (shared[Number(value)] ?? '') : Number(value);
      }
      return cells;
    });
    return { name: names[at] ?? '', rows };
  });
  return { sheets, xml: xmls.join('') };
}

/** Reads CSV as RFC 4180 has it, by hand, so that what is written is not read by what wrote it. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let isQuoted = false;
  const body = text.replace(/^\ufeff/, '');
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at] ?? '';
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (body[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && field === '') isQuoted = true;
    else if (sign === ',') {
      record.push(field);
      field = '';
    } else if (sign === '\r' && body[at + 1] === '\n') {
      records.push([...record, field]);
      record = [];
      field = '';
      at += 1;
    } else field += sign;
  }
  return records;
}
