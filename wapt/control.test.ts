import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import {
  CONTROL_ATTRIBUTES,
  type ControlFields,
  formatControl,
  normaliseControl,
  parseControl,
  parseControlRecords,
  signedContent,
} from './control.ts';
import { vectorText } from './testing.ts';

describe('the vectors', () => {
  it.each(['A1-control-unsigned.txt', 'A4-control-signed.txt', 'B1-control-unsigned.txt', 'B4-control-signed.txt'])(
    'reads and writes %s bit for bit',
    (name) => {
      const text = vectorText(name);
      expect(formatControl(parseControl(text))).toBe(text);
    },
  );

  it.each(['A', 'B'])('rebuilds the signed bytes of %s from the text', (letter) => {
    const control = parseControl(vectorText(`${letter}4-control-signed.txt`));
    expect(canonicalJson(signedContent(control))).toBe(vectorText(`${letter}2-control-signed-bytes.json`));
  });

  it('reads the number, the emoji and the second line', () => {
    const group = parseControl(vectorText('B4-control-signed.txt'));
    expect(group.installed_size).toBe(254251008);
    expect(group.description).toBe('émoji 😀 fin');
    const wsus = parseControl(vectorText('A4-control-signed.txt'));
    expect(wsus.installed_size).toBe('');
    expect(wsus.description).toBe('Règles WUA de test\nseconde ligne : "guillemets" et \\ antislash');
  });

  it('writes the records of the index bit for bit', () => {
    const text = vectorText('E1-Packages.txt');
    const records = parseControlRecords(text);
    expect(records.map(({ filename }) => filename)).toEqual([
      'tis-vectors-wua_3_PROD_051b50cbe5600d81474a7ea8530e9206.wapt',
      'tis-vectors-group_1.2.3-4_x64_DEV_fr-en_56c6a3ebbe81355d24178e64aba3cae3.wapt',
    ]);
    expect(`${records.map(formatControl).join('\n\n')}\n`).toBe(text);
  });
});

describe('parseControl', () => {
  it('does not mind CRLF, spacing, order and case of keys', () => {
    const plain = parseControl('package: a\nversion: 1\ndescription: x\n y');
    expect(parseControl('VERSION :1\r\nDescription:  x \r\n    y  \r\npackage:\u00a0a\u00a0\r\n')).toEqual(plain);
  });

  it('splits at the first colon only and keeps unknown keys', () => {
    expect(parseControl('package: a\nhomepage: https://wapt.example:8088/\nx-new: 1')).toEqual({
      package: 'a',
      homepage: 'https://wapt.example:8088/',
      'x-new': '1',
    });
  });

  it('reads sizes as numbers where they are integers', () => {
    expect(parseControl('package: 12\nsize: 3382\ninstalled_size: many')).toEqual({
      package: '12',
      size: 3382,
      installed_size: 'many',
    });
    expect(parseControl('size: 99999999999999999999').size).toBe('99999999999999999999');
  });

  it.each([
    ['no colon', 'package: a\nnonsense', 2],
    ['an empty key', 'package: a\n\u00a0: x', 2],
    ['a continuation of nothing', ' x\npackage: a', 1],
    ['an attribute twice', 'package: a\nversion: 1\nPackage: b', 3],
  ])('refuses %s with the line', (_what, text, line) => {
    expect(() => parseControl(text)).toThrow(expect.objectContaining({ code: 'bad-control', line }));
  });

  it.each([
    ['nothing', ''],
    ['empty lines', '\n\n'],
    ['a second record', 'package: a\n\npackage: b'],
  ])('refuses %s', (_what, text) => {
    expect(() => parseControl(text)).toThrow(expect.objectContaining({ code: 'bad-control' }));
  });

  it('takes the defaults of a verifier for signed names that the text lacks', () => {
    const control = parseControl(
      'package: a\nsigned_attributes: package,version,architecture,section,priority,name,constructor',
    );
    expect(signedContent(control)).toEqual({
      package: 'a',
      version: '0',
      architecture: 'all',
      section: 'base',
      priority: 'optional',
      name: '',
      constructor: null,
    });
  });
});

describe('normaliseControl', () => {
  it('makes values survive: lines stripped, none empty, no exotic separator', () => {
    const { description } = normaliseControl({ description: ' \n\t a\u0085\u2028\r\n  b \t c\u00a0\n\n\u001f' });
    expect(description).toBe('a\nb \t c');
  });

  it('signs a numeric size as a number and an empty one as text', () => {
    expect(normaliseControl({ installed_size: ' 12 ' }).installed_size).toBe(12);
    expect(normaliseControl({ installed_size: -0 }).installed_size).toBe(0);
    expect(normaliseControl({ installed_size: ' ' }).installed_size).toBe('');
  });

  it.each([[''], ['a:b'], ['a\nb'], [' \t']])('refuses the key %j', (name) => {
    expect(() => normaliseControl({ [name]: 'x' })).toThrow(expect.objectContaining({ code: 'bad-control' }));
  });

  it('refuses two keys that become one, and a size that is no integer', () => {
    expect(() => normaliseControl({ Name: 'x', name: 'y' })).toThrow(expect.objectContaining({ code: 'bad-control' }));
    expect(() => normaliseControl({ size: 1.5 })).toThrow(expect.objectContaining({ code: 'bad-control' }));
  });
});

describe('any control', () => {
  const hard = fc.constantFrom(
    '\n',
    '\r',
    '\r\n',
    '\t',
    ' ',
    ':',
    '\\',
    '"',
    '\u0085',
    '\u2028',
    '\u000b',
    '\u001c',
    '\u001f',
    '\u00a0',
    '\ufeff',
    '\u180e',
    '\u{1F600}',
    '\ud800',
  );
  const text = fc.array(fc.oneof(fc.string({ unit: 'binary' }), hard), { maxLength: 8 }).map((parts) => parts.join(''));
  const unknownName = fc.stringMatching(/^x-[a-z_]{1,12}$/);
  const control: fc.Arbitrary<ControlFields> = fc.dictionary(
    fc.oneof(fc.constantFrom<string>(...CONTROL_ATTRIBUTES), unknownName),
    fc.oneof(text, fc.nat().map(String)),
    { minKeys: 1, noNullPrototype: true },
  );

  it('reads back what was written, normalised', () => {
    fc.assert(
      fc.property(control, (fields) => {
        const written = formatControl(fields);
        expect(parseControl(written)).toEqual(normaliseControl(fields));
        expect(formatControl(parseControl(written))).toBe(written);
      }),
    );
  });

  it('signs the same bytes before writing and after reading, through UTF-8', () => {
    fc.assert(
      fc.property(control, (fields) => {
        const names = Object.keys(normaliseControl(fields)).filter((name) => name !== 'signed_attributes');
        const before = normaliseControl({ ...fields, signed_attributes: names.join(',') });
        const after = parseControl(Buffer.from(formatControl(before), 'utf8').toString('utf8'));
        expect(canonicalJson(signedContent(after))).toBe(canonicalJson(signedContent(before)));
      }),
    );
  });
});
