import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DownloadTask, IndexState } from '../../../contract/schemas/downloads.ts';
import { useAction, useCall } from '../../app/console.ts';
import { isRunningDownload } from '../../app/downloads.ts';
import { useCapability } from '../../app/session.ts';
import { useLocale } from '../../i18n/locale.ts';
import { useErrorWords } from '../../ui/error-words.ts';
import { formatDate } from '../../ui/format.ts';
import { useToasts } from '../../ui/toasts.ts';

/** Has the server fetch its index, and says how it ended: unchanged is an answer too. */
export function useIndexDownload(index: IndexState | undefined): {
  readonly isAsking: boolean;
  readonly start: (request: { readonly force: boolean; readonly missing: boolean }) => void;
} {
  const { t } = useTranslation('updates');
  const locale = useLocale();
  const errorWords = useErrorWords();
  const say = useToasts((toasts) => toasts.say);
  const action = useAction('index.download');
  const canList = useCapability('list-downloads').available;
  const [followed, setFollowed] = useState<DownloadTask['id'] | null>(null);
  const { data: downloads } = useCall('downloads.list', {}, { enabled: canList });
  const told = useRef<DownloadTask['id'] | null>(null);

  const tell = (task: DownloadTask): void => {
    const date = formatDate(task.fileDate ?? index?.date, locale);
    if (task.error !== null && task.error !== '')
      say({ tone: 'error', text: t('index.failed', { error: task.error }) });
    else if (task.skipped === true)
      say({ tone: 'info', text: date === '' ? t('index.unchangedUnknown') : t('index.unchanged', { date }) });
    else say({ tone: 'ok', text: t('index.fetched', { date }) });
  };
  const tellEnd = useEffectEvent(tell);

  useEffect(() => {
    if (followed === null || told.current === followed) return;
    const task =
      downloads?.tasks.find((one) => one.id === followed) ?? (index?.task?.id === followed ? index.task : undefined);
    if (task === undefined || isRunningDownload(task)) return;
    told.current = followed;
    tellEnd(task);
  }, [followed, downloads, index]);

  return {
    isAsking: action.isPending,
    start: (request) =>
      action.mutate(request, {
        onSuccess: (task) => {
          if (!isRunningDownload(task)) tell(task);
          else {
            say({ tone: 'info', text: t('index.asked') });
            setFollowed(task.id);
          }
        },
        onError: (failure) => {
          const words = errorWords(failure.error);
          say({ tone: 'error', text: `${words.title}. ${words.next}` });
        },
      }),
  };
}
