import { describe, expect, it } from 'vitest';
import {
  bearersOf,
  dependsOn,
  editDepends,
  isReached,
  isSettled,
  reachOf,
  requiredNames,
  unitsOf,
} from './assignment.ts';

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

const group = (name: string, depends: string) => ({ section: 'group', package: name, depends }) as const;
const nowhere = { groups: [], organizationalUnit: null, directoryGroups: [] };

describe('bearersOf', () => {
  it('follows groups in groups, and rings end', () => {
    const bearers = [
      group('inner', 'rules(>=1)'),
      group('outer', 'inner,x'),
      group('x', 'outer'),
      group('y', 'x-rules'),
    ];
    expect([...bearersOf('rules', bearers)].sort()).toEqual([
      'package inner',
      'package outer',
      'package rules',
      'package x',
    ]);
  });
});

describe('isReached', () => {
  const bearers = bearersOf('rules', [
    group('pilot', 'rules'),
    { section: 'unit', package: 'OU=Servers,OU=Paris,DC=example,DC=lan', depends: 'rules' },
    { section: 'profile', package: 'WAPT_pilot', depends: 'pilot' },
  ]);

  it('by the host package, a group, a unit above, a directory group', () => {
    expect(isReached({ ...nowhere, groups: ['rules'] }, bearers)).toBe(true);
    expect(isReached({ ...nowhere, groups: ['rest', 'pilot'] }, bearers)).toBe(true);
    const organizationalUnit = 'ou=SQL, ou=servers, ou=paris, dc=example, dc=lan';
    expect(isReached({ ...nowhere, organizationalUnit }, bearers)).toBe(true);
    expect(isReached({ ...nowhere, directoryGroups: ['wapt_PILOT'] }, bearers)).toBe(true);
  });

  it('not by names that only look alike', () => {
    expect(isReached({ ...nowhere, groups: ['Rules', 'WAPT_pilot'] }, bearers)).toBe(false);
    const organizationalUnit = 'OU=X\\,OU=Servers,OU=Paris,OU=Old,DC=example,DC=lan';
    expect(isReached({ ...nowhere, organizationalUnit }, bearers)).toBe(false);
    expect(isReached(nowhere, bearers)).toBe(false);
  });

  it('is not known where only a profile could and the host never named its directory groups', () => {
    const silent = { ...nowhere, directoryGroups: null };
    expect(reachOf(silent, bearers)).toBe('unknown');
    expect(reachOf({ ...silent, groups: ['pilot'] }, bearers)).toBe('yes');
    expect(reachOf(nowhere, bearers)).toBe('no');
    expect(reachOf(silent, bearersOf('rules', [group('pilot', 'rules')]))).toBe('no');
  });

  it('takes a comma in the name of a unit for a part of it', () => {
    expect(unitsOf('OU=A\\, B,DC=lan')).toEqual(['OU=A\\, B,DC=lan', 'DC=lan']);
    expect(unitsOf(null)).toEqual([]);
  });
});
