import type { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import { type Draft, rulesSchema } from '../../contract/schemas/packages.ts';
import type { triageToDraft as toDraftRequest } from '../../contract/schemas/triage.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { emptyRules, type Rules } from '../../domain/rules.ts';
import { isDailyDefinition } from '../../domain/triage.ts';
import type { Update } from '../../domain/update.ts';
import { type Verdict, withVerdict } from '../../domain/verdicts.ts';
import type { DraftInput, Store } from '../store/store.ts';
import type { RulePackages } from './rule-packages.ts';

/** What decisions become a draft with; without a server only drafts and new packages can take them. */
export interface TriageParts {
  readonly store: Store;
  readonly packages: RulePackages | null;
}

type Request = z.output<typeof toDraftRequest>;

/** The content that decisions are added to: a package's draft where it has one. */
async function contentOf(
  { store, packages }: TriageParts,
  target: Request['target'],
): Promise<Result<DraftInput, ConsoleError>> {
  if (target.kind === 'new') {
    const rules = rulesSchema.parse(emptyRules);
    return ok({ id: null, package: target.package, description: '', maturity: 'PROD', rules, base: null });
  }
  if (target.kind === 'draft') {
    const draft = await store.draftGet(target.draftId);
    return draft.ok ? ok(withoutTime(draft.value)) : draft;
  }
  const drafts = await store.draftsList();
  if (!drafts.ok) return drafts;
  const waiting = drafts.value.find((draft) => draft.base?.filename === target.filename);
  if (waiting !== undefined) return ok(withoutTime(waiting));
  return packages === null ? fail({ code: 'signed-out' }) : editableContent(packages, target.filename);
}

const withoutTime = ({ savedAt: _savedAt, ...draft }: Draft): DraftInput => draft;

/** A published package as the content of a new draft; `package-refused` where the console may only show it. */
export async function editableContent(
  packages: RulePackages,
  filename: string,
): Promise<Result<DraftInput & { readonly id: null }, ConsoleError>> {
  const read = await packages.read(filename);
  if (!read.ok) return read;
  const { package: name, version, description, maturity, rules, isLegacy, problems, verification } = read.value;
  const reason = isLegacy
    ? 'legacy'
    : verification.kind === 'refused'
      ? verification.reason
      : problems.length > 0
        ? 'rules'
        : null;
  if (reason !== null) return fail({ code: 'package-refused', facts: { reason } });
  const base = { filename, version };
  return ok({ id: null, package: name, description, maturity, rules: rulesSchema.parse(rules), base });
}

/** Puts everything that was decided into the draft of one package and takes it out of triage; `nothing-selected` where nothing was. */
export async function triageToDraft(parts: TriageParts, { target, as }: Request): Promise<Result<Draft, ConsoleError>> {
  const { store } = parts;
  const decided = await store.triageDecided();
  if (!decided.ok) return decided;
  if (decided.value.length === 0) return fail({ code: 'nothing-selected' });
  const content = await contentOf(parts, target);
  if (!content.ok) return content;
  const known = await store.updatesAll();
  if (!known.ok) return known;
  const byId = new Map(known.value.map((update) => [update.updateId, update]));
  let rules: Rules = content.value.rules;
  for (const verdict of ['allow', 'forbid'] as const) {
    const updates = decided.value.flatMap((one) =>
      one.verdict === verdict ? [byId.get(one.updateId) ?? unknown(one.updateId)] : [],
    );
    const said: Verdict = verdict === 'allow' ? 'allowed' : 'forbidden';
    const [daily, others] = [updates.filter(isDailyDefinition), updates.filter((one) => !isDailyDefinition(one))];
    rules = withVerdict(rules, said, 'kbs', daily, known.value);
    rules = withVerdict(rules, said, as, others, known.value);
  }
  const draft = await store.draftSave({ ...content.value, rules: rulesSchema.parse(rules) });
  if (!draft.ok) return draft;
  // Only now: what was decided is on disk in one place or the other, whatever happens between.
  const cleared = await store.triageDecide({ updateIds: decided.value.map((one) => one.updateId), verdict: null });
  return cleared.ok ? draft : cleared;
}

/** An update that the server forgot since it was decided: its id still says what was meant. */
const unknown = (updateId: string): Pick<Update, 'updateId' | 'kbids' | 'classification'> => ({
  updateId,
  kbids: [],
  classification: null,
});
