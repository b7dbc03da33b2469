const NO_BREAK = '\u00a0';

const spaced = (text: string): string => text.replace(/ (?=[:;?!»%])/g, NO_BREAK).replace(/(?<=«) /g, NO_BREAK);

/** French words with the spaces that French typography asks for before `: ; ? ! %` and inside quotes: no line breaks there. */
export function typeset<Words>(words: Words): Words {
  if (typeof words === 'string') return spaced(words) as Words;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, typeset(value)])) as Words;
}
