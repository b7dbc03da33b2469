import { useTranslation } from 'react-i18next';
import type { Request } from '../../../contract/calls.ts';
import { useBridge } from '../../app/console.ts';
import { useErrorWords } from '../../ui/error-words.ts';
import { useToasts } from '../../ui/toasts.ts';
import { fetchDownload } from '../export/run.ts';

/** Characters beyond which a file cannot be one of views. */
const MOST_CHARACTERS = 2_000_000;

/** Gives views to others as a file, and takes such a file. What it holds is judged by main, before any of it is kept. */
export function useViewFiles(grid: string): {
  readonly save: (viewIds: readonly string[]) => Promise<void>;
  readonly take: (file: File) => Promise<void>;
} {
  const { t } = useTranslation();
  const bridge = useBridge();
  const words = useErrorWords();
  const say = useToasts((toasts) => toasts.say);
  const failed = (text: string): void => say({ tone: 'error', text });
  return {
    save: async (viewIds) => {
      const answer = await bridge.call('views.export', { viewIds });
      if (!answer.ok) return failed(`${words(answer.error).title}. ${words(answer.error).next}`);
      if (answer.value === null) return;
      if (answer.value.kind === 'download') fetchDownload(answer.value.path, answer.value.name);
      else say({ tone: 'ok', text: t('views.exported', { name: answer.value.name }) });
    },
    take: async (file) => {
      if (file.size > MOST_CHARACTERS) return failed(t('views.tooLarge'));
      let content: unknown;
      try {
        content = JSON.parse(await file.text());
      } catch {
        return failed(t('views.notJson'));
      }
      // Whatever it is: the schema of the call decides.
      const answer = await bridge.call('views.import', { file: content as Request<'views.import'>['file'] });
      if (!answer.ok) {
        const { code, field } = answer.error;
        if (code === 'bad-request')
          return failed(t('views.notViews', { field: (field ?? 'file').replace(/^file\.?/, '') }));
        if (code === 'too-large') return failed(t('views.full'));
        return failed(`${words(answer.error).title}. ${words(answer.error).next}`);
      }
      const count = answer.value.length;
      const here = answer.value.filter((view) => view.grid === grid).length;
      const text = here === count ? t('views.imported', { count }) : t('views.importedElsewhere', { count, here });
      say({ tone: 'ok', text });
    },
  };
}
