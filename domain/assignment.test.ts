import { describe, expect, it } from 'vitest';
import { bearersOf, bringers, dependsOn, editDepends, isSettled, requiredNames, unitsOf } from './assignment.ts';

describe('editDepends', () => {
  it('adds behind what is there, once', () => {
    expect(editDepends('', { action: 'add', package: 'lab-wua' })).toBe('lab-wua');
    expect(editDepends('a, b', { action: 'add', package: 'c' })).toBe('a,b,c');
    expect(editDepends('a,c,b', { action: 'add', package: 'c' })).toBe('a,c,b');
  });

  it('leaves a version that somebody asked for', () => {
    expect(editDepends('a(>=1.0),b', { action: 'add', package: 'a' })).toBe('a(>=1.0),b');
    expect(editDepends('a(>=1.0) , b (=2)', { action: 'add', package: 'c' })).toBe('a(>=1.0),b (=2),c');
  });

  it('removes every requirement of the package and no other', () => {
    expect(editDepends('a(>=1.0),ab,a,b-a', { action: 'remove', package: 'a' })).toBe('ab,b-a');
    expect(editDepends('a', { action: 'remove', package: 'a' })).toBe('');
    expect(editDepends('b,,c,', { action: 'remove', package: 'a' })).toBe('b,c');
  });

  it('compares names exactly: WAPT does', () => {
    expect(dependsOn('Lab-Wua', 'lab-wua')).toBe(false);
    expect(requiredNames('a(>=1,<2), b')).toEqual(['a', 'b']);
    expect(editDepends('a(>=1,<2),b', { action: 'remove', package: 'b' })).toBe('a(>=1,<2)');
  });

  it('knows when nothing is left to do', () => {
    expect(isSettled('a(=1)', { action: 'add', package: 'a' })).toBe(true);
    expect(isSettled('a(=1)', { action: 'remove', package: 'a' })).toBe(false);
    expect(isSettled('', { action: 'remove', package: 'a' })).toBe(true);
  });
});

describe('bearersOf', () => {
  it('follows groups in groups, and rings end', () => {
    const bearers = [
      { package: 'inner', depends: 'rules(>=1)' },
      { package: 'outer', depends: 'inner,x' },
      { package: 'x', depends: 'outer' },
      { package: 'other', depends: 'x-rules' },
    ];
    expect([...bearersOf('rules', bearers)].sort()).toEqual(['inner', 'outer', 'rules', 'x']);
  });
});

describe('bringers', () => {
  const bearers = new Set(['rules', 'pilot', 'OU=Servers,OU=Paris,DC=example,DC=lan', 'WAPT_pilot']);

  it('finds the host package, the units above and the directory groups', () => {
    expect(bringers({ groups: ['pilot', 'rest'], organizationalUnit: null }, bearers)).toEqual(['pilot']);
    expect(
      bringers({ groups: [], organizationalUnit: 'ou=SQL, ou=servers, ou=paris, dc=example, dc=lan' }, bearers),
    ).toEqual(['OU=Servers,OU=Paris,DC=example,DC=lan']);
    expect(bringers({ groups: [], organizationalUnit: null, profiles: ['wapt_PILOT'] }, bearers)).toEqual([
      'WAPT_pilot',
    ]);
  });

  it('does not take a unit for one that only ends alike', () => {
    expect(
      bringers({ groups: [], organizationalUnit: 'OU=XOU=Servers\\,OU=Paris,DC=example,DC=lan' }, bearers),
    ).toEqual([]);
    expect(unitsOf('OU=A\\, B,DC=lan')).toEqual(['OU=A\\, B,DC=lan', 'DC=lan']);
    expect(unitsOf(null)).toEqual([]);
  });
});
