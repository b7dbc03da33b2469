/** Bounds of what the console takes and how long it waits (design, security). Sizes in bytes, times in milliseconds. */
export interface Limits {
  readonly json: number;
  readonly package: number;
  /** For each step of connecting: TCP, the proxy's answer, the handshake. */
  readonly connectMs: number;
  /** Until an answer begins, and between two of its bytes. */
  readonly readMs: number;
  /** For the whole body of an answer that is read into memory: a server that drips bytes would hold a sync for days. */
  readonly bodyMs: number;
  /** For a whole upload until its answer. */
  readonly uploadMs: number;
}

/** The bounds that hold in the product; tests lower them. */
export const LIMITS: Limits = {
  json: 64 * 1024 ** 2,
  package: 4 * 1024 ** 3,
  connectMs: 4_000,
  readMs: 60_000,
  bodyMs: 600_000,
  uploadMs: 300_000,
};
