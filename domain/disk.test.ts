import { describe, expect, it } from 'vitest';
import { againOf, bytesOf, fileNameOf, idleOf, lackOf } from './disk.ts';
import type { StateCounts } from './update.ts';

const none: StateCounts = {
  reported: 0,
  needed: 0,
  pending: 0,
  missing: 0,
  failed: 0,
  heldBack: 0,
  forbidden: 0,
  done: 0,
  superseded: 0,
};
const hosts = (some: Partial<StateCounts>): StateCounts => ({ ...none, ...some });

describe('what the server lacks', () => {
  it('is wanted where one host may install it, whatever the others may', () => {
    expect(lackOf(hosts({ needed: 3, missing: 1, forbidden: 2 }))).toBe('wanted');
    expect(lackOf(hosts({ needed: 1, failed: 1 }))).toBe('wanted');
    expect(lackOf(hosts({ needed: 2, heldBack: 1, forbidden: 1 }))).toBe('held-back');
    expect(lackOf(hosts({ needed: 2, forbidden: 2 }))).toBe('forbidden');
    expect(lackOf(hosts({ needed: 1 }))).toBe('unclear');
    expect(lackOf(hosts({ reported: 4, done: 4 }))).toBeNull();
  });
});

describe('files that no host fetches', () => {
  it('are told by why, and kept where a host will come for them', () => {
    expect(idleOf(hosts({ reported: 2, done: 2 }), false)).toBe('done');
    expect(idleOf(hosts({ reported: 2, done: 2 }), true)).toBe('superseded');
    expect(idleOf(hosts({ reported: 2, done: 1, superseded: 1 }), false)).toBe('superseded');
    expect(idleOf(none, false)).toBe('unreported');
    expect(idleOf(hosts({ reported: 2, needed: 2, forbidden: 2 }), false)).toBe('forbidden');
    expect(idleOf(hosts({ reported: 2, needed: 2, forbidden: 1, heldBack: 1 }), false)).toBeNull();
    expect(idleOf(hosts({ reported: 2, needed: 1, done: 1, pending: 1 }), true)).toBeNull();
    // A host that does not say enough may need it.
    expect(idleOf(hosts({ reported: 1, needed: 1 }), false)).toBeNull();
  });

  it('say what would have them fetched again', () => {
    expect(againOf('superseded', true)).toBe('no');
    expect(againOf('done', false)).toBe('host');
    expect(againOf('unreported', false)).toBe('host');
    expect(againOf('forbidden', true)).toBe('rule');
    expect(againOf('forbidden', false)).toBe('decision');
  });
});

it('counts the same files once', () => {
  const sized = (bundle: number, maxDownloadSize: number | null) => ({ bundle, maxDownloadSize });
  expect(bytesOf([sized(1, 100), sized(1, 100), sized(2, 50), sized(3, null)])).toBe(150);
  expect(bytesOf([])).toBe(0);
});

it('names a file as the server keeps it', () => {
  expect(fileNameOf('http://download.windowsupdate.com/d/msdownload/update/KB1_AB.cab?x=1')).toBe('kb1_ab.cab');
});
