import { describe, expect, it } from 'vitest';
import { defaultGates } from '../../../domain/rings.ts';
import { draftRings, newRing, problemsOf, type RingDraft, ringsOf, textsOf } from './ring-draft.ts';

const ring = (name: string, gates: Partial<RingDraft['gates']> = {}): RingDraft => ({
  ...newRing(0),
  package: name,
  gates: { ...textsOf(defaultGates), ...gates },
});

describe('rings in a form', () => {
  it('begin with three rings and the usual gates', () => {
    expect(draftRings(null).map((each) => each.gates)).toEqual(
      [1, 2, 3].map(() => ({
        minAgeDays: '7',
        minSuccesses: '5',
        minSuccessRate: '70',
        maxFailures: '0',
      })),
    );
  });

  it('come back as they were kept', () => {
    const gates = { minAgeDays: 1.5, minSuccesses: null, minSuccessRate: 0.29, maxFailures: 3 };
    const rings = [
      { package: 'a', gates },
      { package: 'b', gates: defaultGates },
    ];
    expect(ringsOf(draftRings({ id: '1', name: 'n', savedAt: '', rings }))).toEqual(rings);
  });

  it('take an empty gate for one that is off, and both signs for decimals', () => {
    expect(ringsOf([ring('a', { minAgeDays: ' 1,5 ', minSuccesses: '' }), ring('b')])?.[0]?.gates).toMatchObject({
      minAgeDays: 1.5,
      minSuccesses: null,
    });
  });

  it.each([
    ['minAgeDays', '-1'],
    ['minAgeDays', '9999'],
    ['minSuccesses', '1.5'],
    ['minSuccesses', 'many'],
    ['minSuccessRate', '101'],
    ['maxFailures', '-2'],
  ] as const)('refuse %s of %s', (gate, value) => {
    const rings = [ring('a', { [gate]: value }), ring('b')];
    expect(problemsOf(rings)[0]?.gates).toEqual([gate]);
    expect(ringsOf(rings)).toBeNull();
    expect(ringsOf(rings.toReversed()), 'the last ring asks nothing').not.toBeNull();
  });

  it('refuse a package twice, or none', () => {
    expect(problemsOf([ring('a'), ring('a'), ring('')]).map((each) => each.package)).toEqual([
      null,
      'twice',
      'missing',
    ]);
  });
});
