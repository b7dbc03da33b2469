import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

/** The screen of downloads. */
export function DownloadsScreen() {
  const { t } = useTranslation('downloads');
  return <ScreenFrame>{t('title')}</ScreenFrame>;
}
