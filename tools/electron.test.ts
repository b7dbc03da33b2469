import { describe, expect, it } from 'vitest';
import { noWindow } from './electron.ts';

describe('where a window can open', () => {
  it.each([
    [{ DISPLAY: ':0' }, 'linux', 1000, undefined],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1000, undefined],
    [{}, 'win32', undefined, undefined],
    [{}, 'linux', 1000, 'this session has no display'],
    [{ DISPLAY: ':0' }, 'linux', 0, "Chromium's sandbox does not start for root"],
  ] as const)('%j on %s as %s', (env, platform, uid, reason) => {
    expect(noWindow(env, platform, uid)).toBe(reason);
  });
});
