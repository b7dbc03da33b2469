import type { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import { type Published, rulesSchema } from '../../contract/schemas/packages.ts';
import type { promoteRequest, RingItemState } from '../../contract/schemas/rings.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { promoted } from '../../domain/rings.ts';
import { checkPublish, type PublishParts, publish, sealJournal } from './publish.ts';
import { editableContent } from './triage.ts';

/** Who promotes, and after how many days a scan is old. */
export interface Promoter {
  readonly user: string;
  readonly staleDays: number;
}

/**
 * Publishes what passed in one ring as a new version of the next ring's package. Everything is judged again at this moment: `ring-held` when an
 * entry that one confirmed no longer passes, and then nothing is published.
 */
export async function promote(
  parts: PublishParts,
  request: z.output<typeof promoteRequest>,
  { user, staleDays }: Promoter,
): Promise<Result<Published, ConsoleError>> {
  if (parts.signer.state().kind !== 'open') return fail({ code: 'signer-needed' });
  const read = await parts.packages.refresh(true);
  if (!read.ok) return read;
  const set = await parts.store.ringSet(request.ringSetId);
  if (!set.ok) return set;
  const status = await parts.store.ringStatus({ id: request.ringSetId, staleDays });
  if (!status.ok) return status;
  const step = status.value.steps.find((each) => each.from === request.from);
  if (step === undefined) return fail({ code: 'not-found', field: 'from' });
  const ready = new Map(
    step.items.flatMap((item): [string, RingItemState][] => (item.isReady ? [[item.entry, item]] : [])),
  );
  const held = request.entries.filter((entry) => !ready.has(entry));
  if (held.length > 0) return fail({ code: 'ring-held', facts: { name: held[0] ?? '' } });
  const target = status.value.rings.find((ring) => ring.package === step.to)?.filename ?? null;
  if (target === null) return fail({ code: 'not-in-index', facts: { package: step.to } });
  const content = await editableContent(parts.packages, target);
  if (!content.ok) return content;
  const items = request.entries.flatMap((entry) => ready.get(entry) ?? []);
  const draft = await parts.store.draftSave({
    ...content.value,
    rules: rulesSchema.parse(promoted(content.value.rules, items)),
  });
  if (!draft.ok) return draft;
  const published = await publishDraft(parts, draft.value.id, request.reason, user);
  if (!published.ok) {
    // A promotion is judged anew each time: a draft of it that stays behind would only be in the way.
    if (published.error.facts?.['uploaded'] !== true) await parts.store.draftDiscard(draft.value.id);
    return published;
  }
  await parts.store.journalAppend({
    user,
    kind: 'rings.promote',
    facts: {
      ringSet: set.value.name,
      from: step.from,
      to: step.to,
      package: published.value.package,
      version: published.value.version,
      entries: items.map(({ entry, successes, failures }) => ({ entry, successes, failures })),
    },
    reason: request.reason,
  });
  await sealJournal(parts);
  return published;
}

async function publishDraft(
  parts: PublishParts,
  draftId: string,
  reason: string,
  user: string,
): Promise<Result<Published, ConsoleError>> {
  const check = await checkPublish(parts, draftId);
  if (!check.ok) return check;
  const published = await publish(parts, { draftId, version: check.value.version, overMoved: false, reason }, user);
  return published.ok ? ok(published.value) : published;
}
