/** A tolerant reader of tables of text, line by line, that never needs more than the text it was given. */

/** A record and the line of the file on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A cell that begins with a quote and never ends. */
export interface OpenQuote {
  readonly openQuote: number;
}

/** What separates the cells of a line: what stands outside quotes most often; a comma where nothing does. */
export function separatorOf(line: string): string {
  const counts = new Map([
    [',', 0],
    [';', 0],
    ['\t', 0],
    ['|', 0],
  ]);
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** Reads records (RFC 4180, any line ending, quotes doubled inside quotes); empty lines are left out. An open quote ends it. */
export function* readCsv(text: string, separator: string, from = 0, firstLine = 1): Generator<CsvRecord | OpenQuote> {
  let at = from;
  let line = firstLine;
  while (at < text.length) {
    const begun = line;
    const cells: string[] = [];
    let isEnd = false;
    while (!isEnd) {
      let cell = '';
      if (text[at] === '"') {
        const opened = line;
        at++;
        for (;;) {
          const quote = text.indexOf('"', at);
          if (quote < 0) {
            yield { openQuote: opened };
            return;
          }
          const part = text.slice(at, quote);
          line += part.split('\n').length - 1;
          cell += part;
          at = quote + 1;
          if (text[at] !== '"') break;
          cell += '"';
          at++;
        }
      }
      let end = at;
      while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
      cells.push((cell + text.slice(at, end)).trim());
      isEnd = end >= text.length || text[end] !== separator;
      at = end + 1;
      if (isEnd) {
        if (text[end] === '\r' && text[end + 1] === '\n') at++;
        line++;
      }
    }
    if (cells.some((cell) => cell !== '')) yield { line: begun, cells };
  }
}
