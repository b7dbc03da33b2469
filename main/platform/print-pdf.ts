import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { BrowserWindow, session } from 'electron';
import { hardeningHeaders } from '../security/csp.ts';
import { denyPermissions } from '../security/permissions.ts';

/** The scheme by which one window is shown one report; it exists in the session of that window only. */
const REPORT_SCHEME = 'report';

const ADDRESS = `${REPORT_SCHEME}://console/`;
let count = 0;

/**
 * Prints a report of ours into a PDF file (0600), in a window that nobody sees: without script, preload, network and permissions, in a session
 * of its own that knows the one file. Rejects when the engine or the disk refuses.
 */
export async function printPdf(html: string, pdf: string): Promise<void> {
  count += 1;
  // No `persist:`: nothing of it stays.
  const own = session.fromPartition(`print-${count}`);
  denyPermissions(own);
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: details.url !== ADDRESS }));
  own.protocol.handle(REPORT_SCHEME, () =>
    Promise.resolve(
      new Response(Readable.toWeb(createReadStream(html)) as ReadableStream<Uint8Array>, {
        headers: { ...hardeningHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      }),
    ),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    await window.loadURL(ADDRESS);
    const bytes = await window.webContents.printToPDF({
      pageSize: 'A4',
      landscape: true,
      printBackground: false,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="width:100%;font-size:7pt;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
    });
    await writeFile(pdf, bytes, { flag: 'wx', mode: 0o600 });
  } finally {
    window.destroy();
    own.protocol.unhandle(REPORT_SCHEME);
  }
}
