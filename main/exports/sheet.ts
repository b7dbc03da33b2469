import type { ExportCell, ExportColumn } from '../../contract/schemas/exports.ts';
import type { SheetWords } from './words.ts';

/** One line of what a file says about itself. */
export interface SheetFact {
  readonly label: string;
  readonly value: string;
}

/** A list as it is written, whatever the format. */
export interface Sheet {
  readonly title: string;
  readonly language: 'en' | 'fr';
  readonly columns: readonly ExportColumn[];
  /** Filter, rows, age of the data, server, person, time, version. */
  readonly facts: readonly SheetFact[];
  readonly words: SheetWords;
  /** Whether a CSV file carries the facts too. */
  readonly withFacts: boolean;
}

/** Takes the rows of a list in their order. */
export interface SheetWriter {
  readonly rows: (rows: readonly (readonly ExportCell[])[]) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Where a writer puts its text; resolves when there is room again, rejects when the disk refuses. */
export type WriteText = (text: string) => Promise<void>;

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** The text without the signs that no file of text should hold: control characters but tab and line ends, and halves of pairs. */
export const plainText = (text: string): string => text.toWellFormed().replace(CONTROLS, '');
