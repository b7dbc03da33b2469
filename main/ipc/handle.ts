import type { z } from 'zod';
import { type Parsed, requestSchemas } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import { CALL_NAMES, type CallName } from '../../contract/names.ts';
import { fail, type Result } from '../../domain/result.ts';
import type { CallContext, Calls } from './calls.ts';
import { REQUEST_LIMIT, sizeOf } from './size.ts';

/** Where the wrapper tells of bugs; facts never hold requests, which may carry passwords. */
export interface CallLog {
  readonly error: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
}

/** Answers one question of a window. `sender` is what the entry knows of who asks; name and request come from outside. */
export type Handler<S> = (sender: S, name: unknown, request: unknown) => Promise<Result<unknown, ConsoleError>>;

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

async function answer<N extends CallName>(calls: Calls, name: N, request: unknown, context: CallContext) {
  const parsed = requestSchemas[name].safeParse(request);
  if (!parsed.success) return fail<ConsoleError>({ code: 'bad-request', field: fieldOf(parsed.error) });
  // zod gives the union of all requests here; the schema was taken by the same name as the call.
  return await calls[name](parsed.data as Parsed<N>, context);
}

/**
 * The one way from a window into main: sender, then size, then schema, then the call.
 * Refuses with `foreign-sender`, `too-large` or `bad-request` (with the path of the field); an exception of a call is a
 * bug: it is logged and answered as `internal`.
 */
export function createHandler<S>(calls: Calls, { log, admit }: HandlerOptions<S>): Handler<S> {
  return async (sender, name, request) => {
    try {
      const context = admit(sender);
      if (!context) return fail<ConsoleError>({ code: 'foreign-sender' });
      if (!isCallName(name)) return fail<ConsoleError>({ code: 'bad-request', field: 'name' });
      if (sizeOf(request, REQUEST_LIMIT) > REQUEST_LIMIT) {
        return fail<ConsoleError>({ code: 'too-large', facts: { limit: REQUEST_LIMIT } });
      }
      return await answer(calls, name, request, context);
    } catch (error) {
      log.error('a call failed by a bug', { call: isCallName(name) ? name : 'unknown', error });
      return fail<ConsoleError>({ code: 'internal' });
    }
  };
}
