import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { Draft, PackageContent } from '../../../contract/schemas/packages.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { emptyRules } from '../../../domain/rules.ts';
import { useBridge, useCall } from '../../app/console.ts';
import { useSettings } from '../../app/settings.ts';
import { useToasts } from '../../ui/toasts.ts';
import { type DraftContent, draftOf, duplicateOf, newDraft } from './draft-edit.ts';
import { freeName } from './name.ts';

/** How packages become drafts and drafts are opened. Each answers what went wrong, and goes to the editor where nothing did. */
export interface DraftWays {
  readonly open: (content: DraftContent) => Promise<Result<Draft, ConsoleError>>;
  readonly create: () => Promise<Result<Draft, ConsoleError>>;
  /** Opens a published package: its draft where there is one, a new draft, or the read-only view where it cannot be edited. */
  readonly edit: (filename: string) => Promise<Result<unknown, ConsoleError>>;
  readonly duplicate: (filename: string) => Promise<Result<unknown, ConsoleError>>;
  readonly view: (filename: string) => void;
  readonly goTo: (draftId: string) => void;
}

/** Whether the console may edit a package, or only show it. */
export function isEditable(content: Pick<PackageContent, 'isLegacy' | 'problems' | 'verification'>): boolean {
  return !content.isLegacy && content.problems.length === 0 && content.verification.kind !== 'refused';
}

/** The ways to drafts. */
export function useDrafts(): DraftWays {
  const { t } = useTranslation('packages');
  const bridge = useBridge();
  const navigate = useNavigate();
  const say = useToasts((toasts) => toasts.say);
  const drafts = useCall('drafts.list', {}).data;
  const packages = useCall('packages.list', {}).data;
  const [settings] = useSettings();

  const goTo = useCallback((id: string) => void navigate(`/packages/edit/${encodeURIComponent(id)}`), [navigate]);
  const view = useCallback(
    (filename: string) => void navigate(`/packages/view/${encodeURIComponent(filename)}`),
    [navigate],
  );
  const open = useCallback(
    async (content: DraftContent) => {
      const saved = await bridge.call('drafts.save', { id: null, ...content });
      if (saved.ok) goTo(saved.value.id);
      return saved;
    },
    [bridge, goTo],
  );
  const free = useCallback(
    (stem: string, prefix: string): string => {
      const taken = new Set([...(packages?.packages ?? []), ...(drafts ?? [])].map((one) => one.package));
      return freeName(prefix, stem, taken);
    },
    [packages, drafts],
  );
  const create = useCallback(
    () => open(newDraft(free('wsus', settings.packagePrefix), emptyRules)),
    [open, free, settings.packagePrefix],
  );
  const edit = useCallback(
    async (filename: string): Promise<Result<unknown, ConsoleError>> => {
      const waiting = drafts?.find((draft) => draft.base?.filename === filename);
      if (waiting !== undefined) {
        goTo(waiting.id);
        say({ tone: 'info', text: t('drafts.continued') });
        return ok(null);
      }
      const content = await bridge.call('packages.read', { filename });
      if (!content.ok) {
        if (content.error.code !== 'package-refused') return content;
        view(filename);
        return ok(null);
      }
      if (isEditable(content.value)) return open(draftOf(content.value));
      view(filename);
      return ok(null);
    },
    [bridge, drafts, goTo, open, say, t, view],
  );
  const duplicate = useCallback(
    async (filename: string): Promise<Result<unknown, ConsoleError>> => {
      const content = await bridge.call('packages.read', { filename });
      return content.ok ? open(duplicateOf(content.value, free(content.value.package, ''))) : content;
    },
    [bridge, open, free],
  );
  return useMemo(() => ({ open, create, edit, duplicate, view, goTo }), [open, create, edit, duplicate, view, goTo]);
}
