import { Alert, AlertTitle, Box, Button, Stack, Tooltip, Typography } from '@mui/material';
import { Link2Off, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { JournalState } from '../../../contract/schemas/sync.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDateTime } from '../../ui/format.ts';

/** Whether the journal is whole, and up to where it is sealed, in one line. */
export function ChainLine({ state }: { readonly state: JournalState | undefined }) {
  const { t } = useTranslation('journal');
  const locale = useLocale();
  if (state === undefined)
    return (
      <Typography variant="caption" color="textSecondary">
        {t('chain.checking')}
      </Typography>
    );
  const { entries, brokenAt, brokenSeal, lastSeal } = state;
  if (entries === 0 && brokenSeal === null)
    return (
      <Typography variant="caption" color="textSecondary">
        {t('chain.empty')}
      </Typography>
    );
  const broken = brokenAt ?? brokenSeal;
  if (broken !== null)
    return (
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.75, color: 'error.main' }}>
        <ShieldAlert size={14} aria-hidden />
        <Typography variant="caption" sx={{ fontWeight: 600 }}>
          {t('chain.short.broken', { id: broken })}
        </Typography>
      </Stack>
    );
  const after = lastSeal === null ? 0 : entries - lastSeal.id;
  const facts = lastSeal === null ? null : { id: lastSeal.id, time: formatDateTime(lastSeal.at, locale) };
  const parts = [
    t('chain.whole', { count: entries }),
    facts === null
      ? t('chain.unsealed')
      : lastSeal?.signer == null
        ? t('chain.sealedUnknown', facts)
        : t('chain.sealed', { ...facts, signer: lastSeal.signer }),
    after > 0 ? t('chain.after', { count: after }) : '',
  ].filter((part) => part !== '');
  return (
    <Tooltip title={lastSeal === null ? '' : lastSeal.fingerprint} describeChild>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.75, minWidth: 0, color: 'success.main' }}>
        <ShieldCheck size={14} aria-hidden style={{ flexShrink: 0 }} />
        <Typography variant="caption" noWrap sx={{ color: 'text.primary' }}>
          {parts.join(' · ')}
        </Typography>
      </Stack>
    </Tooltip>
  );
}

/** What is wrong with the journal, and where. */
export function ChainNotice({
  state,
  onShow,
  onCheck,
}: {
  readonly state: JournalState;
  readonly onShow: (id: number) => void;
  readonly onCheck: () => void;
}) {
  const { t } = useTranslation('journal');
  const found = [
    state.brokenAt === null
      ? null
      : { id: state.brokenAt, title: t('chain.broken'), text: t('chain.brokenText', { id: state.brokenAt }) },
    state.brokenSeal === null
      ? null
      : {
          id: state.brokenSeal,
          title: t('chain.brokenSeal'),
          text: t('chain.brokenSealText', { id: state.brokenSeal }),
        },
  ].filter((each) => each !== null);
  return (
    <>
      {found.map(({ id, title, text }) => (
        <Alert key={title} severity="error" icon={<Link2Off size={18} aria-hidden />} sx={{ borderRadius: 0 }}>
          <AlertTitle sx={{ fontSize: '0.875rem', fontWeight: 620, mb: 0.25 }}>{title}</AlertTitle>
          {text}
          <Box sx={{ mt: 0.75, display: 'flex', gap: 1 }}>
            <Button variant="outlined" onClick={() => onShow(id)}>
              {t('chain.show', { id })}
            </Button>
            <Button onClick={onCheck}>{t('chain.again')}</Button>
          </Box>
        </Alert>
      ))}
    </>
  );
}
