import '../theme/inter.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DeskRoomView } from '../desks/DeskRoomView.tsx';
import { wholeBridge } from '../desks/desk-bridge.ts';
import { DeskRoom } from '../desks/desk-room.ts';
import { pickLanguage, speak, startI18n } from '../i18n/i18n.ts';
import { ask, callKey, installedBridge } from './console.ts';
import { Disconnected } from './Disconnected.tsx';
import { Providers } from './Providers.tsx';
import { makeQueryClient } from './queries.ts';

async function start(root: HTMLElement): Promise<void> {
  const installed = installedBridge();
  const client = makeQueryClient();
  const i18n = startI18n();
  if (installed === null) {
    await speak(i18n, pickLanguage('system', navigator.languages));
    createRoot(root).render(<Disconnected i18n={i18n} />);
    return;
  }
  const desks = await installed.call('desks.list', {});
  const bridge = wholeBridge(installed);
  const room = new DeskRoom(installed, desks.ok ? desks.value : []);
  const { shown } = room.get();
  // The first picture already has the right theme and language.
  const [settings, app] = await Promise.allSettled([
    client.query({ queryKey: callKey('settings.get', {}), queryFn: () => ask(bridge, 'settings.get', {}) }),
    client.query({ queryKey: callKey('app.info', {}), queryFn: () => ask(bridge, 'app.info', {}) }),
    shown.client.query({
      queryKey: callKey('session.state', {}),
      queryFn: () => ask(shown.bridge, 'session.state', {}),
    }),
  ]);
  const choice = settings.status === 'fulfilled' ? settings.value.language : 'system';
  const languages =
    app.status === 'fulfilled' && app.value.entry === 'desktop' ? app.value.languages : navigator.languages;
  await speak(i18n, pickLanguage(choice, languages));
  createRoot(root).render(
    <StrictMode>
      <Providers bridge={bridge} client={client} i18n={i18n}>
        <DeskRoomView room={room} />
      </Providers>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root !== null) void start(root);
