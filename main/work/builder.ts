import type { ConsoleError } from '../../contract/errors.ts';
import type { BuiltRules } from '../../contract/schemas/builder.ts';
import type { BuildFilter } from '../../domain/builder.ts';
import { ok, type Result } from '../../domain/result.ts';
import { kbLabel } from '../../domain/update.ts';
import type { Store } from '../store/store.ts';
import { matchTitles } from './regex.ts';

/** Runs a filter of the rule builder: what it finds, as updates and as KBs. `regex-invalid`, `regex-too-slow`. */
export async function runBuilder(store: Store, filter: BuildFilter): Promise<Result<BuiltRules, ConsoleError>> {
  const passed = await store.builderCandidates({ filter, now: Date.now() });
  if (!passed.ok) return passed;
  let found = passed.value;
  if (filter.titleKind === 'regex' && filter.title !== '') {
    const titles = found.map((update) => update.title);
    const positions = await matchTitles(filter.title, titles);
    if (!positions.ok) return positions;
    found = positions.value.flatMap((at) => passed.value[at] ?? []);
  }
  return ok({
    updateIds: found.map((update) => update.updateId),
    kbs: [...new Set(found.flatMap((update) => update.kbids.map(kbLabel)))],
    withoutKb: found.filter((update) => update.kbids.length === 0).length,
  });
}
