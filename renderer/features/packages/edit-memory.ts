/** The steps of drafts that one left, so that one can still undo them after coming back, and after the window was loaded again. */
import { ruleCount } from '../../../domain/rules.ts';
import { type DraftContent, type DraftEdit, isSameRules, openEdit } from './draft-edit.ts';

/** Where steps outlive the page; the session storage of the window. */
export interface StepStore {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, text: string) => void;
  readonly removeItem: (key: string) => void;
}

/** Most entries that are kept of the steps of one draft over a reload; the oldest steps go first. */
const MOST_ENTRIES = 20_000;

const keyOf = (draftId: string): string => `waptwua.steps.${draftId}`;

type Steps = Pick<DraftEdit, 'past' | 'future'> & { readonly content: DraftContent };

const entriesOf = (steps: readonly DraftContent[]): number =>
  steps.reduce((sum, { rules }) => sum + ruleCount(rules), 0);

/** Remembers the steps of drafts for as long as the window lives. */
export class EditMemory {
  readonly #kept = new Map<string, Steps>();
  readonly #store: StepStore;

  constructor(store: StepStore) {
    this.#store = store;
  }

  /** The state to open a draft with: with its steps where they belong to what is on disk, else with none. */
  open(draftId: string, draft: DraftContent): DraftEdit {
    const fresh = openEdit(draft);
    const steps = this.#kept.get(draftId) ?? this.#read(draftId);
    if (steps === null || !isSameRules(steps.content.rules, draft.rules)) return fresh;
    if (steps.content.base?.filename !== draft.base?.filename) return fresh;
    return { ...fresh, past: steps.past, future: steps.future };
  }

  /** Keeps the steps in memory, as they are now. */
  keep(draftId: string, { content, past, future }: DraftEdit): void {
    this.#kept.set(draftId, { content, past, future });
  }

  /** Writes the steps of every draft where a reload finds them, as many as there is room for. */
  write(): void {
    for (const [draftId, steps] of this.#kept) {
      let { past } = steps;
      while (past.length > 0 && entriesOf([...past, ...steps.future]) > MOST_ENTRIES)
        past = past.slice(Math.ceil(past.length / 2));
      const isKept = past.length + steps.future.length > 0;
      if (isKept) this.#put(keyOf(draftId), JSON.stringify({ ...steps, past }));
      else this.#store.removeItem(keyOf(draftId));
    }
  }

  /** Forgets the steps of a draft that is published or discarded. */
  forget(draftId: string): void {
    this.#kept.delete(draftId);
    this.#store.removeItem(keyOf(draftId));
  }

  #put(key: string, text: string): void {
    try {
      this.#store.setItem(key, text);
    } catch {
      // A full storage costs the steps of before the reload, never the draft.
      this.#store.removeItem(key);
    }
  }

  #read(draftId: string): Steps | null {
    const text = this.#store.getItem(keyOf(draftId));
    if (text === null) return null;
    try {
      const steps = JSON.parse(text) as Partial<Steps>;
      const isWhole = Array.isArray(steps.past) && Array.isArray(steps.future) && steps.content !== undefined;
      return isWhole ? (steps as Steps) : null;
    } catch {
      return null;
    }
  }
}
