import type { WhyChange } from '../../../contract/schemas/rules.ts';
import { AGENT_SECTION, type MergedRules, type Reason, type Ruled, type Verdict } from '../../../domain/decision.ts';
import type { RuleList } from '../../../domain/rules.ts';
import { bareKb, kbLabel } from '../../../domain/update.ts';
import type { Source } from './rule-sets.ts';

/** An entry as one reads it: KBs with their prefix. */
export const shownEntry = (list: RuleList, entry: string): string =>
  list === 'allowedKbs' || list === 'forbiddenKbs' ? kbLabel(entry) : entry;

/** What would change a verdict: the entries that stand in its way, and what could be added. */
export function changesOf(
  {
    verdict,
    sources,
    merged,
  }: { readonly verdict: Verdict; readonly sources: readonly Source[]; readonly merged: MergedRules },
  update: Ruled,
  draft: string | null,
): WhyChange[] {
  const { reason } = verdict;
  if (reason.kind === 'unknown') {
    if (reason.missing === 'package-content')
      return sources
        .filter((source) => source.rules === null)
        .map((source) => ({ kind: 'read-package', package: source.name, version: source.version }));
    if (reason.missing === 'directory-groups') return [{ kind: 'name-directory-groups' }];
    return [{ kind: 'state', fact: reason.missing }];
  }
  const allows = verdict.decision !== 'forbidden';
  const changes: WhyChange[] = [];
  if (verdict.heldUntil !== null) {
    changes.push({ kind: 'wait', until: new Date(verdict.heldUntil).toISOString() });
    changes.push({ kind: 'change-agent-option', option: 'install_delay' });
  }
  const lists: readonly RuleList[] = allows
    ? ['allowedUpdates', 'allowedKbs', 'allowedProducts', 'allowedSeverities', 'allowedClassifications']
    : ['forbiddenUpdates', 'forbiddenKbs'];
  if (reason.kind === 'rule') {
    const isOwn = reason.sources.includes(AGENT_SECTION);
    if (isOwn) changes.push({ kind: 'change-agent-option', option: 'allowed_severities' });
    // Of every list, not only of the one that decided: the others would decide the same after it.
    for (const list of lists) {
      for (const [entry, holders] of merged.lists[list]) {
        if (!concerns(list, entry, update, reason)) continue;
        for (const name of holders)
          changes.push({ kind: 'remove-entry', package: name, list, entry: shownEntry(list, entry) });
      }
    }
  } else changes.push({ kind: 'change-agent-option', option: 'default_allow' });
  const isForbiddenByRule = !allows && reason.kind === 'rule';
  if (isForbiddenByRule) return changes;
  const target = draft ?? sources[0]?.name ?? null;
  if (target === null) return changes;
  const [kb] = update.kbids;
  if (kb === undefined) {
    const list = allows ? 'forbiddenUpdates' : 'allowedUpdates';
    changes.push({ kind: 'add-id', package: target, list, updateId: update.updateId });
  } else {
    const list = allows ? 'forbiddenKbs' : 'allowedKbs';
    changes.push({ kind: 'add-kb', package: target, list, kb: kbLabel(kb) });
  }
  return changes;
}

/** Whether an entry means the update; names are those that decided, since a name may be written in several languages. */
function concerns(list: RuleList, entry: string, update: Ruled, reason: Extract<Reason, { kind: 'rule' }>): boolean {
  if (list === 'allowedUpdates' || list === 'forbiddenUpdates') return entry === update.updateId.toLowerCase();
  if (list === 'allowedKbs' || list === 'forbiddenKbs') return update.kbids.some((kb) => bareKb(kb) === entry);
  if (list === reason.list) return entry === reason.entry;
  const field = list === 'allowedProducts' ? 'product' : list === 'allowedSeverities' ? 'severity' : 'classification';
  return update[field] === entry;
}
