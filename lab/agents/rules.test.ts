import { describe, expect, it } from 'vitest';
import { day } from '../clock.ts';
import { parseDuration } from './duration.ts';
import { isAllowed, isDelayed, type JudgedUpdate, mergeRules, type RuleLists } from './rules.ts';

const update: JudgedUpdate = {
  update_id: '92a551aa-31ab-4dcf-a259-93338f84b58e_200',
  kbids: ['5037768'],
  product: 'Windows 11',
  severity: 'Critical',
  classification: 'Security Updates',
};
const id = update.update_id;
const decide = (sources: readonly RuleLists[], defaultAllow = false, judged = update): boolean =>
  isAllowed(mergeRules(sources, { default_allow: defaultAllow, install_delay: null }), judged);

describe('the decision of protocol 9.4', () => {
  it.each<[string, readonly RuleLists[], boolean, boolean]>([
    ['1 a forbidden id beats its own allow', [{ forbidden_updates: [id], allowed_updates: [id] }], true, false],
    ['1 a forbidden id beats an allowed KB', [{ forbidden_updates: [id], allowed_kbs: ['KB5037768'] }], false, false],
    ['2 a forbidden KB beats an allowed id', [{ forbidden_kbs: ['KB5037768'], allowed_updates: [id] }], true, false],
    ['3 an allowed id', [{ allowed_updates: [id] }], false, true],
    ['4 an allowed KB, with the prefix', [{ allowed_kbs: ['KB5037768'] }], false, true],
    ['4 an allowed KB, without it', [{ allowed_kbs: ['5037768'] }], false, true],
    ['5 an allowed product', [{ allowed_products: ['Windows 11'] }], false, true],
    ['6 an allowed severity', [{ allowed_severities: ['Critical'] }], false, true],
    ['7 an allowed classification', [{ allowed_classifications: ['Security Updates'] }], false, true],
    ['5 to 7 are alternatives', [{ allowed_products: ['Windows 10'], allowed_severities: ['Critical'] }], false, true],
    [
      'names are compared in the language of the host',
      [{ allowed_classifications: ['Mises à jour de la sécurité'] }],
      false,
      false,
    ],
    ['8 the default of the ini: allowed', [], true, true],
    ['8 the default of the ini: forbidden', [{ allowed_severities: ['Low'] }], false, false],
    ['another revision escapes an id', [{ forbidden_updates: [id.replace('_200', '_201')] }], true, true],
    [
      'a forbid of one package beats an allow of another',
      [{ allowed_updates: [id] }, { forbidden_kbs: ['KB5037768'] }],
      true,
      false,
    ],
    ['null and absent lists say nothing', [{ allowed_updates: null, allowed_severities: [] }], false, false],
  ])('%s', (_name, sources, defaultAllow, allowed) => {
    expect(decide(sources, defaultAllow)).toBe(allowed);
  });

  it('does not take a missing severity, product or classification for an allowed one', () => {
    const bare: JudgedUpdate = { update_id: id, kbids: null, product: null, severity: null, classification: null };
    expect(
      decide([{ allowed_severities: ['Critical'], allowed_products: ['null'], allowed_kbs: ['KB'] }], false, bare),
    ).toBe(false);
  });

  it('takes default_allow and install_delay from the ini only', () => {
    const package_ = { default_allow: true, install_delay: '30d' } as RuleLists;
    const rules = mergeRules([package_], { default_allow: false, install_delay: '7d' });
    expect(isAllowed(rules, update)).toBe(false);
    expect(rules.delay).toBe(7 * day);
  });

  it('holds back until publication plus delay, and never what has no date', () => {
    const rules = mergeRules([], { default_allow: true, install_delay: '7d' });
    const now = Date.UTC(2026, 10, 21);
    expect(isDelayed(rules, now - 7 * day + 1, now)).toBe(true);
    expect(isDelayed(rules, now - 7 * day, now)).toBe(false);
    expect(isDelayed(rules, null, now)).toBe(false);
  });
});

describe('durations of the ini', () => {
  it.each([
    ['7d', 7 * day],
    ['12h', day / 2],
    ['1.5h', 5_400_000],
    ['120m', 7_200_000],
    ['30s', 30_000],
    ['2w', 14 * day],
    ['3', 3 * day],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });
  it.each(['', 'soon', '7 days', '-1d'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
