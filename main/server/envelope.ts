import type { ConsoleError, ErrorCode, ErrorFact } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { missingRight } from './rights.ts';
import type { Answer, Request } from './transport.ts';

/** What a WAPT server answers when it says yes (protocol 1.2). `result` is null where the key is missing, or the column asked for is empty. */
export interface Envelope {
  readonly result: unknown;
  readonly message: string;
}

/** What the status and the body alone say, before the envelope is read. */
interface Failure {
  readonly code: ErrorCode;
  readonly facts?: Readonly<Record<string, ErrorFact>>;
}

/** Codes of the server that have a word of their own; every other one is `server-said`. */
const SERVER_CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['ewaptauthenticationfailure', 'password-refused'],
  ['ewaptunknownhost', 'not-found'],
]);

const isMarkup = (text: string): boolean => text.trimStart().startsWith('<');

/**
 * Reads an answer of the API. The status never decides alone: 200 may say no, 500 may be an envelope (protocol 1.2, 12). `stage` tells a
 * refused password at login from a session that ended in the middle of work.
 */
export function readEnvelope(
  answer: Answer,
  request: Pick<Request, 'method' | 'path'>,
  stage: 'login' | 'work',
  facts: Readonly<Record<string, ErrorFact>>,
): Result<Envelope, ConsoleError> {
  const said = { ...facts, status: answer.status };
  const text = answer.body.toString('utf8');
  const failure = statusFailure(answer, text, request, stage);
  const refuse = ({ code, facts: more }: Failure) => fail<ConsoleError>({ code, facts: { ...said, ...more } });
  if (failure !== null && failure.code !== 'server-broken') return refuse(failure);
  const parsed = parseEnvelope(text);
  if (parsed === null) return refuse(failure ?? { code: isMarkup(text) ? 'not-wapt' : 'malformed' });
  const message = typeof parsed['msg'] === 'string' ? parsed['msg'] : '';
  if (parsed['success'] === true && failure === null) return ok({ result: parsed['result'] ?? null, message });
  const serverCode = typeof parsed['error_code'] === 'string' ? parsed['error_code'] : '';
  if (serverCode === 'empty_data') return ok({ result: null, message });
  return refuse({
    code: SERVER_CODES.get(serverCode.toLowerCase()) ?? 'server-said',
    facts: { serverCode, serverMessage: message },
  });
}

function parseEnvelope(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const record = value as Readonly<Record<string, unknown>>;
    return typeof record['success'] === 'boolean' ? record : null;
  } catch {
    return null;
  }
}

/** What a status other than 200 means for any route, with or without an envelope; null for 200. */
export function statusFailure(
  answer: Pick<Answer, 'status' | 'headers'>,
  text: string,
  request: Pick<Request, 'method' | 'path'>,
  stage: 'login' | 'work' | 'file',
): Failure | null {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return { code: 'not-wapt', facts: { reason: 'redirect' } };
  if (status === 400 && /SSL certificate/i.test(text)) return { code: 'client-certificate-needed' };
  if (status === 401) return { code: unauthorised(headers['www-authenticate'] ?? '', text, stage) };
  if (status === 403) {
    return {
      code: 'forbidden',
      facts: { right: stage === 'file' ? null : missingRight(request.method, request.path) },
    };
  }
  if (status === 404 || status === 405) return { code: 'absent' };
  if (status === 413) return { code: 'too-large' };
  if (status >= 500) return { code: 'server-broken' };
  return { code: 'malformed' };
}

/** nginx asks for a client certificate by a 401 of its own, in HTML and with no challenge (protocol 1.1); the server itself asks for Basic. */
function unauthorised(challenge: string, text: string, stage: 'login' | 'work' | 'file'): ErrorCode {
  if (stage === 'file') return 'client-certificate-needed';
  const isFromServer = /\bbasic\b/i.test(challenge) || (text !== '' && !isMarkup(text));
  if (!isFromServer) return 'client-certificate-needed';
  return stage === 'login' ? 'password-refused' : 'signed-out';
}
