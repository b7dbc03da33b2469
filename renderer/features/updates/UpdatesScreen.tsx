import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

/** The screen of updates. */
export function UpdatesScreen() {
  const { t } = useTranslation('updates');
  return <ScreenFrame>{t('title')}</ScreenFrame>;
}
