import type { z } from 'zod';
import { type Parsed, requestSchemas } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import { CALL_NAMES, type CallName, DESKLESS } from '../../contract/names.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { JsonText } from '../json-text.ts';
import type { CallContext, Calls } from './calls.ts';
import { REQUEST_LIMIT, sizeOf } from './size.ts';

/** Where the wrapper tells of bugs; facts never hold requests, which may carry passwords. */
export interface CallLog {
  readonly error: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
}

/** Answers one question of a window. `sender` is what the entry knows of who asks; name, request and desk come from outside. */
export type Handler<S> = (
  sender: S,
  name: unknown,
  request: unknown,
  desk?: unknown,
) => Promise<Result<unknown, ConsoleError>>;

/** The answers of a desk, null where there is no such desk; for null those of the whole console. */
export type CallsOf = (desk: string | null) => Calls | null;

/** `admit` gives null for a sender that may not ask. */
export interface HandlerOptions<S> {
  readonly log: CallLog;
  readonly admit: (sender: S) => CallContext | null;
}

const names: ReadonlySet<string> = new Set(CALL_NAMES);
const isCallName = (name: unknown): name is CallName => typeof name === 'string' && names.has(name);

const fieldOf = (error: z.ZodError): string =>
  (error.issues[0]?.path ?? [])
    .map((part) => String(part))
    .join('.')
    .slice(0, 200);

const isDeskless = (name: CallName): boolean => DESKLESS.has(name.split('.', 1)[0] ?? '');

async function answer<N extends CallName>(calls: Calls, name: N, request: unknown, context: CallContext) {
  const parsed = requestSchemas[name].safeParse(request);
  if (!parsed.success) return fail<ConsoleError>({ code: 'bad-request', field: fieldOf(parsed.error) });
  // zod gives the union of all requests here; the schema was taken by the same name as the call.
  return await calls[name](parsed.data as Parsed<N>, context);
}

/**
 * The one way from a window into main: sender, then desk, then size, then schema, then the call.
 * Refuses with `foreign-sender`, `no-desk`, `too-large` or `bad-request` (with the path of the field); an exception of a call is a
 * bug: it is logged and answered as `internal`.
 */
export function createHandler<S>(callsOf: CallsOf, options: HandlerOptions<S>): Handler<S> {
  return handlerOf(callsOf, options, (result) =>
    result.ok && result.value instanceof JsonText ? ok(result.value.parse()) : result,
  );
}

/** The same way, for an entry that sends text on: a large answer stays the `JsonText` that it came as. */
export function createTextHandler<S>(callsOf: CallsOf, options: HandlerOptions<S>): Handler<S> {
  return handlerOf(callsOf, options, (result) => result);
}

type Outcome = Result<unknown, ConsoleError>;

function handlerOf<S>(
  callsOf: CallsOf,
  { log, admit }: HandlerOptions<S>,
  finish: (result: Outcome) => Outcome,
): Handler<S> {
  return async (sender, name, request, desk) => {
    try {
      const context = admit(sender);
      if (!context) return fail<ConsoleError>({ code: 'foreign-sender' });
      if (!isCallName(name)) return fail<ConsoleError>({ code: 'bad-request', field: 'name' });
      // A call that names no desk reaches none: what was meant for one server never falls to another.
      const calls = isDeskless(name) ? callsOf(null) : typeof desk === 'string' ? callsOf(desk) : null;
      if (calls === null) return fail<ConsoleError>({ code: 'no-desk' });
      if (sizeOf(request, REQUEST_LIMIT) > REQUEST_LIMIT) {
        return fail<ConsoleError>({ code: 'too-large', facts: { limit: REQUEST_LIMIT } });
      }
      return finish(await answer(calls, name, request, context));
    } catch (error) {
      log.error('a call failed by a bug', { call: isCallName(name) ? name : 'unknown', error });
      return fail<ConsoleError>({ code: 'internal' });
    }
  };
}
