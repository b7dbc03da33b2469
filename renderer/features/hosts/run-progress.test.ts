import { describe, expect, it } from 'vitest';
import { summarise } from './run-progress.ts';
import { runOf } from './testing.ts';

describe('summarise', () => {
  it('counts, and takes running hosts by their own progress', () => {
    const run = runOf(['done', 'running', 'no-task', 'waiting']);
    const running = {
      ...run,
      hosts: run.hosts.map((host) => (host.progress === 'running' ? { ...host, percent: 50 } : host)),
    };
    expect(summarise(running)).toEqual({
      total: 4,
      ended: 2,
      percent: 62,
      toRetry: 1,
      isRunning: true,
      counts: [
        { progress: 'no-task', count: 1 },
        { progress: 'running', count: 1 },
        { progress: 'waiting', count: 1 },
        { progress: 'done', count: 1 },
      ],
    });
  });
});
