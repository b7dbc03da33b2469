import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Bridge } from '../../contract/bridge.ts';
import type { EventName } from '../../contract/names.ts';
import { ask, callKey } from '../app/console.ts';
import { useFilterStore } from '../features/updates/filter-store.ts';
import { fakeBridge } from '../testing/fake-bridge.ts';
import { show } from '../testing/show.tsx';
import { useToasts } from '../ui/toasts.ts';
import { aloneDesk, DeskContext, setShownDesk, shownDesk } from './desk.ts';
import { DeskRoom } from './desk-room.ts';

/** A bridge that keeps of each call the desk that it was for. */
function bridgeOf(ids: readonly string[]) {
  let desks = [...ids];
  const fake = fakeBridge({
    'desks.open': () => {
      desks = [...desks, 'new'];
      return 'new';
    },
    'desks.close': ({ deskId }) => {
      desks = desks.filter((id) => id !== deskId);
      return desks;
    },
    'journal.list': () => [],
  });
  const calls: (readonly [string, string | undefined])[] = [];
  const call: Bridge['call'] = (name, request, desk) => {
    calls.push([name, desk]);
    return fake.call(name, request);
  };
  return { bridge: { ...fake, call }, calls, emit: fake.emit };
}

// Files of one worker share what is shown.
afterEach(() => setShownDesk(aloneDesk));

beforeEach(() => {
  window.history.replaceState(null, '', '#/');
  setShownDesk(aloneDesk);
});

it('has every call name the desk that it is for', async () => {
  const { bridge, calls } = bridgeOf(['a', 'b']);
  const room = new DeskRoom(bridge, ['a', 'b']);
  for (const desk of room.get().desks) await ask(desk.bridge, 'journal.list', { limit: 1 });
  expect(calls).toEqual([
    ['journal.list', 'a'],
    ['journal.list', 'b'],
  ]);
});

it('tells a desk what happened there and to the console, and nothing of the others', () => {
  const { bridge, emit } = bridgeOf(['a', 'b']);
  const [a, b] = new DeskRoom(bridge, ['a', 'b']).get().desks;
  const heard: (readonly [string, EventName])[] = [];
  a?.bridge.on('signer.changed', () => heard.push(['a', 'signer.changed']));
  b?.bridge.on('signer.changed', () => heard.push(['b', 'signer.changed']));
  b?.bridge.on('settings.changed', () => heard.push(['b', 'settings.changed']));
  emit('signer.changed', { kind: 'none' }, 'a');
  emit('settings.changed', {}, null);
  expect(heard).toEqual([
    ['a', 'signer.changed'],
    ['b', 'settings.changed'],
  ]);
});

it('asks nothing anew for a hidden desk until it is shown, and then everything that changed', async () => {
  const { bridge, emit } = bridgeOf(['a', 'b']);
  const room = new DeskRoom(bridge, ['a', 'b']);
  const client = room.get().desks[1]?.client;
  const key = callKey('journal.list', { limit: 1 });
  client?.setQueryData(key, []);
  emit('store.changed', { subjects: ['journal'] }, 'b');
  emit('store.changed', { subjects: ['journal'] }, 'a');
  expect(client?.getQueryState(key)?.isInvalidated).toBe(false);
  room.show('b');
  await waitFor(() => expect(client?.getQueryState(key)?.isInvalidated).toBe(true));
});

it('keeps where one was at each desk, and goes back over desks', async () => {
  const { bridge } = bridgeOf(['a', 'b']);
  const room = new DeskRoom(bridge, ['a', 'b']);
  const [a, b] = room.get().desks;
  a?.history.go('/hosts', null, 'PUSH');
  b?.history.go('/rings', null, 'PUSH');
  expect(window.location.hash).toBe('#/hosts');
  room.show('b');
  expect(window.location.hash).toBe('#/rings');
  room.step(1);
  expect([shownDesk().id, window.location.hash]).toEqual(['a', '#/hosts']);
  window.history.back();
  await waitFor(() => expect(shownDesk().id).toBe('b'));
  expect(b?.history.place.path).toBe('/rings');
});

it('opens beside, and shows the neighbour of what is closed', async () => {
  const { bridge, calls } = bridgeOf(['a', 'b']);
  const room = new DeskRoom(bridge, ['a', 'b']);
  expect(await room.open()).toBeNull();
  expect(room.get().desks.map(({ id }) => id)).toEqual(['a', 'b', 'new']);
  expect(room.get().shown.id).toBe('new');
  await room.close('new');
  expect(room.get().shown.id).toBe('b');
  await room.close('a');
  await room.close('b');
  expect(room.get().desks.map(({ id }) => id)).toEqual(['b']);
  expect(calls.filter(([name]) => name === 'desks.close')).toHaveLength(2);
});

function Search() {
  return <p>{useFilterStore(({ filter }) => filter.search) || 'no search'}</p>;
}

it('has every desk keep its own filter and messages', () => {
  const { bridge } = bridgeOf(['a', 'b']);
  const room = new DeskRoom(bridge, ['a', 'b']);
  const [a, b] = room.get().desks;
  if (a === undefined || b === undefined) throw new Error('two desks were made');
  show(
    <>
      <DeskContext value={a}>
        <Search />
      </DeskContext>
      <DeskContext value={b}>
        <Search />
      </DeskContext>
    </>,
    fakeBridge({}),
  );
  act(() => useFilterStore.getState().change({ search: 'office' }));
  expect([...document.querySelectorAll('p')].map((one) => one.textContent)).toEqual(['office', 'no search']);
  expect(screen.getAllByText('office')).toHaveLength(1);
  useToasts.of(b).getState().say({ tone: 'ok', text: 'done' });
  expect(useToasts.of(a).getState().queue).toEqual([]);
});
