import { useCallback } from 'react';
import type { ConsoleError } from '../../../contract/errors.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Rules } from '../../../domain/rules.ts';
import { useBridge } from '../../app/console.ts';
import { draftOf } from './draft-edit.ts';
import { leaveStep } from './pending-step.ts';
import { isEditable, useDrafts } from './use-drafts.ts';

/**
 * Opens the draft of a package, begun now where there is none, with a change of its rules as one step that can be undone. Fails where the
 * package is not in the repository (`not-found`), or may not be edited (`rules-invalid`). Of several drafts of the package the preferred one is
 * opened.
 */
export function useChangePackage(): (
  name: string,
  change: (rules: Rules) => Rules,
  preferredId?: string | null,
) => Promise<Result<string, ConsoleError>> {
  const bridge = useBridge();
  const ways = useDrafts();
  return useCallback(
    async (name, change, preferredId = null) => {
      const drafts = await bridge.call('drafts.list', {});
      if (!drafts.ok) return drafts;
      const own = drafts.value.filter((draft) => draft.package === name);
      const waiting = own.find((draft) => draft.id === preferredId) ?? own[0];
      if (waiting !== undefined) {
        leaveStep(waiting.id, { kind: 'rules', change });
        ways.goTo(waiting.id);
        return ok(waiting.id);
      }
      const packages = await bridge.call('packages.list', {});
      if (!packages.ok) return packages;
      const newest = packages.value.packages.find((row) => row.package === name && row.isNewest);
      if (newest === undefined) return fail({ code: 'not-found' });
      const content = await bridge.call('packages.read', { filename: newest.filename });
      if (!content.ok) return content;
      if (!isEditable(content.value)) return fail({ code: 'rules-invalid' });
      const opened = await ways.open(draftOf(content.value));
      if (!opened.ok) return opened;
      leaveStep(opened.value.id, { kind: 'rules', change });
      return ok(opened.value.id);
    },
    [bridge, ways],
  );
}
