import { createHash } from 'node:crypto';
import { plainText, type Sheet, type SheetWriter, type WriteText } from './sheet.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text in which nothing is markup. */
const escapeHtml = (text: string): string => plainText(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `
@page { size: A4 landscape; margin: 12mm 10mm; }
* { box-sizing: border-box; }
html { color-scheme: light; background: #fff; color: #1b1f24; }
body { margin: 24px; font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.25; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 16px; font-size: 12px; }
dt { color: #57606a; }
dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
table { width: 100%; border-collapse: collapse; font-size: 12px; }
th, td { padding: 4px 8px; border-bottom: 1px solid #d8dee4; text-align: left; vertical-align: top; overflow-wrap: anywhere; unicode-bidi: isolate; }
th { border-bottom: 2px solid #1b1f24; font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.d { font-variant-numeric: tabular-nums; white-space: nowrap; }
@media screen { thead th { position: sticky; top: 0; background: #fff; } }
@media print {
  body { margin: 0; font-size: 9pt; }
  dl, table { font-size: 8pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { padding: 2px 5px; }
}
`;

/** What the report allows itself: its own style and nothing else; no script, no address. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Writes a report that is one file: it opens in any browser without a script and prints as it stands. */
export function htmlWriter(sheet: Sheet, write: WriteText): SheetWriter {
  const { columns, facts, title } = sheet;
  const classes = columns.map(({ kind }) => (kind === 'number' ? ' class="n"' : kind === 'text' ? '' : ' class="d"'));
  let isBegun = false;
  const head = (): string => {
    if (isBegun) return '';
    isBegun = true;
    const said = facts.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`);
    const heads = columns.map(({ header }, at) => `<th scope="col"${classes[at] ?? ''}>${escapeHtml(header)}</th>`);
    return [
      `<!doctype html>\n<html lang="${sheet.language}">\n<head>\n<meta charset="utf-8">`,
      `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      `<title>${escapeHtml(title)}</title>`,
      `<style>${STYLE}</style>\n</head>\n<body>`,
      `<h1>${escapeHtml(title)}</h1>`,
      `<dl>${said.join('')}</dl>`,
      `<table>\n<thead><tr>${heads.join('')}</tr></thead>\n<tbody>\n`,
    ].join('\n');
  };
  return {
    rows: async (rows) => {
      const lines = rows.map((row) => {
        const cells = columns.map((_, at) => {
          const cell = row[at] ?? null;
          return `<td${classes[at] ?? ''}>${cell === null ? '' : escapeHtml(String(cell))}</td>`;
        });
        return `<tr>${cells.join('')}</tr>\n`;
      });
      await write(head() + lines.join(''));
    },
    end: () => write(`${head()}</tbody>\n</table>\n</body>\n</html>\n`),
  };
}
