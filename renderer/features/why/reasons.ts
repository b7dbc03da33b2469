import { useCallback } from 'react';
import type { Why, WhyGroup, WhyReason } from '../../../contract/schemas/rules.ts';
import { AGENT_SECTION } from '../../../domain/decision.ts';
import { formatDuration } from '../../../domain/duration.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDate, formatDateTime } from '../../ui/format.ts';
import { useWhyWords } from './words.ts';

/** Puts what decided into one sentence. */
export function useReasonWords(): (reason: WhyReason) => string {
  const t = useWhyWords();
  const locale = useLocale();
  return useCallback(
    (reason) => {
      const listed = (packages: readonly string[]): string =>
        new Intl.ListFormat(locale).format(
          packages.map((name) => (name === AGENT_SECTION ? `${t('reason.ownSection')} ${AGENT_SECTION}` : name)),
        );
      switch (reason.kind) {
        case 'rule':
          return t(`reason.${reason.list}`, { packages: listed(reason.packages), entry: reason.entry });
        case 'default':
          return t(reason.defaultAllow ? 'reason.defaultOn' : 'reason.defaultOff');
        case 'unknown':
          return t(`reason.${reason.missing}`, { packages: listed(reason.packages) });
      }
    },
    [t, locale],
  );
}

/** Until when a group is held back, in words; null where it is not. */
export function useHeldWords(): (why: Pick<Why, 'changetime'>, group: WhyGroup) => string | null {
  const t = useWhyWords();
  const locale = useLocale();
  return useCallback(
    ({ changetime }, { heldUntil, installDelay }) => {
      if (heldUntil === null) return null;
      const date = formatDateTime(heldUntil, locale);
      if (changetime === null || installDelay.value === null) return t('heldUntilOnly', { date });
      return t('heldUntil', {
        date,
        delay: formatDuration(installDelay.value),
        published: formatDate(changetime, locale),
      });
    },
    [t, locale],
  );
}
