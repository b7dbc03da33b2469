import type { Readable } from 'node:stream';

/** What a route answers, ready to be written. */
export type Answer = {
  readonly status: number;
  readonly type: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Buffer | Readable;
};

/** How long the route took, in seconds, or null where the real server does not measure (protocol 1.2). */
export type RequestTime = number | null;

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: Buffer.from(JSON.stringify(value)),
});

/** The envelope of a success. */
export const success = (msg: string, result: unknown, requestTime: RequestTime = null): Answer =>
  json(200, { msg, result, success: true, request_time: requestTime });

/** The envelope of a refusal that the route itself gives: no `result` key (protocol 1.2). */
export const refusal = (msg: string, errorCode: string, requestTime: RequestTime = null): Answer =>
  json(200, { msg, error_code: errorCode, request_time: requestTime, success: false });

/**
 * The envelope of an exception: the code is its class name in lower case, the message its Python representation, and
 * there is no `request_time` (protocol 1.2). `representation` is written as given: `EWaptUnknownHost('…',)`.
 */
export const exception = (representation: string, status = 200, code?: string): Answer =>
  json(status, {
    msg: `Error on server:\n${representation}`,
    error_code: code ?? /^<?([A-Za-z]+)/.exec(representation)?.[1]?.toLowerCase() ?? 'exception',
    success: false,
  });

/** Text in quotes as Python 2 shows it. */
export const pythonQuoted = (text: string): string =>
  text.includes("'") && !text.includes('"')
    ? `"${text.replaceAll('\\', '\\\\')}"`
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

/** Plain text served as HTML, as Flask does. */
const text = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  headers,
  body: Buffer.from(body),
});

/** 401 of the application: bad or missing credentials. */
export const loginRequired = (): Answer =>
  text(401, 'You have to login with proper credentials', { 'WWW-Authenticate': 'Basic realm="Login Required"' });

/** 403: known, but without the right. The body does not name the right. */
export const restricted = (): Answer => text(403, 'Restricted access.\n');

const page = (status: number, title: string, sentence: string): Answer => ({
  status,
  type: 'text/html',
  body: Buffer.from(
    `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${sentence}</p>\n`,
  ),
});

/** 404 of a route that does not exist on this edition. */
export const notFound = (): Answer =>
  page(
    404,
    'Not Found',
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  );

/** 405 of a route that exists under other methods. */
export const methodNotAllowed = (allowed: readonly string[]): Answer => ({
  ...page(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.'),
  headers: { Allow: allowed.join(', ') },
});

/** 500 of an exception that nothing caught. */
export const internalError = (): Answer =>
  page(
    500,
    'Internal Server Error',
    'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
  );

/** A page of nginx itself, which stands in front of the application. */
export const nginxPage = (status: number, title: string): Answer => ({
  status,
  type: 'text/html',
  body: Buffer.from(
    `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n`,
  ),
});
