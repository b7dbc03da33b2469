import { act, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ActionRun } from '../../contract/schemas/actions.ts';
import type { Settings } from '../../contract/schemas/app.ts';
import type { SyncState } from '../../contract/schemas/sync.ts';
import { aloneDesk, setShownDesk } from '../desks/desk.ts';
import { DeskRoom, RoomContext } from '../desks/desk-room.ts';
import { fakeBridge } from '../testing/fake-bridge.ts';
import { show } from '../testing/show.tsx';
import { useToasts } from '../ui/toasts.ts';
import { Endings } from './Endings.tsx';
import { useEnded } from './ended.ts';

const START = '2026-11-21T10:00:00.000Z';

const sync = (seconds: number, over: Partial<SyncState> = {}): SyncState => ({
  isPaused: false,
  phase: 'idle',
  done: 0,
  total: 0,
  startedAt: START,
  finishedAt: new Date(Date.parse(START) + seconds * 1_000).toISOString(),
  error: null,
  failedHosts: 0,
  changedHosts: 0,
  ...over,
});

const run = (id: string, endedAt: string | null): ActionRun => ({
  id,
  action: 'scan',
  startedAt: START,
  endedAt,
  serverMessage: null,
  hosts: [],
});

beforeEach(() => {
  window.history.replaceState(null, '', '#/');
  setShownDesk(aloneDesk);
});
afterEach(() => void vi.restoreAllMocks());

function start(settings: Partial<Settings> = {}, runs: () => readonly ActionRun[] = () => []) {
  const bridge = fakeBridge({ 'actions.runs': () => [...runs()], 'app.notify': () => true }, settings);
  const room = new DeskRoom(bridge, ['a', 'b']);
  show(
    <RoomContext value={room}>
      <Endings />
    </RoomContext>,
    bridge,
  );
  const [a, b] = room.get().desks;
  if (a === undefined || b === undefined) throw new Error('two desks were made');
  const read = (desk: string, ended: SyncState): void =>
    act(() => {
      bridge.emit('sync.changed', { ...ended, phase: 'rows', finishedAt: null }, desk);
      bridge.emit('sync.changed', ended, desk);
    });
  return { bridge, room, a, b, read };
}
type Started = ReturnType<typeof start>;
const messages = (desk: Started['a']) =>
  useToasts
    .of(desk)
    .getState()
    .queue.map(({ text }) => text);

it('tells by the system and the title what ended while the window is behind others, and a click goes there', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const { bridge, room, b, read } = start();
  await waitFor(() => expect(document.title).toBe('WAPTWUA console'));
  read('b', sync(31, { error: 'unreachable' }));
  expect(document.title).toBe('(1) WAPTWUA console');
  const [note] = bridge.requests('app.notify') as readonly { readonly id: string; readonly text: string }[];
  expect(note?.text).toBe('Reading the server has failed.');
  act(() => bridge.emit('app.notified', { id: note?.id ?? '' }));
  expect(room.get().shown).toBe(b);
  expect(window.location.hash).toBe('#/updates');
  act(() => void window.dispatchEvent(new Event('focus')));
  expect(document.title).toBe('WAPTWUA console');
});

it('leaves a message at a desk that is behind another, and disturbs nobody at the one that is looked at', () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const { bridge, a, b, read } = start();
  read('a', sync(60));
  read('b', sync(60));
  read('b', sync(29));
  act(() => {
    bridge.emit('downloads.changed', { running: 2 }, 'b');
    bridge.emit('downloads.changed', { running: 0 }, 'b');
  });
  expect(messages(a)).toEqual([]);
  expect(messages(b)).toEqual(['The server has been read.', 'The downloads on the server have ended.']);
  expect(bridge.requests('app.notify')).toEqual([]);
  expect(document.title).toBe('WAPTWUA console');
});

it('tells of orders that ended meanwhile, each once, and of none that ended before', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  let runs = [run('old', START), run('new', null)];
  const { bridge, a } = start({}, () => runs);
  act(() => bridge.emit('actions.changed', { runId: 'new' }, 'a'));
  await waitFor(() => expect(bridge.requests('actions.runs')).toHaveLength(1));
  runs = [run('old', START), run('new', new Date(Date.now() + 1_000).toISOString())];
  for (const asked of [2, 3]) {
    act(() => bridge.emit('actions.changed', { runId: 'new' }, 'a'));
    await waitFor(() => expect(bridge.requests('actions.runs')).toHaveLength(asked));
  }
  await waitFor(() => expect(messages(a)).toEqual(['Scan: 0 of 0 hosts done']));
});

it('only lists what ended where one does not want to be told', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const { bridge, a, read } = start({ notify: false });
  await waitFor(() => expect(bridge.requests('settings.get')).toHaveLength(1));
  await act(async () => {});
  read('a', sync(60));
  expect(useEnded.of(a).getState().list).toMatchObject([{ text: 'The server has been read.', path: '/updates' }]);
  expect([messages(a), bridge.requests('app.notify')]).toEqual([[], []]);
});
