import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentOptions, decideInDoubt, type Ruled, type RuleSource } from './decision.ts';
import { asStored, type SeenNames, spellingOf } from './names.ts';
import {
  compileRules,
  DECISIONS,
  decisionsOf,
  differences,
  doubtful,
  indexRuled,
  resettle,
  SAYS,
  settle,
  unite,
} from './policy.ts';
import { emptyRules, type Rules } from './rules.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-21T00:00:00Z');

const seen: SeenNames = {
  product: new Set(['Windows 11', 'Windows 10']),
  severity: new Set(['Critical', 'Important']),
  classification: new Set(['Security Updates', 'Mises à jour de la sécurité', 'Drivers', 'Treiber']),
};

const products = ['Windows 11', 'Windows 10', 'Exchange'];
const severities = ['Critical', 'Important', 'Low'];
const classifications = [
  'Security Updates',
  'Mises à jour de la sécurité',
  'Mises à jour de sécurité',
  'Drivers',
  'Treiber',
];
const ids = Array.from({ length: 8 }, (_, i) => `${i}0000000-0000-4000-8000-00000000000A_20${i % 2}`);
const kbs = ['1', '2', '3'];

const anyUpdate: fc.Arbitrary<Ruled> = fc.record({
  updateId: fc.constantFrom(...ids),
  kbids: fc.subarray(kbs),
  product: fc.constantFrom(...products, null),
  severity: fc.constantFrom(...severities, null),
  classification: fc.constantFrom(...classifications, null),
  changetime: fc.oneof(
    fc.constantFrom(null, '', 'never'),
    fc.integer({ min: 0, max: 120 }).map((days) => new Date(now - days * DAY).toISOString().slice(0, 19)),
  ),
});
const anyUpdates = fc.uniqueArray(anyUpdate, { selector: (update) => update.updateId, minLength: 1 });

const anyRules: fc.Arbitrary<Rules> = fc.record({
  allowedUpdates: fc.subarray([...ids, ids[0]?.toUpperCase() ?? '', 'other_1']),
  forbiddenUpdates: fc.subarray([...ids, 'other_2']),
  allowedKbs: fc.subarray(['KB1', '2', 'kb3', 'KB9']),
  forbiddenKbs: fc.subarray(['KB1', '2', 'KB 3', 'KB9']),
  allowedProducts: fc.subarray([...products, 'Nothing']),
  allowedSeverities: fc.subarray(severities),
  allowedClassifications: fc.subarray(classifications),
});

const anySources: fc.Arbitrary<readonly RuleSource[]> = fc
  .array(fc.tuple(fc.option(anyRules, { freq: 12 }), fc.boolean()), { maxLength: 4 })
  .map((list) => list.map(([rules, isDoubtful], i) => ({ name: `p${i}`, rules, isDoubtful: isDoubtful && i > 1 })));

const anyOptions: fc.Arbitrary<AgentOptions> = fc.record({
  defaultAllow: fc.constantFrom(true, false, null),
  installDelay: fc.constantFrom(0, 3 * DAY, 30 * DAY, null),
  language: fc.constantFrom('en', 'fr', 'de', null),
  allowedSeverities: fc.subarray(severities),
  deniedSeverities: fc.option(fc.subarray(severities)),
});

