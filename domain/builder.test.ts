import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Buildable,
  type BuildFilter,
  buildMatcher,
  defaultBuildFilter,
  foundSince,
  titleMatcher,
} from './builder.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const update: Buildable = {
  title: '2026-11 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB5043064)',
  product: 'Windows 11',
  classification: 'Mises à jour de la sécurité',
  severity: 'Critical',
  changetime: '2026-11-10T18:00:00',
  maxDownloadSize: 500_000_000,
  downloadedOn: null,
  needed: 3,
  isSuperseded: false,
};
const takes = (filter: Partial<BuildFilter>, facts: Partial<Buildable> = {}): boolean =>
  buildMatcher({ ...defaultBuildFilter, ...filter }, now)({ ...update, ...facts });

describe('buildMatcher', () => {
  it.each<[string, Partial<BuildFilter>, Partial<Buildable>, boolean]>([
    ['the filter it opens with', {}, {}, true],
    ['an update nobody needs', {}, { needed: 0 }, false],
    ['one that is superseded', {}, { isSuperseded: true }, false],
    ['a superseded one that is asked for', { hideSuperseded: false }, { isSuperseded: true }, true],
    ['enough hosts', { neededBy: 3 }, {}, true],
    ['too few hosts', { neededBy: 4 }, {}, false],
    ['a classification in another language', { classifications: ['Security Updates'] }, {}, true],
    ['another classification', { classifications: ['Drivers'] }, {}, false],
    ['one of two severities', { severities: ['Low', 'Critical'] }, {}, true],
    ['no severity asked for', { severities: ['none'] }, { severity: null }, true],
    ['another product', { products: ['Windows 10'] }, {}, false],
    ['old enough', { minAgeDays: 10 }, {}, true],
    ['too young', { minAgeDays: 11 }, {}, false],
    ['young enough', { maxAgeDays: 11 }, {}, true],
    ['too old', { maxAgeDays: 10 }, {}, false],
    ['no date where an age is asked', { minAgeDays: 0 }, { changetime: null }, false],
    ['large enough', { minSize: 500_000_000 }, {}, true],
    ['too large', { maxSize: 499_999_999 }, {}, false],
    ['no size where one is asked', { maxSize: 1 }, { maxDownloadSize: null }, false],
    ['not on the server', { onServer: false }, {}, true],
    ['on the server', { onServer: true }, {}, false],
    ['words of the title', { title: 'cumulative update' }, {}, true],
    ['a regular expression is not its subject', { title: '(', titleKind: 'regex' }, {}, true],
  ])('%s', (_name, filter, facts, expected) => {
    expect(takes(filter, facts)).toBe(expected);
  });
});

describe('titleMatcher', () => {
  it.each([
    ['*Cumulative*x64*', true],
    ['2026-?? Cumulative*', true],
    ['Cumulative*', false],
    ['*cumulative update*.NET*', false],
    ['  kb5043064 ', true],
    ['', true],
    ['*', true],
    ['?', false],
  ])('%s: %s', (pattern, expected) => {
    expect(titleMatcher(pattern)(update.title)).toBe(expected);
  });

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 12 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 14 });

  it('says what the same pattern says as a regular expression', () => {
    fc.assert(
      fc.property(letters, text, (pattern, title) => {
        if (!/[*?]/.test(pattern)) return;
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(titleMatcher(pattern)(title)).toBe(expression.test(title));
      }),
    );
  });

  it('ends, whatever one types', () => {
    const started = Date.now();
    expect(titleMatcher(`${'*a'.repeat(500)}b`)('a'.repeat(2_000))).toBe(false);
    expect(Date.now() - started).toBeLessThan(200);
  });
});

it('finds what came since the last run', () => {
  expect(foundSince({ lastIds: ['a', 'b'] }, ['b', 'c', 'd'])).toEqual(['c', 'd']);
});
