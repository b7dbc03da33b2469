import { describe, expect, it } from 'vitest';
import type { Assignment, AssignmentTarget } from '../../../../contract/schemas/assignment.ts';
import { hostRow } from '../../hosts/testing.ts';
import { changesOf, choiceKey, choicesOf, found, isChecked, toggled, type Wishes } from './choices.ts';

const group = (name: string, carries: AssignmentTarget['carries']): AssignmentTarget => ({
  section: 'group',
  name,
  version: '1',
  maturity: 'PROD',
  description: `about ${name}`,
  signer: 'admin',
  hosts: 2,
  unsureHosts: 0,
  carries,
});

const assignment: Assignment = {
  package: 'rules',
  targets: [group('pilot', 'direct'), group('wide', 'through'), group('all', 'none')],
  hosts: [],
  reached: ['a', 'b'],
  unsure: 0,
  readAt: null,
};
const hosts = [
  hostRow('b', { groups: ['pilot'], organizationalUnit: 'OU=Sales,DC=lan' }),
  hostRow('a', { groups: ['rules'] }),
  hostRow('c'),
];
const none: Wishes = new Map();
const choices = choicesOf(assignment, hosts, [
  { section: 'group', name: 'new-one' },
  { section: 'group', name: 'pilot' },
]);
const choice = (key: string) => {
  const one = choices.find((each) => each.key === key);
  if (one === undefined) throw new Error(key);
  return one;
};

describe('choices', () => {
  it('tell a host that asks itself from one that something else brings it to', () => {
    expect(['a', 'b', 'c'].map((uuid) => choice(choiceKey('host', uuid)).carries)).toEqual([
      'direct',
      'through',
      'none',
    ]);
    expect(choice(choiceKey('host', 'b')).detail).toBe('OU=Sales,DC=lan');
  });

  it('hold a new group once, and none that exists', () => {
    expect(choices.filter((each) => each.section === 'group').map((each) => each.label)).toEqual([
      'all',
      'new-one',
      'pilot',
      'wide',
    ]);
    expect(choice('group new-one')).toMatchObject({ version: null, hosts: 0 });
  });
});

describe('wishes', () => {
  it('are what differs: a box that is clicked twice leaves none', () => {
    const pilot = choice('group pilot');
    const once = toggled(pilot, none);
    expect(isChecked(pilot, none)).toBe(true);
    expect(isChecked(pilot, once)).toBe(false);
    expect(changesOf(choices, once)).toEqual([{ section: 'group', name: 'pilot', action: 'remove' }]);
    expect(toggled(pilot, once).size).toBe(0);
  });

  it('take a box of what comes by another way for an own wish', () => {
    const once = toggled(choice('group wide'), none);
    expect(changesOf(choices, once)).toEqual([{ section: 'group', name: 'wide', action: 'add' }]);
  });
});

describe('searching', () => {
  it('takes every word, in names and descriptions, and shows first what asks for it', () => {
    const groups = choices.filter((each) => each.section === 'group');
    expect(found(groups, '', none).map((each) => each.name)).toEqual(['pilot', 'all', 'new-one', 'wide']);
    expect(found(groups, 'ABOUT al', none).map((each) => each.name)).toEqual(['all']);
    expect(found(groups, 'nothing', none)).toEqual([]);
  });
});
