import type { DatabaseSync } from 'node:sqlite';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Events } from '../../contract/events.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { transaction } from './sql.ts';

/** A subject of the store that can have new rows. */
export type StoreSubject = Events['store.changed']['subjects'][number];

/** Hosts (by key) whose rows are other than when they were gathered; `isAll` when it is not known which. */
export interface Touched {
  readonly hosts: Set<number>;
  isAll: boolean;
}

/** What the queries of each subject work with. */
export interface Context {
  readonly db: DatabaseSync;
  readonly isReadOnly: boolean;
  /** Counts up at each change, so that what was computed is known to be old. */
  readonly revision: { updates: number; rows: number; hosts: number; packages: number };
  /** Hosts (by key) whose rows were replaced since they were last gathered in columns; `isAll` when it is not known which. */
  readonly touched: Touched;
  /** The same, for those who gather the states of rows. */
  readonly touchedStates: Touched;
  /** Writes that failed and were taken back: what was learned in them is not so. */
  rollbacks: number;
  /** Subjects that changed since the last answer was sent. */
  readonly changed: Set<StoreSubject>;
}

/** A context without any change yet. */
export function newContext(db: DatabaseSync, isReadOnly: boolean): Context {
  return {
    db,
    isReadOnly,
    revision: { updates: 0, rows: 0, hosts: 0, packages: 0 },
    touched: { hosts: new Set(), isAll: true },
    touchedStates: { hosts: new Set(), isAll: true },
    rollbacks: 0,
    changed: new Set(),
  };
}

/** Drops everything that was computed. */
export function forgetAll(context: Context): void {
  const { revision } = context;
  revision.updates++;
  revision.rows++;
  revision.hosts++;
  revision.packages++;
  touchAll(context);
}

/** Notes that the rows of a host were replaced. */
export function touchHost({ touched, touchedStates }: Context, hostKey: number): void {
  touched.hosts.add(hostKey);
  touchedStates.hosts.add(hostKey);
}

/** Notes that the rows of any host may be other. */
export function touchAll({ touched, touchedStates }: Context): void {
  touched.isAll = true;
  touchedStates.isAll = true;
}

/** Runs a write as one transaction; `read-only` when another console has the right to write. */
export function write<T>(context: Context, work: () => T): Result<T, ConsoleError> {
  if (context.isReadOnly) return fail({ code: 'read-only' });
  try {
    return ok(transaction(context.db, work));
  } catch (error) {
    forgetAll(context);
    context.rollbacks++;
    throw error;
  }
}

/** Keeps the last value of `compute` until `revision` moves. */
export function kept<T>(revision: () => number, compute: () => T): () => T {
  let at = Number.NaN;
  let value: T | undefined;
  return () => {
    const now = revision();
    if (value === undefined || at !== now) {
      value = compute();
      at = now;
    }
    return value;
  };
}
