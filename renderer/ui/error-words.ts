import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError, ErrorFact } from '../../contract/errors.ts';
import { useLocale } from '../i18n/locale.ts';
import { formatDateTime, formatSize, groupFingerprint } from './format.ts';

/** A failure in words: what happened, why most likely, and what to do. */
export interface ErrorWords {
  readonly title: string;
  readonly cause: string;
  readonly next: string;
}

function shown(name: string, value: ErrorFact, locale: string): string {
  if (value === null) return '–';
  if ((name === 'limit' || name === 'size') && typeof value === 'number') return formatSize(value, locale);
  if (name === 'notAfter' && typeof value === 'string') return formatDateTime(value, locale);
  if ((name === 'fingerprint' || name === 'expected') && typeof value === 'string') return groupFingerprint(value);
  return String(value);
}

/** Names of facts that sentences mention; one that main did not send reads as a dash. */
export const ERROR_FACTS = [
  'host',
  'port',
  'route',
  'status',
  'right',
  'serverCode',
  'serverMessage',
  'limit',
  'size',
  'fingerprint',
  'expected',
  'notAfter',
  'reason',
  'version',
  'newest',
  'name',
  'difference',
] as const;

/** Puts failures into words of the language shown. */
export function useErrorWords(): (error: ConsoleError) => ErrorWords {
  const { t } = useTranslation('errors');
  const locale = useLocale();
  return useCallback(
    (error) => {
      const facts = Object.fromEntries(
        ERROR_FACTS.map((name) => [name, shown(name, error.facts?.[name] ?? null, locale)]),
      ) as Record<(typeof ERROR_FACTS)[number], string>;
      return {
        title: t(`${error.code}.title` as const, facts),
        cause: t(`${error.code}.cause` as const, facts),
        next: t(`${error.code}.next` as const, facts),
      };
    },
    [t, locale],
  );
}
