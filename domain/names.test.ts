import { describe, expect, it } from 'vitest';
import { classificationKey, languageOf, matchNames, type SeenNames, spellingOf } from './names.ts';

const seen = (classifications: readonly string[], severities: readonly string[] = ['Critical']): SeenNames => ({
  product: new Set(['Windows 11']),
  severity: new Set(severities),
  classification: new Set(classifications),
});
const both = seen(['Security Updates', 'Mises à jour de la sécurité', 'Drivers']);

describe('names in the language of a host', () => {
  it('exchanges a known name for the one that hosts of the language reported', () => {
    expect(spellingOf('fr', both)('classification', 'Security Updates').names).toEqual(['Mises à jour de la sécurité']);
    expect(spellingOf('en', both)('classification', 'Mises à jour de la sécurité').names).toEqual(['Security Updates']);
  });

  it('takes every known spelling where the language is there and this name of it was not seen', () => {
    expect(spellingOf('fr', both)('classification', 'Drivers').names).toEqual(['Pilotes']);
    expect(spellingOf('fr', both)('classification', 'Definition Updates').names).toHaveLength(2);
  });

  it('does not translate a kind of which no name in the language was ever seen', () => {
    expect(spellingOf('fr', both)('severity', 'Critical').names).toEqual(['Critical']);
    expect(spellingOf('fr', seen([], ['Critical', 'Importante']))('severity', 'Critical').names).toEqual(['Critique']);
  });

  it('leaves a name alone that is in no table', () => {
    expect(spellingOf('fr', both)('product', 'Windows Server 2016')).toEqual({
      names: ['Windows Server 2016'],
      isOpen: false,
    });
  });

  it('holds several names possible where the language is not known', () => {
    expect(spellingOf(null, both)('classification', 'Security Updates').names).toEqual([
      'Security Updates',
      'Mises à jour de la sécurité',
    ]);
    expect(spellingOf(null, both)('classification', 'Drivers').names).toEqual(['Drivers']);
  });

  it('keeps open what hosts of another language call a known name', () => {
    const german = spellingOf('de', seen(['Security Updates', 'Sicherheitsupdates']));
    expect(german('classification', 'Security Updates').isOpen).toBe(true);
    expect(german('product', 'Windows 11').isOpen).toBe(false);
    expect(spellingOf('de', both)('classification', 'Security Updates').isOpen).toBe(false);
  });

  it.each([
    ['fr', 'fr'],
    ['fr-FR', 'fr'],
    ['fr_FR.UTF-8', 'fr'],
    ['1036', 'fr'],
    ['1033', 'en'],
    ['EN', 'en'],
    ['', null],
    [null, null],
  ])('reads the language %s', (text, language) => {
    expect(languageOf(text)).toBe(language);
  });

  it('puts names of one meaning under one key', () => {
    expect(classificationKey('mises à jour de sécurité')).toBe('Security Updates');
    expect(classificationKey('0FA1201D-4330-4FA8-8AE9-B877473B6441')).toBe('Security Updates');
  });
});

describe('matching', () => {
  const has = (name: string) => ['a', 'b'].includes(name);
  it.each([
    [{ names: ['a'], isOpen: false }, 'all'],
    [{ names: ['a', 'b'], isOpen: false }, 'all'],
    [{ names: ['a', 'c'], isOpen: false }, 'some'],
    [{ names: ['c'], isOpen: false }, 'none'],
    [{ names: ['a'], isOpen: true }, 'some'],
    [{ names: ['c'], isOpen: true }, 'none'],
  ] as const)('of %o is %s', (names, match) => {
    expect(matchNames(names, has)).toBe(match);
  });
});
