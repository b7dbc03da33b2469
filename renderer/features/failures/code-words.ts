import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { factsOfCode, isKnownCode, type NextStep } from '../../../domain/failure-codes.ts';
import type { en } from './words/en.ts';

type Said = keyof typeof en.said;

/** What a host may say in place of a code, and what one does about it. */
const NEXT_OF_SAID: Readonly<Record<Said, NextStep>> = {
  ERROR: 'look',
  DISK_SPACE_ERROR: 'free-space',
  'ERROR DOWNLOADING WSUSSCAN': 'rescan',
  'ERROR SCANNING UPDATES': 'reset',
  'ERROR SCANNING INSTALLED': 'reset',
};

const isSaid = (code: string): code is Said => Object.hasOwn(NEXT_OF_SAID, code);

/** Whether what a host gave as its reason is spelt as a code. */
export const isCode = (code: string): boolean => /^0x[0-9a-f]{8}$/.test(code);

/** What one does next about a code; null where it is not known here. */
export const nextOf = (code: string): NextStep | null =>
  isSaid(code) ? NEXT_OF_SAID[code] : (factsOfCode(code)?.next ?? null);

/** Words for what failures are grouped by. */
export interface CodeWords {
  readonly label: (code: string) => string;
  /** The name in Microsoft's headers; empty where there is none. */
  readonly name: (code: string) => string;
  readonly meaning: (code: string) => string;
  /** Empty where no step is known. */
  readonly next: (code: string) => string;
}

/** Gives the words for codes in the language shown. A code that is not in the table is shown as it came, and said to be not known. */
export function useCodeWords(): CodeWords {
  const { t } = useTranslation('failures');
  return useMemo(
    () => ({
      label: (code) => (code === '' ? t('noCode') : code),
      name: (code) => factsOfCode(code)?.name ?? '',
      meaning: (code) => {
        if (code === '') return t('noCodeMeaning');
        if (isKnownCode(code)) return t(`codes.${code}`);
        if (isSaid(code)) return t(`said.${code}`);
        return isCode(code) ? t('unknown') : t('ownWords');
      },
      next: (code) => {
        const next = nextOf(code);
        return next === null ? '' : t(`next.${next}`);
      },
    }),
    [t],
  );
}
