import { describe, expect, it } from 'vitest';
import { freeName, nameProblem, withPrefix } from './name.ts';

describe('nameProblem', () => {
  it.each([
    ['acme-wsus.servers_2', null],
    ['0day', null],
    ['', 'empty'],
    ['acme-', 'prefix-only'],
    ['acme', 'prefix-only'],
    ['-acme', 'bad-start'],
    ['Acme', 'bad-start'],
    ['acme-Servers', 'bad-character'],
    ['acme-a b', 'bad-character'],
    ['acme-é', 'bad-character'],
    ['a'.repeat(151), 'too-long'],
  ])('judges %j as %j', (name, problem) => {
    expect(nameProblem(name, 'acme')).toBe(problem);
  });

  it('does not ask for a prefix where none is set', () => {
    expect(nameProblem('wsus', '')).toBeNull();
  });
});

describe('freeName', () => {
  it('numbers what is taken', () => {
    expect(freeName('acme', 'wsus', new Set())).toBe('acme-wsus');
    expect(freeName('acme', 'wsus', new Set(['acme-wsus', 'acme-wsus-2']))).toBe('acme-wsus-3');
    expect(freeName('', 'wsus', new Set())).toBe('wsus');
  });
});

describe('withPrefix', () => {
  it('puts the prefix once', () => {
    expect(withPrefix('wsus', 'acme')).toBe('acme-wsus');
    expect(withPrefix('acme-wsus', 'acme')).toBe('acme-wsus');
    expect(withPrefix('wsus', '')).toBe('wsus');
  });
});
