import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../../contract/errors.ts';
import { useErrorWords } from '../../../ui/error-words.ts';

/** Says in one sentence why a carrier cannot be written; what is not particular to assigning has the words of every failure. */
export function useReason(): (error: ConsoleError) => string {
  const { t, i18n } = useTranslation(['assignment', 'packages']);
  const words = useErrorWords();
  return (error) => {
    const reason = error.facts?.['reason'];
    if (error.code === 'package-refused' && typeof reason === 'string') {
      const key = `packages:refusal.${reason}` as const;
      const known = i18n.exists(key) ? t(key as 'packages:refusal.legacy') : t('packages:refusal.other', { reason });
      return t('refused', { reason: known });
    }
    if (error.code === 'name-invalid' && reason === 'taken') return t('taken');
    if (error.code === 'not-found') return t('missing');
    if (error.code === 'not-in-index' && error.facts?.['version'] !== undefined) return t('vanished');
    if (error.code === 'version-moved') return t('moving');
    const { title, cause } = words(error);
    return `${title}. ${cause}`;
  };
}
