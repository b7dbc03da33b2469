import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

/** The screen of journal. */
export function JournalScreen() {
  const { t } = useTranslation('journal');
  return <ScreenFrame>{t('title')}</ScreenFrame>;
}
