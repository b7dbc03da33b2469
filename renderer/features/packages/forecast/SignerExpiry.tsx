import { Alert } from '@mui/material';
import { useCall } from '../../../app/console.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { formatDate, formatDateTime, parseTime } from '../../../ui/format.ts';
import { useNow } from '../../../ui/Time.tsx';
import { useForecastWords } from './words.ts';

const DAY = 86_400_000;
/** Days ahead from which one is told. */
const SOON = 30;

/** Warns of a signer that expires: hosts judge a package when they take it, not when it was signed (protocol 5.10). */
export function SignerExpiry() {
  const t = useForecastWords();
  const locale = useLocale();
  const now = useNow(60_000);
  const signer = useCall('signer.state', {}).data;
  if (signer?.kind !== 'open') return null;
  const { notAfter } = signer.certificate;
  const end = parseTime(notAfter);
  if (end === null) return null;
  const left = end.getTime() - now.getTime();
  if (left <= 0)
    return <Alert severity="error">{t('review.expired', { date: formatDateTime(notAfter, locale) })}</Alert>;
  if (end.toDateString() === now.toDateString()) {
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(end);
    return <Alert severity="warning">{t('review.expires', { time })}</Alert>;
  }
  const days = Math.ceil(left / DAY);
  return days > SOON ? null : (
    <Alert severity="info">{t('review.expiresSoon', { count: days, date: formatDate(notAfter, locale) })}</Alert>
  );
}
