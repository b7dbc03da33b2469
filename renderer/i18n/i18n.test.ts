import { expect, it } from 'vitest';
import { addWords, speak, startI18n } from './i18n.ts';

it('writes counts inside of words as the language does, and leaves what is no count', async () => {
  const i18n = startI18n();
  const words = { hosts_one: '{{count}} host', hosts_other: '{{count}} hosts', port: 'port {{port}}, {{name}}' };
  addWords(i18n, 'hosts', { en: words, fr: { ...words, port: 'port {{port}} : {{name}}' } });
  const t = i18n.getFixedT(null, 'hosts') as unknown as (key: string, values: object) => string;
  expect(t('hosts', { count: 1 })).toBe('1 host');
  expect(t('hosts', { count: 12_000 })).toBe('12,000 hosts');
  expect(t('port', { port: 8443, name: 'x' })).toBe('port 8443, x');
  await speak(i18n, 'fr');
  const french = i18n.getFixedT('fr', 'hosts') as unknown as (key: string, values: object) => string;
  expect(french('hosts', { count: 12_000 })).toBe('12\u202f000 hosts');
  expect(french('port', { port: 8443, name: 'x' })).toBe('port 8443\u00a0: x');
});
