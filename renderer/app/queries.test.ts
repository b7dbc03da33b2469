import { QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import type { Bridge } from '../../contract/bridge.ts';
import { callKey } from './console.ts';
import { followEvents, makeQueryClient } from './queries.ts';

function listening(): { readonly bridge: Bridge; readonly emit: (name: string, payload: object) => void } {
  const listeners = new Map<string, (payload: never) => void>();
  const on = (name: string, listener: (payload: never) => void) => {
    listeners.set(name, listener);
    return () => listeners.delete(name);
  };
  return { bridge: { on } as unknown as Bridge, emit: (name, payload) => listeners.get(name)?.(payload as never) };
}

it('asks again for a first answer that was under way when the event came', async () => {
  const { bridge, emit } = listening();
  const client = makeQueryClient();
  followEvents(bridge, client);
  const answers: ((age: string) => void)[] = [];
  const queryFn = () => new Promise<string>((answer) => answers.push(answer));
  const observer = new QueryObserver(client, { queryKey: callKey('sync.freshness', {}), queryFn });
  const end = observer.subscribe(() => {});
  emit('sync.changed', { phase: 'idle' });
  emit('sync.changed', { phase: 'idle' });
  expect(answers).toHaveLength(1);
  answers[0]?.('of before');
  await vi.waitFor(() => expect(answers).toHaveLength(2), { timeout: 30_000 });
  answers[1]?.('of now');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('of now'), { timeout: 30_000 });
  expect(answers).toHaveLength(2);
  end();
  client.clear();
});

it('keeps what an event told over an answer that was given before it', async () => {
  const { bridge, emit } = listening();
  const client = makeQueryClient();
  followEvents(bridge, client);
  let answer = (_state: object): void => {};
  const queryFn = () =>
    new Promise<object>((done) => {
      answer = done;
    });
  const queryKey = callKey('sync.state', {});
  const observer = new QueryObserver(client, { queryKey, queryFn });
  const end = observer.subscribe(() => {});
  answer({ phase: 'hosts' });
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toEqual({ phase: 'hosts' }), { timeout: 30_000 });
  void client.invalidateQueries({ queryKey });
  emit('sync.changed', { phase: 'idle' });
  answer({ phase: 'updates' });
  await new Promise((done) => setTimeout(done, 0));
  expect(observer.getCurrentResult().data).toEqual({ phase: 'idle' });
  end();
  client.clear();
});
