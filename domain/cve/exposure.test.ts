import { describe, expect, it } from 'vitest';
import type { RowState } from '../update.ts';
import { type Doubt, exposureOf, type FixStanding, fixStanding, worstOf } from './exposure.ts';

const sure: Doubt = {
  isCounted: true,
  indexDate: '2024-10-08T04:00:00',
  released: '2024-09-10',
  isAnyKnown: true,
  hasOther: false,
};
const standing = (state: FixStanding['state']): FixStanding => ({ state, isBySupersedence: false });

describe('how a host stands with a fix', () => {
  it.each<[RowState | null, readonly RowState[], FixStanding['state'], boolean]>([
    ['done', ['pending'], 'patched', false],
    [null, ['done'], 'patched', true],
    ['superseded', ['forbidden', 'done'], 'patched', true],
    ['pending', [], 'pending', false],
    ['missing', [], 'pending', false],
    ['failed', [], 'pending', false],
    ['forbidden', ['pending'], 'blocked', false],
    ['held-back', [], 'blocked', false],
    ['unknown', [], 'blocked', false],
    ['superseded', ['forbidden'], 'blocked', true],
    ['superseded', ['forbidden', 'pending'], 'pending', true],
    [null, ['missing'], 'pending', true],
    ['superseded', ['superseded'], 'none', false],
    [null, [], 'none', false],
  ])('own %s, newer %j: %s', (own, newer, state, isBySupersedence) => {
    expect(fixStanding(own, newer)).toEqual({ state, isBySupersedence });
  });
});

describe('how a host stands with a CVE', () => {
  it('is affected by one fix that it lacks, whatever others it has', () => {
    expect(exposureOf([standing('patched'), standing('pending')], sure)).toBe('pending');
    expect(exposureOf([standing('pending'), standing('blocked')], sure)).toBe('blocked');
    expect(exposureOf([standing('none'), standing('patched')], sure)).toBe('patched');
  });

  it('is not affected only where its index knew the fix', () => {
    expect(exposureOf([standing('none')], sure)).toBe('not-affected');
  });

  it.each<[string, Partial<Doubt>]>([
    ['was not scanned in time', { isCounted: false }],
    ['was scanned against an older index', { indexDate: '2024-09-09T00:00:00' }],
    ['was scanned against the index of that day', { indexDate: '2024-09-10T00:00:00' }],
    ['does not say against which', { indexDate: null }],
    ['and nobody says when the fix came', { released: null }],
    ['and nobody knows an update with the KB', { isAnyKnown: false }],
    ['and there is a fix without a KB', { hasOther: true }],
  ])('is never called safe where it %s', (_what, doubt) => {
    expect(exposureOf([standing('none')], { ...sure, ...doubt })).toBe('no-data');
  });

  it('counts the gravest of several', () => {
    expect(worstOf(['patched', 'no-data', 'not-affected'])).toBe('no-data');
    expect(worstOf(['patched', 'pending', 'no-data', 'blocked'])).toBe('blocked');
    expect(worstOf(['patched', 'not-affected'])).toBe('patched');
    expect(worstOf([])).toBe('no-data');
  });
});
