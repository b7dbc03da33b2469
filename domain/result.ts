/** What an operation answers that may fail for an expected reason: failures are values, exceptions are bugs. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A success. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** An expected failure; `error` carries at least a code that the window translates. */
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
