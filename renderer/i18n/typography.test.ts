import { expect, it } from 'vitest';
import { typeset } from './typography.ts';

it('keeps French signs on the line of their word', () => {
  expect(typeset({ a: 'Rien : tout ; quoi ? Oui !', b: { c: 'Renommer « {{name}} »', d: '{{percent}} %' } })).toEqual({
    a: 'Rien\u00a0: tout\u00a0; quoi\u00a0? Oui\u00a0!',
    b: { c: 'Renommer «\u00a0{{name}}\u00a0»', d: '{{percent}}\u00a0%' },
  });
  expect(typeset('https://a:8443 à 10:30, C:\\x')).toBe('https://a:8443 à 10:30, C:\\x');
});
