import type { Volume } from './sizes.ts';

/** Which Windows Update routes the lab's server offers (protocol 4.8, 4.6): `derived` offers none. */
export type Dialect = 'v3' | 'v2' | 'derived';

export const dialects: readonly Dialect[] = ['v3', 'v2', 'derived'];

/** How to start a lab. `hosts` and `seed` count only when `dataDir` is new: afterwards what was made is kept. */
export type LabOptions = {
  /** Folder of everything the lab keeps. */
  readonly dataDir: string;
  /** 0 takes a free port. */
  readonly port?: number;
  readonly hosts?: number;
  /** How much there is of everything; by default what a fleet of so many hosts would have. Counts only when `dataDir` is new. */
  readonly volume?: Volume;
  readonly dialect?: Dialect;
  /** An edition without Windows Update: no routes, and hosts that know no such action. */
  readonly community?: boolean;
  /** How many times faster than life tasks and cycles run. */
  readonly pace?: number;
  readonly seed?: number;
  /** Whether agents differ more than they would in life: some allow what no rule mentions, delays go up to 30 days. Counts only when `dataDir` is new. */
  readonly varied?: boolean;
  /** Whether there are hosts and updates beside the others with which something is wrong. Counts only when `dataDir` is new. */
  readonly odd?: boolean;
  /** By how much the lab's clock is off, in milliseconds. */
  readonly clockOffset?: number;
  /** Bytes a second of each download from the origin, before the pace; 400,000 by default. */
  readonly bandwidth?: number;
  /** Whether hosts and server also act by themselves, on their schedules; true by default. */
  readonly schedules?: boolean;
  /** Faults that are there from the start. */
  readonly faults?: readonly Fault[];
};

/** Something that goes wrong on purpose. `path` limits a fault to addresses that begin with it. */
export type Fault = {
  readonly kind: /** 200 with a page instead of JSON, as a proxy or captive portal gives. */
    | 'html'
    /** Each answer waits `milliseconds`. */
    | 'slow'
    /** Each answer waits `milliseconds` longer than the one before. */
    | 'slower'
    /** Nothing listens. */
    | 'down'
    /** The connection ends in the middle of the body. */
    | 'cut'
    /** Half a JSON text with a whole length. */
    | 'malformed'
    /** Lists of updates have 10,000 entries with nothing but an id, some with odd titles. */
    | 'null-updates'
    /** A valid JSON answer of 70 MB. */
    | 'over-limit'
    | 'expired-certificate'
    | 'wrong-name-certificate'
    /** Another certificate of the same authority. */
    | 'changed-certificate'
    /** A certificate of an authority that nobody knows. */
    | 'unknown-authority'
    /** nginx's own 401: a client certificate is missing. */
    | 'client-certificate'
    /** Uploads end after the first bytes. */
    | 'upload-cut'
    /** Packages of section wsus come with a changed byte. */
    | 'corrupted-package'
    /** nginx's 502: the application is down behind it. */
    | 'bad-gateway'
    /** Passwords are refused from now on, sessions too. */
    | 'signed-out'
    /** The server's proxy setting is wrong: every download fails. */
    | 'proxy';
  readonly path?: string;
  readonly milliseconds?: number;
};
