import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../contract/errors.ts';
import { en as campaignsEn } from '../features/campaigns/words/en.ts';
import { fr as campaignsFr } from '../features/campaigns/words/fr.ts';
import { en as cvesEn } from '../features/cves/words/en.ts';
import { fr as cvesFr } from '../features/cves/words/fr.ts';
import { en as downloadsEn } from '../features/downloads/words/en.ts';
import { fr as downloadsFr } from '../features/downloads/words/fr.ts';
import { en as knownBadEn } from '../features/failures/known-bad/words/en.ts';
import { fr as knownBadFr } from '../features/failures/known-bad/words/fr.ts';
import { en as failuresEn } from '../features/failures/words/en.ts';
import { fr as failuresFr } from '../features/failures/words/fr.ts';
import { en as hostsEn } from '../features/hosts/words/en.ts';
import { fr as hostsFr } from '../features/hosts/words/fr.ts';
import { en as journalEn } from '../features/journal/words/en.ts';
import { fr as journalFr } from '../features/journal/words/fr.ts';
import { en as optionsEn } from '../features/options/words/en.ts';
import { fr as optionsFr } from '../features/options/words/fr.ts';
import { en as assignmentEn } from '../features/packages/assignment/words/en.ts';
import { fr as assignmentFr } from '../features/packages/assignment/words/fr.ts';
import { en as builderEn } from '../features/packages/builder/words/en.ts';
import { fr as builderFr } from '../features/packages/builder/words/fr.ts';
import { en as forecastEn } from '../features/packages/forecast/words/en.ts';
import { fr as forecastFr } from '../features/packages/forecast/words/fr.ts';
import { en as historyEn } from '../features/packages/history/words/en.ts';
import { fr as historyFr } from '../features/packages/history/words/fr.ts';
import { en as packagesEn } from '../features/packages/words/en.ts';
import { fr as packagesFr } from '../features/packages/words/fr.ts';
import { en as ringsEn } from '../features/rings/words/en.ts';
import { fr as ringsFr } from '../features/rings/words/fr.ts';
import { en as sessionEn } from '../features/session/words/en.ts';
import { fr as sessionFr } from '../features/session/words/fr.ts';
import { en as signerEn } from '../features/signer/words/en.ts';
import { fr as signerFr } from '../features/signer/words/fr.ts';
import { en as triageEn } from '../features/triage/words/en.ts';
import { fr as triageFr } from '../features/triage/words/fr.ts';
import { en as updatesEn } from '../features/updates/words/en.ts';
import { fr as updatesFr } from '../features/updates/words/fr.ts';
import { en as whyEn } from '../features/why/words/en.ts';
import { fr as whyFr } from '../features/why/words/fr.ts';
import { ERROR_FACTS } from '../ui/error-words.ts';
import { en as commonEn } from './words/en.ts';
import { en as errorsEn } from './words/errors-en.ts';
import { fr as errorsFr } from './words/errors-fr.ts';
import { fr as commonFr } from './words/fr.ts';

const subjects: Readonly<Record<string, readonly [object, object]>> = {
  common: [commonEn, commonFr],
  errors: [errorsEn, errorsFr],
  session: [sessionEn, sessionFr],
  signer: [signerEn, signerFr],
  updates: [updatesEn, updatesFr],
  downloads: [downloadsEn, downloadsFr],
  journal: [journalEn, journalFr],
  options: [optionsEn, optionsFr],
  history: [historyEn, historyFr],
  packages: [packagesEn, packagesFr],
  assignment: [assignmentEn, assignmentFr],
  cves: [cvesEn, cvesFr],
  hosts: [hostsEn, hostsFr],
  knownBad: [knownBadEn, knownBadFr],
  campaigns: [campaignsEn, campaignsFr],
  failures: [failuresEn, failuresFr],
  builder: [builderEn, builderFr],
  triage: [triageEn, triageFr],
  rings: [ringsEn, ringsFr],
  forecast: [forecastEn, forecastFr],
  why: [whyEn, whyFr],
};

/** Every text by its path. */
function texts(words: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words) as [string, unknown][]) {
    if (typeof value === 'string') found.set(path + key, value);
    else if (typeof value === 'object' && value !== null)
      for (const [inner, text] of texts(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}

const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();

describe.each(Object.entries(subjects))('the words of %s', (_subject, [english, french]) => {
  const [en, fr] = [texts(english), texts(french)];

  it('are the same in both languages', () => {
    expect([...fr.keys()].toSorted()).toEqual([...en.keys()].toSorted());
  });

  it('are never empty', () => {
    expect([...en, ...fr].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('mention the same values in both languages', () => {
    const different = [...en]
      .filter(([key, text]) => holes(text).join() !== holes(fr.get(key) ?? '').join())
      .map(([key]) => key);
    expect(different).toEqual([]);
  });
});

describe('the words of errors', () => {
  it('exist for every code of the contract, and for nothing else', () => {
    const { serverSaid: _en, ...en } = errorsEn;
    expect(Object.keys(en).toSorted()).toEqual([...ERROR_CODES].toSorted());
  });

  it('mention only facts that main sends', () => {
    const known: readonly string[] = ERROR_FACTS;
    const unknown = [...texts(errorsEn), ...texts(errorsFr)].flatMap(([key, text]) =>
      holes(text).flatMap((hole) => (known.includes(hole) ? [] : [`${key}: ${hole}`])),
    );
    expect(unknown).toEqual([]);
  });

  it('say a next step', () => {
    for (const code of ERROR_CODES) {
      expect(errorsEn[code].next, code).toMatch(/[.?a-z]$/);
      expect(errorsFr[code].title, code).not.toBe(errorsEn[code].title);
    }
  });
});
