import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { redact } from './redact.ts';

/** How much a line matters. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug'];

type Write = (message: string, facts?: Readonly<Record<string, unknown>>) => void;

/** The log of the console. Every line is redacted where it is written, whoever wrote it. */
export interface Log extends Readonly<Record<LogLevel, Write>> {
  /** The same log, its lines marked with an area such as `sync`. */
  readonly child: (area: string) => Log;
  /** Resolves when the disk has everything. */
  readonly flush: () => Promise<void>;
}

/** Where and how much is logged. */
export interface LogOptions {
  readonly folder: string;
  readonly level?: LogLevel;
  /** Size at which the file is put aside (bytes). */
  readonly maxBytes?: number;
  /** How many files that were put aside are kept. */
  readonly keep?: number;
}

/** The name of the newest file; older ones are `console.1.log`, `console.2.log`, … */
export const LOG_FILE = 'console.log';

/** Lines of JSON in one file, written at once: they are few, and the last ones before a crash are those that one wants. */
class LogFile {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #keep: number;
  #size = 0;

  constructor(folder: string, maxBytes: number, keep: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#keep = keep;
  }

  write(line: string): void {
    try {
      if (this.#size === 0) this.#open();
      else if (this.#size > this.#maxBytes) this.#rotate();
      appendFileSync(this.#path(0), line, { mode: 0o600 });
      this.#size += Buffer.byteLength(line);
    } catch {
      // A full or missing disk must not take the console with it; what is logged is shown elsewhere too.
    }
  }

  sync(): void {
    if (!existsSync(this.#path(0))) return;
    const file = openSync(this.#path(0), 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  #open(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    chmodSync(this.#folder, 0o700);
    const path = this.#path(0);
    if (!existsSync(path)) return;
    chmodSync(path, 0o600);
    this.#size = statSync(path).size;
    if (this.#size > this.#maxBytes) this.#rotate();
  }

  #rotate(): void {
    for (let age = this.#keep; age > 0; age--) {
      if (existsSync(this.#path(age - 1))) renameSync(this.#path(age - 1), this.#path(age));
    }
    this.#size = 0;
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? LOG_FILE : LOG_FILE.replace('.', `.${age}.`));
  }
}

function logOn(file: LogFile, most: number, area: string | null): Log {
  const at =
    (level: LogLevel): Write =>
    (message, facts) => {
      if (LEVELS.indexOf(level) > most) return;
      const line = { at: new Date().toISOString(), level, ...(area === null ? {} : { area }), message };
      file.write(`${JSON.stringify(redact(facts === undefined ? line : { ...line, facts }))}\n`);
    };
  return {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    child: (name) => logOn(file, most, area === null ? name : `${area}.${name}`),
    flush: () => new Promise((resolve) => resolve(file.sync())),
  };
}

/** Opens the log in a folder (0700, files 0600), at most `maxBytes` a file. A disk that refuses is borne in silence. */
export function openLog({ folder, level = 'info', maxBytes = 5 * 1024 * 1024, keep = 3 }: LogOptions): Log {
  return logOn(new LogFile(folder, maxBytes, keep), LEVELS.indexOf(level), null);
}

const nothing: Write = () => {};

/** A log that writes nothing. */
export const silentLog: Log = {
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  child: () => silentLog,
  flush: () => Promise.resolve(),
};
