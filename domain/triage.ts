/** What waits for a decision: needed by a host, and mentioned by no rule. */
import { classificationKey } from './catalogue.ts';
import { foldDefinitions } from './supersedence.ts';
import { bareKb, type Update } from './update.ts';

/** What one decides in triage. */
export type TriageVerdict = 'allow' | 'forbid';

/** What a person said of an update in triage. Dates ISO with zone. */
export interface TriageMark {
  readonly verdict: TriageVerdict | null;
  readonly snoozedUntil: string | null;
  /** When triage showed it first, null before. */
  readonly seenOn: string | null;
}

/** The facts of an update that triage looks at. */
export type Triaged = Pick<Update, 'updateId' | 'kbids' | 'product' | 'classification' | 'changetime'> & {
  readonly needed: number;
  readonly isSuperseded: boolean;
};

/** How an update stands: to be decided, decided and not yet in a package, or put off. */
export type TriageState = 'open' | 'decided' | 'snoozed';

/** An update of triage by its position in the list given. */
interface TriageItem {
  readonly at: number;
  readonly state: TriageState;
  readonly verdict: TriageVerdict | null;
  readonly snoozedUntil: string | null;
  readonly isSuperseded: boolean;
  /** Positions of the older definitions for which this one stands. */
  readonly folded: readonly number[];
  /** It appeared after the last visit. */
  readonly isNew: boolean;
}

/** The items, and how many updates are out because a draft decides them. */
export interface TriageSorted {
  readonly items: readonly TriageItem[];
  readonly inDrafts: number;
}

/** What sorting needs to know beside the updates. */
export interface TriageFacts {
  /** Whether a published rule mentions the update at this position, and whether a draft does. */
  readonly isRuled: (at: number) => boolean;
  readonly isDrafted: (at: number) => boolean;
  readonly markOf: (updateId: string) => TriageMark | undefined;
  /** Begin of this visit, ISO with zone; null when nobody was here before, and then nothing is called new. */
  readonly visitedOn: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Sorts updates for triage. What no host needs and what a published rule mentions is no subject. Daily definitions fold to the newest of them, which
 * takes over what was said of the older ones: else a snooze would last a day.
 */
export function sortTriage(updates: readonly Triaged[], facts: TriageFacts): TriageSorted {
  const waiting: number[] = [];
  let inDrafts = 0;
  updates.forEach((update, at) => {
    if (update.needed === 0 || facts.isRuled(at)) return;
    if (facts.isDrafted(at)) inDrafts++;
    else waiting.push(at);
  });
  const open = waiting.flatMap((at) => updates[at] ?? []);
  const stands = foldDefinitions(open);
  const members: number[][] = open.map((_update, i) => [i]);
  stands.forEach((newest, i) => {
    if (newest >= 0) members[newest]?.push(i);
  });
  const items: TriageItem[] = [];
  open.forEach((update, i) => {
    if (stands[i] !== -1) return;
    const all = members[i] ?? [];
    const marks = all.flatMap((each) => facts.markOf(open[each]?.updateId ?? '') ?? []);
    const verdict = marks.find((mark) => mark.verdict !== null)?.verdict ?? null;
    const snoozedUntil = marks.reduce<string | null>(
      (latest, { snoozedUntil: until }) =>
        until !== null && Date.parse(until) > Math.max(facts.now, Date.parse(latest ?? '') || 0) ? until : latest,
      null,
    );
    const seenOn = facts.markOf(update.updateId)?.seenOn ?? null;
    items.push({
      at: waiting[i] ?? 0,
      state: verdict !== null ? 'decided' : snoozedUntil !== null ? 'snoozed' : 'open',
      verdict,
      snoozedUntil,
      isSuperseded: update.isSuperseded,
      folded: all.slice(1).flatMap((each) => waiting[each] ?? []),
      isNew: facts.visitedOn !== null && (seenOn === null || seenOn >= facts.visitedOn),
    });
  });
  return { items, inDrafts };
}

/** Whether a decision on the update is better written by its KB: a new definition comes every day under the same one. */
export function isDailyDefinition(update: Pick<Update, 'classification' | 'kbids'>): boolean {
  return (
    classificationKey(update.classification) === 'Definition Updates' && update.kbids.some((kb) => bareKb(kb) !== '')
  );
}
