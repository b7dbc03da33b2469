import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

/** The screen of packages. */
export function PackagesScreen() {
  const { t } = useTranslation('packages');
  return <ScreenFrame>{t('title')}</ScreenFrame>;
}
