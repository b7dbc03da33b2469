import { describe, expect, it } from 'vitest';
import { systemName } from './os-name.ts';

describe('the name of a system', () => {
  it.each([
    ['Microsoft Windows 11 Entreprise', 'Microsoft Windows 11 Enterprise'],
    ['Microsoft Windows 10 Entreprise LTSC', 'Microsoft Windows 10 Enterprise LTSC'],
    ['Microsoft Windows 10 Professionnel', 'Microsoft Windows 10 Pro'],
    ['Microsoft Windows 10 Professionnel Éducation', 'Microsoft Windows 10 Pro Education'],
    ['Microsoft Windows 11 Professionnel pour les Stations de travail', 'Microsoft Windows 11 Pro for Workstations'],
    ['Microsoft Windows 7 Professionnel', 'Microsoft Windows 7 Professional'],
    ['Microsoft Windows 10 Famille Unilingue', 'Microsoft Windows 10 Home Single Language'],
    ['Microsoft Windows 11 E\u0301ducation', 'Microsoft Windows 11 Education'],
  ])('%s is %s', (reported, name) => expect(systemName(reported)).toBe(name));

  it.each(['Microsoft Windows 11 Enterprise', 'Microsoft Windows Server 2022 Standard', 'Windows für Énergie', ''])(
    'leaves %j as it is',
    (reported) => expect(systemName(reported)).toBe(reported),
  );
});
