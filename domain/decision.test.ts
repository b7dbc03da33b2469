import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentOptions, decide, mergeRules, type Ruled, type RuleSource } from './decision.ts';
import { emptyRules, type RuleList, type Rules } from './rules.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-21T00:00:00Z');
const update: Ruled = {
  updateId: '538d8a2e-0000-4000-8000-000000000001_200',
  kbids: ['5043064'],
  product: 'Windows 11',
  severity: 'Critical',
  classification: 'Security Updates',
  changetime: '2026-01-13T18:00:00',
};
const options: AgentOptions = {
  defaultAllow: false,
  installDelay: 0,
  language: 'en',
  allowedSeverities: [],
  deniedSeverities: null,
};
const rules = (some: Partial<Rules>): Rules => ({ ...emptyRules, ...some });
const verdict = (some: readonly Partial<Rules>[], agent: Partial<AgentOptions> = {}, facts: Partial<Ruled> = {}) =>
  decide(
    mergeRules(some.map((part, i) => ({ name: `p${i}`, rules: rules(part) }))),
    { ...update, ...facts },
    { ...options, ...agent },
    now,
  );

describe('order of evaluation (protocol 9.4)', () => {
  const forbidId = { forbiddenUpdates: [update.updateId] };
  const forbidKb = { forbiddenKbs: ['KB5043064'] };
  const allowId = { allowedUpdates: [update.updateId] };
  const allowKb = { allowedKbs: ['KB5043064'] };
  const product = { allowedProducts: ['Windows 11'] };
  const severity = { allowedSeverities: ['Critical'] };
  const classification = { allowedClassifications: ['Security Updates'] };

  it.each<[string, Partial<Rules>[], RuleList, string]>([
    [
      'an id forbidden beats every allow',
      [forbidId, allowId, allowKb, product, severity, classification],
      'forbiddenUpdates',
      'forbidden',
    ],
    ['a forbidden KB beats an allowed id', [allowId, forbidKb], 'forbiddenKbs', 'forbidden'],
    ['an id allowed comes before its KB', [allowKb, allowId], 'allowedUpdates', 'allowed'],
    ['a KB before its product', [product, allowKb], 'allowedKbs', 'allowed'],
    ['a product before a severity', [severity, product], 'allowedProducts', 'allowed'],
    ['a severity before a classification', [classification, severity], 'allowedSeverities', 'allowed'],
    ['a classification alone', [classification], 'allowedClassifications', 'allowed'],
  ])('%s', (_name, parts, list, decision) => {
    const answer = verdict(parts);
    expect(answer.decision).toBe(decision);
    expect(answer.reason).toMatchObject({ kind: 'rule', list });
  });

  it('falls to default_allow where nothing matches', () => {
    expect(verdict([{}]).decision).toBe('forbidden');
    expect(verdict([{}], { defaultAllow: true }).decision).toBe('allowed');
    expect(verdict([{}], { defaultAllow: null })).toMatchObject({
      decision: 'unknown',
      reason: { missing: 'default_allow' },
    });
  });

  it('takes KBs with and without prefix, and ids in any case', () => {
    expect(verdict([{ allowedKbs: ['5043064'] }]).decision).toBe('allowed');
    expect(verdict([{ allowedKbs: ['kb5043064'] }]).decision).toBe('allowed');
    expect(verdict([{ allowedUpdates: [update.updateId.toUpperCase()] }]).decision).toBe('allowed');
  });

  it('lets a newer revision escape an id rule, not a KB rule', () => {
    const newer = { updateId: update.updateId.replace('_200', '_201') };
    expect(verdict([allowId], {}, newer).decision).toBe('forbidden');
    expect(verdict([allowKb], {}, newer).decision).toBe('allowed');
  });

  it('compares names as text in the language the host reports', () => {
    const french = { classification: 'Mises à jour de la sécurité' };
    expect(verdict([classification], {}, french).decision).toBe('forbidden');
    expect(verdict([{ allowedClassifications: ['Mises à jour de la sécurité'] }], {}, french).decision).toBe('allowed');
  });

  it('names every package that holds the deciding entry', () => {
    expect(verdict([allowKb, allowKb]).reason).toMatchObject({ sources: ['p0', 'p1'] });
  });

  it('holds back what is younger than the delay, until it is not', () => {
    const fresh = { changetime: '2026-11-18T00:00:00' };
    expect(verdict([allowKb], { installDelay: 7 * day }, fresh)).toMatchObject({
      decision: 'held-back',
      heldUntil: Date.parse('2026-11-25T00:00:00Z'),
    });
    expect(verdict([allowKb], { installDelay: 3 * day }, fresh).decision).toBe('allowed');
    expect(verdict([forbidKb], { installDelay: 7 * day }, fresh).decision).toBe('forbidden');
    expect(verdict([allowKb], { installDelay: null }, fresh)).toMatchObject({
      decision: 'unknown',
      reason: { missing: 'install_delay' },
    });
    expect(verdict([allowKb], { installDelay: null }).decision).toBe('allowed');
  });
});

