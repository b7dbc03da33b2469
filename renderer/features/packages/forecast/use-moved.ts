import { useMemo } from 'react';
import type { PackageContent, RulePackage } from '../../../../contract/schemas/packages.ts';
import type { Rules } from '../../../../domain/rules.ts';
import { useCall } from '../../../app/console.ts';
import type { DraftContent } from '../draft-edit.ts';
import { differenceOf, type ListDifference, type Merged, mergeOnto } from './merge-draft.ts';

/** A package that moved under its draft. */
export interface Moved {
  readonly newest: RulePackage;
  /** The newest content; null while it is read, or where it cannot be. */
  readonly content: PackageContent | null;
  /** What others changed, and what the draft changes; null where the base is not known. */
  readonly theirs: readonly ListDifference[] | null;
  readonly mine: readonly ListDifference[] | null;
  /** What publishing the draft as it is would change. */
  readonly difference: readonly ListDifference[] | null;
  readonly merged: Merged | null;
  /** The version the draft began with cannot be read any more. */
  readonly isBaseGone: boolean;
}

/** Whether somebody published the package of a draft meanwhile, as the console last read the repository, and how to go on. */
export function useMoved(draft: DraftContent): Moved | null {
  const packages = useCall('packages.list', {}).data?.packages;
  const newest = packages?.find((row) => row.package === draft.package && row.isNewest) ?? null;
  const isMoved = newest !== null && newest.filename !== draft.base?.filename && newest.version !== draft.base?.version;
  const newestRead = useCall('packages.read', { filename: newest?.filename ?? '-' }, { enabled: isMoved });
  const isSameName = draft.base !== null && packages?.some((row) => row.filename === draft.base?.filename) === true;
  const baseRead = useCall(
    'packages.read',
    { filename: draft.base?.filename ?? '-' },
    { enabled: isMoved && isSameName },
  );
  // A version that left the repository may still be in the journal of this console.
  const isOut = isMoved && draft.base !== null && packages !== undefined && !isSameName;
  const baseKept = useCall(
    'history.rules',
    { package: draft.package, version: draft.base?.version ?? '-' },
    { enabled: isOut && draft.package !== '' },
  );
  const base: Rules | null = baseRead.data?.rules ?? baseKept.data ?? null;
  const isBaseGone = isMoved && draft.base !== null && (baseRead.error !== null || baseKept.error !== null);
  const content = newestRead.data ?? null;
  return useMemo(() => {
    if (!isMoved || newest === null) return null;
    const { rules } = draft;
    return {
      newest,
      content,
      theirs: base === null || content === null ? null : differenceOf(base, content.rules),
      mine: base === null ? null : differenceOf(base, rules),
      difference: content === null ? null : differenceOf(content.rules, rules),
      merged: base === null || content === null ? null : mergeOnto(base, rules, content.rules),
      isBaseGone,
    };
  }, [isMoved, newest, content, base, draft, isBaseGone]);
}
