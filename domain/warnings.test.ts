import { describe, expect, it } from 'vitest';
import { emptyRules, type Rules } from './rules.ts';
import { indexWarned, ruleWarnings, type WarnedUpdate, type Warning } from './warnings.ts';

const update = (id: string, some: Partial<WarnedUpdate> = {}): WarnedUpdate => ({
  updateId: id,
  kbids: [],
  product: 'Windows 11',
  severity: null,
  classification: 'Updates',
  changetime: null,
  isSuperseded: false,
  needed: 0,
  ...some,
});

const updates = [
  update('a_1', { kbids: ['1'], isSuperseded: true }),
  update('a_3', { kbids: ['1'], needed: 4 }),
  update('a_2', { kbids: ['1'], isSuperseded: true, needed: 3 }),
  update('b_1', { kbids: ['2'], severity: 'Critical', product: 'Windows 10', needed: 2 }),
  update('c_1', { kbids: ['3'], severity: 'Critical', classification: 'Mises à jour de la sécurité' }),
];
/** Hosts that need the updates of these positions: two of the four that need the one need the other too. */
const NEEDS: Readonly<Record<number, readonly string[]>> = {
  1: ['p', 'q', 'r', 's'],
  2: ['r', 's', 't'],
  3: ['p', 'q'],
};
const hostsNeeding = (positions: readonly number[]): number => new Set(positions.flatMap((i) => NEEDS[i] ?? [])).size;
const index = indexWarned(updates, hostsNeeding);

const warn = (
  rules: Partial<Rules>,
  others: Parameters<typeof ruleWarnings>[1] = [],
  options: Parameters<typeof ruleWarnings>[3] = {},
) => ruleWarnings({ ...emptyRules, ...rules }, others, index, options);
const kinds = (list: readonly Warning[]) => list.map((warning) => warning.kind);

