/** What crosses between the store and its worker. */
import type { ConsoleError } from '../../contract/errors.ts';
import type { Result } from '../../domain/result.ts';
import type { JsonText } from '../json-text.ts';
import type { StoreSubject } from './context.ts';
import type { Recovery } from './database.ts';
import type { OperationName } from './operations.ts';

/** What the worker is started with. */
export interface WorkerStart {
  readonly file: string;
  readonly readOnly: boolean;
}

/** A question to the worker; `close` ends it. */
export type Question =
  | { readonly id: number; readonly kind: 'ask'; readonly name: OperationName; readonly argument: unknown }
  | { readonly id: number; readonly kind: 'close' };

/** What the worker says. `opened` comes first, once; a `bug` carries the text of an exception. */
export type Message =
  | { readonly kind: 'opened'; readonly result: Result<OpenedStore, ConsoleError> }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown, ConsoleError> }
  /** An answer that is large, as the text of its JSON. */
  | { readonly kind: 'text'; readonly id: number; readonly pieces: JsonText<unknown>['pieces'] }
  | { readonly kind: 'bug'; readonly id: number; readonly text: string }
  | { readonly kind: 'changed'; readonly subjects: readonly StoreSubject[] };

/** How the store was opened. */
export interface OpenedStore {
  readonly isReadOnly: boolean;
  readonly recovered: Recovery | null;
}
