import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findRules,
  formatRulesFile,
  LEGACY_RULES_PATH,
  parseRulesFile,
  RULE_LIST_KEYS,
  RULES_PATHS,
  type RulesFile,
} from './rules-file.ts';
import { vectorText } from './testing.ts';

describe('vector A0', () => {
  it('is read and written bit for bit', () => {
    const rules = parseRulesFile(vectorText('A0-waptwua_rules.json'));
    expect(rules.allowed_updates).toEqual(['8bdc279b-231a-48de-92f1-6027f441d92b_200']);
    expect(formatRulesFile(rules)).toBe(vectorText('A0-waptwua_rules.json'));
  });
});

describe('parseRulesFile', () => {
  it('keeps null, the empty list and the missing key apart, and unknown keys as they are', () => {
    const rules = parseRulesFile('{"allowed_severities":[],"allowed_products":null,"new_key":{"a":[1]},"__proto__":1}');
    expect(rules.allowed_severities).toEqual([]);
    expect(rules.allowed_products).toBeNull();
    expect(Object.hasOwn(rules, 'allowed_updates')).toBe(false);
    expect(rules.new_key).toEqual({ a: [1] });
    expect(formatRulesFile(rules, { emptyLists: 'keep' })).toBe(
      JSON.stringify(
        JSON.parse('{"allowed_severities":[],"allowed_products":null,"new_key":{"a":[1]},"__proto__":1}'),
        null,
        2,
      ),
    );
  });

  it.each([
    ['no JSON', '{\n  "allowed_updates": [\n    nonsense\n', 3],
    ['a missing comma', '{\n  "allowed_updates": [\n    "a"\n    "b"\n  ]\n}', 4],
    ['a text that goes on', '{\n  "a": "x\n  y"\n}', 2],
    ['a second value', '{}\n{}', 2],
    ['a cut file', '{\n"allowed_updates":\n[', 3],
    ['nothing', '', 1],
    ['a list', '[]', 1],
    ['a text', '"x"', 1],
    ['null', 'null', 1],
    ['a list that is a text', '{\n"allowed_kbs": "KB1"}', 2],
    ['a list with a number', '{\n\n"allowed_kbs": ["KB1", 5043064]}', 3],
    ['a switch that is a text', '{"default_allow": "True"}', 1],
    ['a delay that is a list', '{"install_delay": []}', 1],
  ])('refuses %s with the line', (_what, text, line) => {
    expect(() => parseRulesFile(text)).toThrow(expect.objectContaining({ code: 'bad-rules', line }));
  });

  it('reads and writes a million ids in reasonable time', () => {
    const ids = Array.from({ length: 1_000_000 }, (_, at) => `8bdc279b-231a-48de-92f1-6027f441d92b_${at}`);
    const started = performance.now();
    const rules = parseRulesFile(JSON.stringify({ allowed_updates: ids }));
    expect(rules.allowed_updates).toHaveLength(1_000_000);
    expect(formatRulesFile({ ...rules, allowed_updates: [...ids, ...ids.slice(0, 10)] }).split('\n')).toHaveLength(
      1_000_004,
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('formatRulesFile', () => {
  it('writes items once and leaves out empty lists unless told to keep them', () => {
    const rules: RulesFile = { allowed_kbs: ['KB2', 'KB1', 'KB2'], forbidden_kbs: [], allowed_products: null };
    expect(JSON.parse(formatRulesFile(rules))).toEqual({ allowed_kbs: ['KB2', 'KB1'], allowed_products: null });
    expect(JSON.parse(formatRulesFile(rules, { emptyLists: 'keep' }))).toHaveProperty('forbidden_kbs', []);
  });

  it('keeps unknown keys and their order through an edit', () => {
    const rules = parseRulesFile('{"z_future":[],"allowed_updates":["a"],"a_future":null}');
    expect(formatRulesFile({ ...rules, allowed_updates: ['b'] })).toBe(
      JSON.stringify({ z_future: [], allowed_updates: ['b'], a_future: null }, null, 2),
    );
  });

  it('refuses what it would not read again', () => {
    const wrong: Readonly<Record<string, unknown>> = { allowed_kbs: 'KB1' };
    expect(() => formatRulesFile(wrong as RulesFile)).toThrow(expect.objectContaining({ code: 'bad-rules' }));
  });

  it('reads back what it wrote', () => {
    const list = fc.oneof(fc.constant(null), fc.uniqueArray(fc.string({ unit: 'binary' })));
    const known = fc.record(Object.fromEntries(RULE_LIST_KEYS.map((key) => [key, list])), { requiredKeys: [] });
    const unknown = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(known, unknown, (lists, others) => {
        const rules: RulesFile = { ...lists, ...others };
        const written = formatRulesFile(rules, { emptyLists: 'keep' });
        expect(parseRulesFile(written)).toEqual(JSON.parse(JSON.stringify(rules)));
        expect(formatRulesFile(parseRulesFile(written), { emptyLists: 'keep' })).toBe(written);
      }),
    );
  });
});

describe('findRules', () => {
  const bytes = Buffer.from('{}');

  it('looks at both paths, then at the one of 2015', () => {
    const all = new Map<string, Buffer>([
      [LEGACY_RULES_PATH, bytes],
      [RULES_PATHS[1], bytes],
      [RULES_PATHS[0], bytes],
    ]);
    const found: unknown[] = [];
    for (const path of [...RULES_PATHS, LEGACY_RULES_PATH]) {
      found.push(findRules(all));
      all.delete(path);
    }
    expect(found).toEqual([
      { path: RULES_PATHS[0], legacy: false, text: '{}' },
      { path: RULES_PATHS[1], legacy: false, text: '{}' },
      { path: LEGACY_RULES_PATH, legacy: true, text: '{}' },
    ]);
    expect(findRules(all)).toBeNull();
  });

  it('refuses a file that is not UTF-8', () => {
    expect(() => findRules(new Map([[RULES_PATHS[0], Buffer.from([0xff])]]))).toThrow(
      expect.objectContaining({ code: 'bad-rules' }),
    );
  });
});