describe('many updates at once', () => {
  it('get the decisions that each gets alone', () => {
    fc.assert(
      fc.property(anyUpdates, anySources, anyOptions, (updates, sources, options) => {
        const spelling = spellingOf(options.language, seen);
        const index = indexRuled(updates);
        const says = settle(
          unite(
            index,
            sources.map(({ rules, isDoubtful }) => {
              const bits = compileRules(index, rules, spelling);
              return isDoubtful === true ? doubtful(bits) : bits;
            }),
          ),
        );
        const codes = decisionsOf(index, says, { options, spelling }, now);
        updates.forEach((update, u) => {
          expect(DECISIONS[codes[u] ?? -1]).toBe(decideInDoubt(sources, update, options, now, spelling).decision);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('are forbidden by default though a package that may hold allows some and forbids them too', () => {
    const update = { kbids: [], product: null, severity: 'Critical', classification: 'Drivers', changetime: null };
    const index = indexRuled([
      { ...update, updateId: 'a_1' },
      { ...update, updateId: 'b_1' },
    ]);
    const rules = { ...emptyRules, allowedClassifications: ['Drivers'], forbiddenUpdates: ['a_1'] };
    const options: AgentOptions = {
      defaultAllow: false,
      installDelay: 0,
      language: null,
      allowedSeverities: [],
      deniedSeverities: null,
    };
    const says = settle(unite(index, [doubtful(compileRules(index, rules))]));
    const codes = decisionsOf(index, says, { options, spelling: asStored }, now);
    expect([...codes].map((code) => DECISIONS[code])).toEqual(['forbidden', 'unknown']);
  });

  it('say where a source changed, and unite again there alone', () => {
    fc.assert(
      fc.property(anyUpdates, anyRules, anyRules, anyRules, (updates, other, before, after) => {
        const index = indexRuled(updates);
        const [others, was, is] = [other, before, after].map((rules) => compileRules(index, rules));
        if (others === undefined || was === undefined || is === undefined) throw new Error('three were given');
        const says = settle(unite(index, [others, was]));
        expect(resettle(says, others, is, differences(was, is))).toEqual(settle(unite(index, [others, is])));
      }),
    );
  });
});

describe('a name in one language here and in another there', () => {
  const french = 'Mises à jour de la sécurité';
  const index = indexRuled([
    { updateId: 'a_1', kbids: [], product: null, severity: null, classification: french, changetime: null },
  ]);
  const spelling = spellingOf(null, seen);
  const says = (...lists: readonly (readonly string[])[]) => [
    ...settle(
      unite(
        index,
        lists.map((allowedClassifications) => compileRules(index, { ...emptyRules, allowedClassifications }, spelling)),
      ),
    ),
  ];

  it('is allowed by both together, by neither alone', () => {
    expect(says(['Security Updates'])).toEqual([SAYS.maybe]);
    expect(says([french])).toEqual([SAYS.maybe]);
    expect(says(['Security Updates'], [french])).toEqual([SAYS.allow]);
    expect(says(['Security Updates'], ['Security Updates'])).toEqual([SAYS.maybe]);
  });
});

describe('entries', () => {
  const index = indexRuled([
    { updateId: 'A_1', kbids: ['KB5', '6'], product: 'P', severity: null, classification: null, changetime: null },
    { updateId: 'b_1', kbids: ['5'], product: null, severity: 'Low', classification: null, changetime: null },
  ]);
  const compile = (some: Partial<Rules>) => [...settle(compileRules(index, { ...emptyRules, ...some }))];

  it('mean ids in any case, KBs with and without prefix, and every update of a KB', () => {
    expect(compile({ allowedUpdates: [' a_1 '] })).toEqual([SAYS.allow, 0]);
    expect(compile({ forbiddenKbs: ['KB5'] })).toEqual([SAYS.forbid, SAYS.forbid]);
    expect(compile({ allowedKbs: ['6'] })).toEqual([SAYS.allow, 0]);
  });

  it('mean no update without a name', () => {
    expect(compile({ allowedProducts: ['', 'P'], allowedSeverities: [''] })).toEqual([SAYS.allow, 0]);
  });

  it('may be two million and contradict each other', () => {
    const many = Array.from({ length: 1_000_000 }, (_, i) => `x${i}_1`);
    expect(compile({ allowedUpdates: [...many, 'b_1'], forbiddenUpdates: [...many, 'b_1'] })).toEqual([
      0,
      SAYS.allow | SAYS.forbid,
    ]);
  });
});
