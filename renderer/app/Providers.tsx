import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n as I18n } from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Bridge } from '../../contract/bridge.ts';
import type { Settings } from '../../contract/schemas/app.ts';
import { pickLanguage, speak } from '../i18n/i18n.ts';
import { ThemeRoot } from '../theme/ThemeRoot.tsx';
import { BridgeContext, useCall, WindowClientContext } from './console.ts';
import { followEvents } from './queries.ts';
import { useSetting } from './settings.ts';

/** Keeps the language that is shown the one that was chosen. */
function LanguageRoot({
  i18n,
  choice,
  children,
}: {
  readonly i18n: I18n;
  readonly choice: Settings['language'];
  readonly children: ReactNode;
}) {
  const { data: app } = useCall('app.info', {});
  // In browser mode the person's languages are the browser's; main may run under another account's.
  const language = pickLanguage(choice, app?.entry === 'desktop' ? app.languages : navigator.languages);
  useEffect(() => {
    document.documentElement.lang = language;
    void speak(i18n, language);
  }, [i18n, language]);
  return children;
}

function Appearance({ i18n, children }: { readonly i18n: I18n; readonly children: ReactNode }) {
  const theme = useSetting((settings) => settings.theme);
  const language = useSetting((settings) => settings.language);
  return (
    <ThemeRoot theme={theme}>
      <LanguageRoot i18n={i18n} choice={language}>
        {children}
      </LanguageRoot>
    </ThemeRoot>
  );
}

/** Everything that components find above them: bridge, answers of main, words, appearance. */
export function Providers({
  bridge,
  client,
  i18n,
  children,
}: {
  readonly bridge: Bridge;
  readonly client: QueryClient;
  readonly i18n: I18n;
  readonly children: ReactNode;
}) {
  const [follow] = useState(() => () => followEvents(bridge, client));
  useEffect(() => follow(), [follow]);
  return (
    <BridgeContext value={bridge}>
      <WindowClientContext value={client}>
        <QueryClientProvider client={client}>
          <I18nextProvider i18n={i18n}>
            <Appearance i18n={i18n}>{children}</Appearance>
          </I18nextProvider>
        </QueryClientProvider>
      </WindowClientContext>
    </BridgeContext>
  );
}