describe('what is not known', () => {
  const french = (_kind: string, stored: string) => ({ names: [stored, `${stored} fr`], isOpen: false });
  const judge = (
    sources: readonly RuleSource[],
    agent: Partial<AgentOptions> = {},
    facts: Partial<Ruled> = {},
    spelling?: typeof french,
  ) => decide(mergeRules(sources), { ...update, ...facts }, { ...options, ...agent }, now, spelling);
  const one = (part: Partial<Rules>): RuleSource[] => [{ name: 'p', rules: rules(part) }];

  it('is a package whose content was not read: only a forbid elsewhere decides beside it', () => {
    const unread = { name: 'unread', rules: null };
    expect(judge([unread, ...one({ forbiddenKbs: ['KB5043064'] })]).decision).toBe('forbidden');
    expect(judge([unread, ...one({ allowedKbs: ['KB5043064'] })])).toMatchObject({
      decision: 'unknown',
      reason: { missing: 'package-content', sources: ['unread'] },
    });
    expect(judge([unread], { defaultAllow: true }).decision).toBe('unknown');
  });

  it('is the language, where a list has one of the names that the host may use', () => {
    const half = one({ allowedClassifications: ['Security Updates'] });
    expect(judge(half, {}, {}, french)).toMatchObject({ decision: 'unknown', reason: { missing: 'language' } });
    expect(judge(half, { defaultAllow: true }, {}, french).decision).toBe('allowed');
    expect(
      judge(one({ allowedClassifications: ['Security Updates', 'Security Updates fr'] }), {}, {}, french),
    ).toMatchObject({ decision: 'allowed', reason: { list: 'allowedClassifications' } });
    expect(judge(one({ allowedClassifications: ['Drivers'] }), {}, {}, french).decision).toBe('forbidden');
  });

  it('is which severities the agent allows by itself', () => {
    expect(judge([], { allowedSeverities: ['Critical'] })).toMatchObject({
      decision: 'allowed',
      reason: { list: 'allowedSeverities', sources: ['[waptwua]'] },
    });
    expect(judge([], { deniedSeverities: [] })).toMatchObject({
      decision: 'unknown',
      reason: { missing: 'allowed_severities' },
    });
    expect(judge([], { deniedSeverities: ['Critical'] }).decision).toBe('forbidden');
    expect(judge([], { deniedSeverities: [] }, { severity: null }).decision).toBe('forbidden');
    expect(judge([], { deniedSeverities: [], defaultAllow: true }).decision).toBe('allowed');
  });
});

describe('properties', () => {
  const entry = fc.constantFrom(
    update.updateId,
    'other_1',
    'KB5043064',
    'KB1',
    'Windows 11',
    'Windows 10',
    'Critical',
    'Low',
    'Security Updates',
  );
  const anyRules: fc.Arbitrary<Rules> = fc.record({
    allowedUpdates: fc.array(entry),
    forbiddenUpdates: fc.array(entry),
    allowedKbs: fc.array(entry),
    forbiddenKbs: fc.array(entry),
    allowedProducts: fc.array(entry),
    allowedSeverities: fc.array(entry),
    allowedClassifications: fc.array(entry),
  });
  const sources = fc
    .array(anyRules, { maxLength: 5 })
    .map((list): RuleSource[] => list.map((each, i) => ({ name: `p${i}`, rules: each })));

  it('does not depend on the order of packages', () => {
    fc.assert(
      fc.property(sources, fc.boolean(), (list, defaultAllow) => {
        const forwards = decide(mergeRules(list), update, { ...options, defaultAllow }, now);
        const backwards = decide(mergeRules([...list].reverse()), update, { ...options, defaultAllow }, now);
        expect(backwards).toEqual(forwards);
      }),
    );
  });

  it('lets a forbid anywhere win', () => {
    fc.assert(
      fc.property(sources, fc.nat(5), (list, at) => {
        const forbid = { name: 'forbid', rules: rules({ forbiddenKbs: ['KB5043064'] }) };
        const all = [...list.slice(0, at), forbid, ...list.slice(at)];
        expect(decide(mergeRules(all), update, { ...options, defaultAllow: true }, now).decision).toBe('forbidden');
      }),
    );
  });
});
