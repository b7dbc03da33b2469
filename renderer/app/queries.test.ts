import { QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import type { Bridge } from '../../contract/bridge.ts';
import { callKey } from './console.ts';
import { followEvents, makeQueryClient } from './queries.ts';

it('asks again for a first answer that was under way when the event came', async () => {
  const listeners = new Map<string, (payload: never) => void>();
  const bridge = {
    on: (name: string, listener: (payload: never) => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  } as unknown as Bridge;
  const client = makeQueryClient();
  followEvents(bridge, client);
  const answers: ((age: string) => void)[] = [];
  const queryFn = () => new Promise<string>((answer) => answers.push(answer));
  const observer = new QueryObserver(client, { queryKey: callKey('sync.freshness', {}), queryFn });
  const end = observer.subscribe(() => {});
  const idle = { phase: 'idle' } as never;
  listeners.get('sync.changed')?.(idle);
  listeners.get('sync.changed')?.(idle);
  expect(answers).toHaveLength(1);
  answers[0]?.('of before');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.('of now');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('of now'));
  expect(answers).toHaveLength(2);
  end();
  client.clear();
});
