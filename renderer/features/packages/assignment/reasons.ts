import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../../contract/errors.ts';
import { useErrorWords } from '../../../ui/error-words.ts';
import { refusalWords } from '../package-columns.ts';

/** Says in one sentence why a carrier cannot be written; what is not particular to assigning has the words of every failure. */
export function useReason(): (error: ConsoleError) => string {
  const { t } = useTranslation('assignment');
  const { t: ofPackages } = useTranslation('packages');
  const words = useErrorWords();
  return (error) => {
    const reason = error.facts?.['reason'];
    if (error.code === 'package-refused' && typeof reason === 'string')
      return t('refused', { reason: refusalWords(reason, ofPackages) });
    if (error.code === 'name-invalid' && reason === 'taken') return t('taken');
    if (error.code === 'name-invalid' && reason === 'spelling')
      return t('spelling', { name: error.facts?.['name'] ?? '' });
    if (error.code === 'not-found') return t('missing');
    if (error.code === 'not-in-index' && error.facts?.['version'] !== undefined) return t('vanished');
    if (error.code === 'version-moved') return t('moving');
    const { title, cause } = words(error);
    return `${title}. ${cause}`;
  };
}
