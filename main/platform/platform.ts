import type { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import type { fileKind } from '../../contract/schemas/signer.ts';
import type { Result } from '../../domain/result.ts';

/** What kind of file one looks for. */
export type FileKind = z.infer<typeof fileKind>;

/** What a person chooses a file for. */
export type BrowsePurpose = FileKind | 'cve';

/** Folders of one person, absolute. */
export interface Paths {
  /** Everything the console keeps: settings, profiles, databases, logs. Of mode 0700. */
  readonly data: string;
  /** Where certificates and keys are looked for. */
  readonly keys: readonly string[];
}

/** The platform's secret store. Where there is none that keeps secrets from others, nothing is ever written. */
export interface Secrets {
  readonly available: () => Promise<boolean>;
  /** Null when there is none by this name, or when the platform cannot open it any more. */
  readonly get: (name: string) => Promise<string | null>;
  /** Fails with `unavailable` or `disk`. */
  readonly set: (name: string, value: string) => Promise<Result<null, ConsoleError>>;
  readonly delete: (name: string) => Promise<void>;
}

/** What differs between the desktop and browser mode, and nothing else. */
export interface Platform {
  readonly entry: 'desktop' | 'browser' | 'command';
  /** Version of the console. */
  readonly version: string;
  readonly paths: Paths;
  /** Whether main can open a file dialog. */
  readonly canBrowseFiles: boolean;
  /** Language tags of the system, best first. */
  readonly languages: () => readonly string[];
  /** True when main opened the page; false when the window has to, or when the address is not on the list. */
  readonly openExternal: (address: string) => Promise<boolean>;
  /** False where main has no clipboard and the window has to copy. */
  readonly copy: (text: string) => Promise<boolean>;
  /** Has the system tell something, and calls back when somebody clicks on it; false where it cannot. */
  readonly notify: (note: { readonly title: string; readonly text: string }, onClick: () => void) => boolean;
  /** Absolute path of the file that the person chose in main's own dialog; null when cancelled, or without a dialog. */
  readonly browseFile: (kind: BrowsePurpose) => Promise<string | null>;
  /** Absolute path where the person wants a file of this name, null when cancelled; null where main has no dialog and the window downloads. */
  readonly saveFile: ((name: string) => Promise<string | null>) | null;
  /** Prints a report (a whole HTML file of ours) into a PDF file; null where main has no browser engine. Rejects when it cannot. */
  readonly printPdf: ((html: string, pdf: string) => Promise<void>) | null;
  readonly secrets: Secrets;
  /** Address of the proxy that the system wants for this address, `http://host:port`; null for none. */
  readonly resolveProxy: (address: string) => Promise<string | null>;
}
