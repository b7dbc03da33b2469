import { expect, it } from 'vitest';
import { folderVerdict, isServerItself, repositoriesOf } from './repositories.ts';

it('reads one address or several, each once', () => {
  expect(repositoriesOf('https://a/wapt/')).toEqual(['https://a/wapt']);
  expect(repositoriesOf('https://a/wapt, https://b/wapt;https://a/wapt')).toEqual(['https://a/wapt', 'https://b/wapt']);
  expect(repositoriesOf(null)).toEqual([]);
  expect(repositoriesOf('  ')).toEqual([]);
});

it('knows the server by its name', () => {
  expect(isServerItself('https://SrvWapt.lan/wapt', 'https://srvwapt.lan:8443')).toBe(true);
  expect(isServerItself('https://repo.lan/wapt', 'https://srvwapt.lan')).toBe(false);
  expect(isServerItself('nonsense', 'https://srvwapt.lan')).toBe(false);
});

it('says that a folder is not synchronised only where hosts prove it', () => {
  expect(folderVerdict({ finds: 0, lacks: 0 })).toBe('unknown');
  expect(folderVerdict({ finds: 4, lacks: 0 })).toBe('yes');
  expect(folderVerdict({ finds: 4, lacks: 1 })).toBe('yes');
  expect(folderVerdict({ finds: 0, lacks: 1 })).toBe('no');
  expect(folderVerdict({ finds: 2, lacks: 5 })).toBe('partly');
  expect(folderVerdict({ finds: 1, lacks: 5 })).toBe('no');
});
