import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { kbLabel, type UpdateRow } from '../../../domain/update.ts';
import type { ConsoleFailure } from '../../app/console.ts';
import { useAction } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { useCopy } from '../../ui/CopyButton.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { formatSize } from '../../ui/format.ts';
import { useToasts } from '../../ui/toasts.ts';
import { startDraft } from '../packages/intent.ts';

/** What waits for a yes before it is done. */
export interface PendingAction {
  readonly kind: 'download' | 'delete';
  readonly updates: readonly UpdateRow[];
}

/** What one can do with updates of the list. */
export function useUpdateActions() {
  const { t } = useTranslation('updates');
  const navigate = useNavigate();
  const locale = useLocale();
  const copy = useCopy();
  const errorWords = useErrorWords();
  const say = useToasts((toasts) => toasts.say);
  const download = useAction('updates.download');
  const deleteFiles = useAction('updates.deleteFiles');
  const open = useAction('app.open');
  const unmark = useAction('failures.unmark');
  const [marking, setMarking] = useState<readonly UpdateRow[] | null>(null);
  const [pending, setPending] = useState<PendingAction | null>(null);

  const sayFailure = useCallback(
    (failure: ConsoleFailure): void => {
      const words = errorWords(failure.error);
      say({ tone: 'error', text: `${words.title}. ${words.next}` });
    },
    [errorWords, say],
  );
  const showTasks = useCallback(() => void navigate('/downloads'), [navigate]);

  const downloadNow = (updates: readonly UpdateRow[]): void =>
    download.mutate(
      { updateIds: updates.map((row) => row.updateId) },
      {
        onSuccess: (tasks) => {
          setPending(null);
          say({
            tone: 'ok',
            text: tasks.length === 0 ? t('download.none') : t('download.asked', { count: updates.length }),
            action: { label: t('download.show'), run: showTasks },
          });
        },
        onError: (failure) => {
          if (pending === null) sayFailure(failure);
        },
      },
    );

  const deleteNow = (updates: readonly UpdateRow[]): void =>
    deleteFiles.mutate(
      { updateIds: updates.map((row) => row.updateId) },
      {
        onSuccess: ({ deleted, freed }) => {
          setPending(null);
          const size = freed === null ? '' : ` · ${t('deleteFiles.freed', { size: formatSize(freed, locale) })}`;
          say({ tone: 'ok', text: t('deleteFiles.done', { count: deleted.length }) + size });
        },
      },
    );

  const openPage = (request: Parameters<typeof open.mutate>[0]): void =>
    open.mutate(request, {
      onSuccess: ({ url, opened }) => {
        if (!opened) window.open(url, '_blank', 'noopener,noreferrer');
      },
      onError: sayFailure,
    });

  return {
    pending,
    isBusy: download.isPending || deleteFiles.isPending,
    error: (pending?.kind === 'delete' ? deleteFiles.error : pending === null ? null : download.error)?.error ?? null,
    cancel: () => {
      setPending(null);
      download.reset();
      deleteFiles.reset();
    },
    confirm: () => {
      if (pending === null) return;
      if (pending.kind === 'download') downloadNow(pending.updates);
      else deleteNow(pending.updates);
    },
    /** One update at once, several after a question. */
    download: (updates: readonly UpdateRow[]) => {
      if (updates.length === 1) downloadNow(updates);
      else setPending({ kind: 'download', updates });
    },
    askDelete: (updates: readonly UpdateRow[]) => {
      const cached = updates.filter((row) => row.downloadedOn !== null);
      if (cached.length > 0) setPending({ kind: 'delete', updates: cached });
    },
    decide: (list: 'allow' | 'forbid', updates: readonly UpdateRow[]) => {
      startDraft({ list, updates });
      void navigate('/packages');
    },
    marking,
    markBad: (updates: readonly UpdateRow[]) => setMarking(updates),
    endMarking: () => setMarking(null),
    unmarkBad: (updates: readonly UpdateRow[]) =>
      unmark.mutate({ updateIds: updates.map((row) => row.updateId) }, { onError: sayFailure }),
    copyKbs: (updates: readonly UpdateRow[]) => {
      const kbs = [...new Set(updates.flatMap((row) => row.kbids.map(kbLabel)))];
      void copy(kbs.join('\n')).then((isDone) => {
        if (isDone) say({ tone: 'ok', text: kbs.slice(0, 5).join(', ') });
      });
    },
    copyIds: (updates: readonly UpdateRow[]) => void copy(updates.map((row) => row.updateId).join('\n')),
    openKb: (row: UpdateRow) => {
      const kb = row.kbids[0];
      if (kb !== undefined) openPage({ page: 'kb', kb: kbLabel(kb) });
    },
    openCatalog: (row: UpdateRow) =>
      openPage({
        page: 'catalog',
        query: row.kbids[0] === undefined ? row.title.slice(0, 900) : kbLabel(row.kbids[0]),
      }),
    showTasks,
  };
}

/** The actions as the screen hands them on. */
export type UpdateActions = ReturnType<typeof useUpdateActions>;
