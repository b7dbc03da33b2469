/** Names of Windows over languages: a host reports its system in its own, and the same edition is one entry. */

/** French words of editions and the English ones, the longer before the shorter. */
const EDITIONS: readonly (readonly [french: RegExp, english: string])[] = [
  [/Professionnel pour (?:les )?stations de travail/i, 'Pro for Workstations'],
  [/Famille Unilingue/i, 'Home Single Language'],
  [/(?<=Windows (?:7|Vista)\b.*)Professionnel/i, 'Professional'],
  [/Professionnel/i, 'Pro'],
  [/Entreprise/i, 'Enterprise'],
  [/Éducation/i, 'Education'],
  [/Famille/i, 'Home'],
];

/** The name under which a system is grouped: the English one of an edition that is known, else what the host says. */
export function systemName(reported: string): string {
  const text = reported.normalize('NFC');
  const known = EDITIONS.reduce((name, [french, english]) => name.replace(french, english), text);
  return known === text ? reported : known;
}
