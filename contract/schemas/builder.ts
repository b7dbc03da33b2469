import { z } from 'zod';
import { line } from './common.ts';

const list = z.array(line).max(2_000);
const bound = z.number().min(0).nullable();

/** A filter of the rule builder. */
const buildFilter = z.strictObject({
  title: line,
  titleKind: z.enum(['pattern', 'regex']),
  products: list,
  classifications: list,
  severities: list,
  minAgeDays: bound,
  maxAgeDays: bound,
  minSize: bound,
  maxSize: bound,
  neededBy: z.int().min(0).max(10_000_000),
  onServer: z.boolean().nullable(),
  hideSuperseded: z.boolean(),
  isUnruled: z.boolean(),
});

/** A filter that a draft keeps, where its updates go, and what it found when it was run last. */
export const keptBuilder = z.strictObject({
  filter: buildFilter,
  into: z.enum(['allow', 'forbid']),
  as: z.enum(['update', 'kb']),
  lastIds: z.array(z.string().min(1).max(200)).max(1_000_000),
});

export const runBuilder = z.strictObject({ filter: buildFilter });

/** What a filter finds now. */
export interface BuiltRules {
  readonly updateIds: readonly string[];
  /** The KBs of these updates with prefix, each once. */
  readonly kbs: readonly string[];
  /** Updates among them that have no KB: as KBs they are written by their ids. */
  readonly withoutKb: number;
}
