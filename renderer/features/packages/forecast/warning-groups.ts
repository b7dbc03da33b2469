/** Warnings in the order in which they matter, kind by kind. */
import type { RuleForecast } from '../../../../contract/schemas/rules.ts';
import type { Warning } from '../../../../domain/warnings.ts';

/** The kinds, what stops a package altogether first. */
const WARNING_KINDS = [
  'signer-untrusted',
  'maturity-not-taken',
  'categories-are-or',
  'known-bad',
  'contradiction',
  'forbidden-elsewhere',
  'forbidden-but-needed',
  'newer-revision',
  'only-superseded',
  'matches-nothing',
] as const satisfies readonly Warning['kind'][];

/** The warnings of one kind that are listed, and how many there are in all. */
export interface WarningGroup {
  readonly kind: Warning['kind'];
  readonly warnings: readonly Warning[];
  readonly count: number;
}

/** Gathers the warnings of a forecast. */
export function groupWarnings({
  warnings,
  warningCounts,
}: Pick<RuleForecast, 'warnings' | 'warningCounts'>): readonly WarningGroup[] {
  const byKind = Map.groupBy(warnings, (warning) => warning.kind);
  return WARNING_KINDS.flatMap((kind) => {
    const listed = byKind.get(kind) ?? [];
    const count = Math.max(warningCounts[kind] ?? 0, listed.length);
    return count === 0 ? [] : [{ kind, warnings: listed, count }];
  });
}
