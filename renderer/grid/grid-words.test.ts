import { expect, it } from 'vitest';
import { gridText } from './grid-words.ts';

it('says what AG Grid says in the language of the moment, and its own words where there are none', () => {
  expect(gridText('en', 'ariaChecked', 'checked!')).toBe('checked');
  expect(gridText('fr', 'ariaChecked', 'checked!')).toBe('coché');
  expect(gridText('fr', 'somethingNew', 'something new')).toBe('something new');
});