describe('warnings', () => {
  it('say that categories are alternatives, and what each allows alone', () => {
    const { warnings } = warn({ allowedProducts: ['Windows 11'], allowedSeverities: ['Critical'] });
    expect(warnings[0]).toEqual({
      kind: 'categories-are-or',
      lists: [
        { list: 'allowedProducts', allows: 4, only: 3 },
        { list: 'allowedSeverities', allows: 2, only: 1 },
      ],
    });
    expect(kinds(warn({ allowedProducts: ['Windows 11', 'Windows 10'] }).warnings)).toEqual([]);
  });

  it('point at the newest revision that an id rule misses, with the KB that would catch it', () => {
    const { warnings } = warn({ forbiddenUpdates: ['A_1'] });
    expect(warnings).toContainEqual({
      kind: 'newer-revision',
      list: 'forbiddenUpdates',
      entry: 'A_1',
      newer: 'a_3',
      kb: 'KB1',
    });
    expect(kinds(warn({ forbiddenUpdates: ['a_1'], forbiddenKbs: ['KB1'] }).warnings)).not.toContain('newer-revision');
    expect(kinds(warn({ allowedUpdates: ['a_1', 'a_2', 'a_3'] }).warnings)).not.toContain('newer-revision');
  });

  it('name entries that mean nothing, in whatever language they are written', () => {
    const { warnings } = warn({ allowedKbs: ['KB9'], allowedClassifications: ['Security Updates', 'Tools'] });
    expect(warnings.filter((warning) => warning.kind === 'matches-nothing')).toEqual([
      { kind: 'matches-nothing', list: 'allowedKbs', entry: 'KB9' },
      { kind: 'matches-nothing', list: 'allowedClassifications', entry: 'Tools' },
    ]);
  });

  it('name the packages that forbid what is allowed here', () => {
    const forbids = { name: 'strict', rules: { ...emptyRules, forbiddenKbs: ['KB2'] } };
    const allows = { name: 'open', rules: { ...emptyRules, allowedKbs: ['KB2'] } };
    const unread = { name: 'unread', rules: null };
    expect(warn({ allowedUpdates: ['b_1'] }, [forbids, allows, unread]).warnings).toEqual([
      { kind: 'forbidden-elsewhere', list: 'allowedUpdates', entry: 'b_1', packages: ['strict'] },
    ]);
  });

  it('say that only what is superseded is allowed', () => {
    expect(
      warn({ allowedUpdates: ['a_1', 'a_2'] }).warnings.filter((each) => each.kind === 'only-superseded'),
    ).toHaveLength(2);
    expect(kinds(warn({ allowedKbs: ['KB1'] }).warnings)).not.toContain('only-superseded');
  });

  it('keep silent about what matches nothing where no update is known yet', () => {
    const nothing = indexWarned([], () => 0);
    expect(ruleWarnings({ ...emptyRules, allowedKbs: ['KB1'] }, [], nothing).warnings).toEqual([]);
  });

  it('say that something needed is forbidden, and by how many hosts, each counted once', () => {
    expect(warn({ forbiddenKbs: ['KB1'] }).warnings).toEqual([
      { kind: 'forbidden-but-needed', list: 'forbiddenKbs', entry: 'KB1', needed: 5, examples: ['a_1', 'a_3', 'a_2'] },
    ]);
  });

  it('see both lists naming the same', () => {
    expect(kinds(warn({ allowedKbs: ['kb3'], forbiddenKbs: ['KB3'] }).warnings)).toContain('contradiction');
    expect(kinds(warn({ allowedUpdates: ['C_1'], forbiddenUpdates: ['c_1'] }).warnings)).toContain('contradiction');
  });

  it('count hosts that do not trust the signer or do not take the maturity', () => {
    const fleet = { maturity: 'DEV', signerUntrusted: 3, maturityNotTaken: 2 };
    expect(warn({}, [], { fleet }).warnings).toEqual([
      { kind: 'signer-untrusted', hosts: 3 },
      { kind: 'maturity-not-taken', maturity: 'DEV', hosts: 2 },
    ]);
    expect(warn({}, [], { fleet: { maturity: 'DEV', signerUntrusted: null, maturityNotTaken: 0 } }).warnings).toEqual(
      [],
    );
  });

  it('keep few of a kind and count them all, among a million entries', () => {
    const allowedUpdates = Array.from({ length: 1_000_000 }, (_, i) => `x${i}_1`);
    const { warnings, counts } = warn({ allowedUpdates }, [], { limit: 10 });
    expect(warnings).toHaveLength(10);
    expect(counts).toEqual({ 'matches-nothing': 1_000_000 });
  });

  it('are said of a KB, and not again of the ids that stand beside it', () => {
    const { warnings } = warn({ forbiddenKbs: ['KB1'], forbiddenUpdates: ['a_1', 'a_3', 'b_1'] });
    expect(warnings.map((warning) => [warning.kind, 'entry' in warning ? warning.entry : ''])).toEqual([
      ['forbidden-but-needed', 'b_1'],
      ['forbidden-but-needed', 'KB1'],
    ]);
    const both = warn({ allowedKbs: ['KB3'], allowedUpdates: ['c_1'], forbiddenUpdates: ['c_1'] });
    expect(kinds(both.warnings)).toContain('contradiction');
  });

  it('name what one marked as known to be bad, unless the package forbids it', () => {
    const marked = indexWarned(
      updates.map((one) => ({ ...one, isKnownBad: one.updateId === 'c_1' })),
      hostsNeeding,
    );
    const of = (rules: Partial<Rules>) =>
      ruleWarnings({ ...emptyRules, ...rules }, [], marked).warnings.filter((warning) => warning.kind === 'known-bad');
    expect(of({ allowedSeverities: ['Critical'], allowedKbs: ['KB3', 'KB2'] })).toEqual([
      { kind: 'known-bad', list: 'allowedKbs', entry: 'KB3', examples: ['c_1'] },
      { kind: 'known-bad', list: 'allowedSeverities', entry: 'Critical', examples: ['c_1'] },
    ]);
    expect(of({ allowedSeverities: ['Critical'], forbiddenKbs: ['KB3'] })).toEqual([]);
    expect(of({ forbiddenUpdates: ['c_1'] })).toEqual([]);
  });
});
