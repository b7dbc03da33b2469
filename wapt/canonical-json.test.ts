import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { vectorText } from './testing.ts';

describe('canonicalJson', () => {
  const cases = vectorText('D-canonical-json.txt')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));

  it('has the nine cases of the vector', () => {
    expect(cases).toHaveLength(9);
  });

  it.each(cases)('writes vector D: %s', (ordinary, canonical) => {
    expect(canonicalJson(JSON.parse(ordinary ?? ''))).toBe(canonical);
  });

  it('sorts by code point, not by UTF-16 unit', () => {
    expect(canonicalJson({ '\u{1F600}': 1, '\uffee': 2, a: 3 })).toBe('{"a":3,"\\uffee":2,"\\ud83d\\ude00":1}');
  });

  it('keeps an own key called __proto__', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [254251008, '254251008'],
    [1e21, '1000000000000000000000'],
    [0.5, '0.5'],
    [-1.25, '-1.25'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0.000025, '-2.5e-05'],
    [1e-10, '1e-10'],
    [2.5e-123, '2.5e-123'],
  ])('writes the number %s as Python does', (value, written) => {
    expect(canonicalJson(value)).toBe(written);
  });

  it.each([
    [undefined],
    [Number.NaN],
    [Infinity],
    [1n],
    [Symbol('x')],
    [() => 1],
    [new Date(0)],
    [{ a: undefined }],
    [[undefined]],
    [new Map()],
  ])('refuses what has no JSON form: %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'not-json' }));
  });

  it('refuses a depth that would end the stack', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(() => canonicalJson(deep)).toThrow(expect.objectContaining({ code: 'not-json' }));
  });

  it('is ASCII, reads back as the same value, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), (value) => {
        const written = canonicalJson(value);
        expect(written).toMatch(/^[\x20-\x7e]*$/);
        const back: unknown = JSON.parse(written);
        expect(back).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(back)).toBe(written);
        expect(canonicalJson(reverseKeys(back))).toBe(written);
      }),
    );
  });
});

const reverseKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, held]) => [key, reverseKeys(held)]),
  );
};
