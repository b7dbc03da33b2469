import { Box, Tooltip } from '@mui/material';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../i18n/locale.ts';
import { formatAgo, formatDate, formatDateTime, parseTime } from './format.ts';

/** The present moment, anew every `milliseconds`. */
export function useNow(milliseconds: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return now;
}

/** A moment as date (and time); null reads as a dash. */
export function Time({ at, withTime = true }: { readonly at: string | null | undefined; readonly withTime?: boolean }) {
  const locale = useLocale();
  if (at === null || at === undefined || at === '') return <>–</>;
  return (
    <Box component="time" dateTime={at} sx={{ whiteSpace: 'nowrap' }}>
      {withTime ? formatDateTime(at, locale) : formatDate(at, locale)}
    </Box>
  );
}

/** How long ago something was, in the words of the language; keeps itself true. */
export function useAgo(at: string | null | undefined): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow(20_000);
  const moment = parseTime(at);
  // An event may be newer than the last tick.
  return formatAgo(at, locale, t('ago.now'), moment !== null && moment > now ? new Date(moment) : now);
}

/** How old something is, with the moment itself on hover. */
export function Ago({ at }: { readonly at: string | null | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const ago = useAgo(at);
  if (at === null || at === undefined) return <>{t('never')}</>;
  return (
    <Tooltip title={formatDateTime(at, locale)}>
      <Box component="time" dateTime={at} sx={{ whiteSpace: 'nowrap' }}>
        {ago}
      </Box>
    </Tooltip>
  );
}
