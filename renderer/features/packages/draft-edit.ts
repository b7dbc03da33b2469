/** The state of an open draft: its content, and the steps one can undo. */
import type { Draft, PackageContent } from '../../../contract/schemas/packages.ts';
import type { KeptBuilder } from '../../../domain/builder.ts';
import type { Rules } from '../../../domain/rules.ts';

/** What one edits of a draft. */
export interface DraftContent extends Pick<Draft, 'package' | 'description' | 'maturity' | 'base'> {
  readonly rules: Rules;
  /** Filters that can be run again. */
  readonly builders?: readonly KeptBuilder[] | undefined;
}

/** The content and its neighbours in time, newest last in `past`, next first in `future`. */
export interface DraftEdit {
  readonly content: DraftContent;
  readonly past: readonly DraftContent[];
  readonly future: readonly DraftContent[];
}

/** One step of editing. Fields keep the undo of their own input; only changes of rules are steps here. */
export type DraftStep =
  | { readonly kind: 'field'; readonly field: 'package' | 'description' | 'maturity'; readonly value: string }
  | { readonly kind: 'rules'; readonly change: (rules: Rules) => Rules }
  /** Filters that were kept, dropped or run, with what running one changed. */
  | {
      readonly kind: 'builders';
      readonly builders: readonly KeptBuilder[];
      readonly change: (rules: Rules) => Rules;
    }
  /** The draft now starts from another version, with these rules. */
  | { readonly kind: 'rebase'; readonly base: DraftContent['base']; readonly rules: Rules }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

const KEPT_STEPS = 100;

/** An open draft with nothing to undo. */
export function openEdit(draft: DraftContent): DraftEdit {
  const { package: name, description, maturity, rules, base, builders = [] } = draft;
  return { content: { package: name, description, maturity, rules, base, builders }, past: [], future: [] };
}

/** The state after a step; the same object where the step changes nothing. */
export function edit(state: DraftEdit, step: DraftStep): DraftEdit {
  switch (step.kind) {
    case 'field': {
      if (state.content[step.field] === step.value) return state;
      return { ...state, content: { ...state.content, [step.field]: step.value } };
    }
    case 'rules': {
      const rules = step.change(state.content.rules);
      if (isSameRules(rules, state.content.rules)) return state;
      const past = [...state.past, state.content].slice(-KEPT_STEPS);
      return { content: { ...state.content, rules }, past, future: [] };
    }
    case 'builders': {
      const past = [...state.past, state.content].slice(-KEPT_STEPS);
      const content = { ...state.content, builders: step.builders, rules: step.change(state.content.rules) };
      return { content, past, future: [] };
    }
    case 'rebase': {
      const past = [...state.past, state.content].slice(-KEPT_STEPS);
      return { content: { ...state.content, base: step.base, rules: step.rules }, past, future: [] };
    }
    case 'undo': {
      const before = state.past.at(-1);
      if (before === undefined) return state;
      return {
        content: stepTo(state.content, before),
        past: state.past.slice(0, -1),
        future: [state.content, ...state.future],
      };
    }
    case 'redo': {
      const after = state.future[0];
      if (after === undefined) return state;
      return {
        content: stepTo(state.content, after),
        past: [...state.past, state.content],
        future: state.future.slice(1),
      };
    }
  }
}

/** What steps change comes from the other content; fields keep the undo of their own input. */
const stepTo = (now: DraftContent, { rules, builders, base }: DraftContent): DraftContent => ({
  ...now,
  rules,
  builders,
  base,
});

/** Whether two states of rules hold the same entries in the same order. */
export const isSameRules = (a: Rules, b: Rules): boolean =>
  a === b ||
  (Object.keys(a) as (keyof Rules)[]).every((list) => {
    const [one, two] = [a[list], b[list]];
    return one === two || (one.length === two.length && one.every((entry, i) => entry === two[i]));
  });

/** A draft that edits a published package. */
export function draftOf(content: PackageContent): DraftContent {
  return {
    package: content.package,
    description: content.description,
    maturity: content.maturity,
    rules: content.rules,
    base: { filename: content.filename, version: content.version },
  };
}

/** A draft of a new package that starts with the rules of another. */
export function duplicateOf(content: DraftContent | PackageContent, name: string): DraftContent {
  return {
    package: name,
    description: content.description,
    maturity: content.maturity,
    rules: content.rules,
    base: null,
  };
}

/** A draft of a new package that decides `rules`. */
export function newDraft(name: string, rules: Rules, maturity = 'PROD'): DraftContent {
  return { package: name, description: '', maturity, rules, base: null };
}
