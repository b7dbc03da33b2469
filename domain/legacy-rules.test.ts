import { describe, expect, it } from 'vitest';
import { explainLegacy, type LegacyRules } from './legacy-rules.ts';

const update = {
  updateId: 'AAAAAAAA-0000-4000-8000-000000000001_200',
  kbids: ['5043064'],
  severity: 'Critical',
  classification: 'Security Updates',
};
const nothing: LegacyRules = {
  allowedUpdates: null,
  forbiddenUpdates: null,
  allowedSeverities: null,
  allowedClassifications: null,
};
const explain = (some: Partial<LegacyRules>, facts: Partial<typeof update> = {}) =>
  explainLegacy({ ...nothing, ...some }, { ...update, ...facts });

describe('the rules of 2015 (protocol 9.2)', () => {
  it.each<[string, Partial<LegacyRules>, boolean, string]>([
    ['no list at all allows everything', {}, true, 'criteria'],
    [
      'a forbidden KB wins over an explicit allow',
      { forbiddenUpdates: ['KB5043064'], allowedUpdates: ['KB5043064'] },
      false,
      'forbidden',
    ],
    ['a forbidden plain GUID', { forbiddenUpdates: ['aaaaaaaa-0000-4000-8000-000000000001'] }, false, 'forbidden'],
    ['a forbidden id with its revision', { forbiddenUpdates: [update.updateId] }, false, 'forbidden'],
    ['another KB forbids nothing', { forbiddenUpdates: ['KB1'] }, true, 'criteria'],
    [
      'an explicit allow overrides both criteria',
      { allowedUpdates: ['kb5043064'], allowedSeverities: [], allowedClassifications: [] },
      true,
      'explicit',
    ],
    ['an empty list of severities allows nothing', { allowedSeverities: [] }, false, 'stopped'],
    ['an empty list of classifications allows nothing', { allowedClassifications: [] }, false, 'stopped'],
    [
      'both criteria must pass',
      { allowedSeverities: ['Critical'], allowedClassifications: ['Drivers'] },
      false,
      'stopped',
    ],
    [
      'both criteria pass',
      { allowedSeverities: ['Critical'], allowedClassifications: ['Security Updates'] },
      true,
      'criteria',
    ],
    [
      'a classification by its GUID',
      { allowedClassifications: ['0fa1201d-4330-4fa8-8ae9-b877473b6441'] },
      true,
      'criteria',
    ],
    [
      'only these: empty criteria and other ids',
      { allowedUpdates: ['KB1'], allowedSeverities: [], allowedClassifications: [] },
      false,
      'stopped',
    ],
  ])('%s', (_name, rules, isAllowed, kind) => {
    expect(explain(rules)).toMatchObject({ isAllowed, reason: { kind } });
  });

  it('names the criteria that stop and those that restrict', () => {
    expect(explain({ allowedSeverities: [], allowedClassifications: ['Drivers'] }).reason).toEqual({
      kind: 'stopped',
      by: ['severity', 'classification'],
    });
    expect(explain({ allowedSeverities: ['Critical'] }).reason).toEqual({
      kind: 'criteria',
      restrictedBy: ['severity'],
    });
    expect(explain({ allowedClassifications: ['Security Updates'] }, { severity: 'Low' }).isAllowed).toBe(true);
  });
});
