import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { SessionState } from '../../contract/schemas/session.ts';
import { ReauthenticationDialog } from '../features/session/ReauthenticationDialog.tsx';
import { Failure, fakeBridge } from '../testing/fake-bridge.ts';
import { profile } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { findCommands } from './CommandPalette.tsx';
import { isTyping, keysOf } from './commands.ts';
import { useAction, useCall } from './console.ts';

const offline: SessionState = { kind: 'offline', profile, code: null };

function Downloader() {
  const download = useAction('updates.download');
  const session = useCall('session.state', {});
  return (
    <>
      <button type="button" onClick={() => download.mutate({ updateIds: ['u1'] })}>
        Go
      </button>
      <p>{download.isSuccess ? 'done' : (download.error?.error.code ?? session.data?.kind)}</p>
      <ReauthenticationDialog />
    </>
  );
}

it('asks for the password over the screen when the session is gone, and then does what one wanted', async () => {
  let isIn = false;
  const bridge = fakeBridge({
    'session.state': () => offline,
    'session.signIn': () => {
      isIn = true;
      return offline;
    },
    'updates.download': () => (isIn ? [] : new Failure({ code: 'signed-out' })),
  });
  show(<Downloader />, bridge);
  const person = userEvent.setup();
  await person.click(await screen.findByRole('button', { name: 'Go' }));
  await person.type(await screen.findByLabelText(/^Password/), 'secret{Enter}');
  expect(await screen.findByText('done')).toBeTruthy();
  expect(bridge.requests('updates.download')).toHaveLength(2);
});

it('gives the failure back when one would rather not sign in', async () => {
  const bridge = fakeBridge({
    'session.state': () => offline,
    'updates.download': () => new Failure({ code: 'signed-out' }),
  });
  show(<Downloader />, bridge);
  const person = userEvent.setup();
  await person.click(await screen.findByRole('button', { name: 'Go' }));
  await person.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText('signed-out')).toBeTruthy();
  expect(bridge.requests('updates.download')).toHaveLength(1);
});

function Lister() {
  const list = useCall('journal.list', { limit: 10 });
  return <p>{list.data?.length ?? 'none'} entries</p>;
}

it('asks again what an event says has changed, and nothing else', async () => {
  let length = 1;
  const bridge = fakeBridge({
    'journal.list': () =>
      Array.from({ length }, (_, id) => ({ id, at: '', user: '', kind: '', facts: {}, reason: '', hash: '' })),
  });
  show(<Lister />, bridge);
  expect(await screen.findByText('1 entries')).toBeTruthy();
  length = 2;
  act(() => bridge.emit('store.changed', { subjects: ['hosts'] }));
  expect(bridge.requests('journal.list')).toHaveLength(1);
  act(() => bridge.emit('store.changed', { subjects: ['journal'] }));
  await waitFor(() => expect(screen.getByText('2 entries')).toBeTruthy());
});

it('spells keys as commands do', () => {
  const key = (key: string, more: Partial<KeyboardEvent> = {}) =>
    keysOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  expect(key('k', { ctrlKey: true })).toBe('Ctrl+K');
  expect(key('?', { shiftKey: true })).toBe('?');
  expect(key('S', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+S');
  expect(key('F5')).toBe('F5');
});

it('knows where one types', () => {
  const input = document.createElement('input');
  const box = Object.assign(document.createElement('input'), { type: 'checkbox' });
  expect([isTyping(input), isTyping(box), isTyping(document.body)]).toEqual([true, false, false]);
});

it('finds commands by words in any order, without accents', () => {
  const command = (id: string, label: string) => ({ id, label, group: 'Aller à', run: () => {} });
  const commands = [command('a', 'Mises à jour Windows'), command('b', 'Téléchargements')];
  expect(findCommands(commands, 'tele').map(({ id }) => id)).toEqual(['b']);
  expect(findCommands(commands, 'windows mises').map(({ id }) => id)).toEqual(['a']);
  expect(findCommands(commands, '')).toHaveLength(2);
});
