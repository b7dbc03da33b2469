import type { Bridge } from '../../contract/bridge.ts';
import type { Answer, Answers, Request } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type { EventPayload } from '../../contract/events.ts';
import type { CallName, EventName } from '../../contract/names.ts';
import type { Settings } from '../../contract/schemas/app.ts';
import { fail, ok } from '../../domain/result.ts';
import { defaultSettings } from '../app/settings.ts';

/** What the fake answers: a value, a failure, or either from the request. A name that is missing throws, as main would not. */
export type FakeAnswers = {
  readonly [N in CallName]?: (request: Request<N>) => Answers[N] | Failure | Promise<Answers[N] | Failure>;
};

/** A failure that a fake answer gives. */
export class Failure {
  readonly error: ConsoleError;

  constructor(error: ConsoleError) {
    this.error = error;
  }
}

/** A bridge without main behind it, and what was asked of it. */
export interface FakeBridge extends Bridge {
  readonly asked: readonly { readonly name: CallName; readonly request: unknown }[];
  readonly requests: (name: CallName) => readonly unknown[];
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>, desk?: string | null) => void;
}

/** Makes a bridge that answers as told; settings and the console's own facts have answers of their own. */
export function fakeBridge(answers: FakeAnswers, start: Partial<Settings> = {}): FakeBridge {
  let settings: Settings = { ...defaultSettings, ...start };
  const common: FakeAnswers = {
    'settings.get': () => settings,
    'settings.set': (patch) => {
      settings = { ...settings, ...(patch as Partial<Settings>) };
      return settings;
    },
    'app.info': () => ({
      version: '0',
      entry: 'browser',
      languages: ['en'],
      canKeepSecrets: false,
      canBrowseFiles: false,
    }),
    'app.copy': () => null,
    'app.notify': () => false,
    'session.state': () => ({ kind: 'none' }),
  };
  const asked: { name: CallName; request: unknown }[] = [];
  const listeners = new Map<EventName, Set<(payload: never, desk: string | null) => void>>();
  return {
    asked,
    requests: (name) => asked.filter((one) => one.name === name).map((one) => one.request),
    emit: (name, payload, desk = null) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never, desk);
    },
    call: async <N extends CallName>(name: N, request: Request<N>): Promise<Answer<N>> => {
      asked.push({ name, request });
      const answer = (answers[name] ?? common[name]) as ((given: Request<N>) => unknown) | undefined;
      if (answer === undefined) throw new Error(`nobody answers ${name}`);
      const value = await answer(request);
      return value instanceof Failure ? fail(value.error) : ok(value as Answers[N]);
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  };
}
