import type { i18n as I18n } from 'i18next';
import { Unplug } from 'lucide-react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { ThemeRoot } from '../theme/ThemeRoot.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** What a page shows that the console no longer answers. */
export function DisconnectedNotice() {
  const { t } = useTranslation();
  return (
    <main style={{ height: '100%' }}>
      <EmptyState icon={Unplug} title={t('disconnected.title')} text={t('disconnected.text')} />
    </main>
  );
}

/** The same, standing alone where not even the bridge is there. */
export function Disconnected({ i18n }: { readonly i18n: I18n }) {
  return (
    <I18nextProvider i18n={i18n}>
      <ThemeRoot theme="system">
        <DisconnectedNotice />
      </ThemeRoot>
    </I18nextProvider>
  );
}
