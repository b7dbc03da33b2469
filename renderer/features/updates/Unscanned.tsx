import { Alert, AlertTitle, Box, Button } from '@mui/material';
import { Radar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UpdateList } from '../../../contract/schemas/updates.ts';
import { useAction } from '../../app/console.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { useEnsureSigner } from '../signer/ensure.ts';

/** Windows versions from which nothing recent is known, and the offer to scan one host of each. */
export function Unscanned({
  list,
  onDismiss,
}: {
  readonly list: UpdateList;
  readonly onDismiss?: (() => void) | undefined;
}) {
  const { t } = useTranslation(['updates', 'common']);
  const ensureSigner = useEnsureSigner();
  const say = useToasts((toasts) => toasts.say);
  const trigger = useAction('actions.trigger');
  const candidates = list.unscanned.flatMap((one) => (one.candidate === null ? [] : [one.candidate]));
  const count = list.unscanned.length;
  const scan = async (): Promise<void> => {
    if (!(await ensureSigner(t('thin.why')))) return;
    trigger.mutate(
      { action: 'scan', uuids: candidates },
      { onSuccess: (run) => say({ tone: 'ok', text: t('thin.asked', { count: run.hosts.length }) }) },
    );
  };
  if (count === 0) return null;
  return (
    <Alert
      severity="info"
      icon={<Radar size={18} aria-hidden />}
      {...(onDismiss === undefined ? {} : { onClose: onDismiss, closeText: t('common:dismiss') })}
      sx={{ borderRadius: 0, textAlign: 'left', py: 0.5, '& .MuiAlert-message': { flex: 1 } }}
    >
      <AlertTitle sx={{ fontSize: '0.8125rem', fontWeight: 620, m: 0 }}>{t('thin.title', { count })}</AlertTitle>
      {t('thin.text')}{' '}
      <Box component="span" sx={{ fontWeight: 550 }}>
        {list.unscanned
          .slice(0, 6)
          .map(({ osName, hosts, candidate }) =>
            t(candidate === null ? 'thin.unreachable' : 'thin.version', {
              name: osName,
              hosts: t('common:hosts', { count: hosts }),
            }),
          )
          .join(' · ')}
        {count > 6 ? ' …' : ''}
      </Box>
      <Box sx={{ mt: 0.75 }}>
        {candidates.length === 0 ? (
          t('thin.noCandidate')
        ) : (
          <Button
            variant="outlined"
            startIcon={<Radar size={15} aria-hidden />}
            loading={trigger.isPending}
            onClick={() => void scan()}
          >
            {t('thin.scan', { count: candidates.length })}
          </Button>
        )}
      </Box>
      {trigger.error === null ? null : (
        <Box sx={{ mt: 1 }}>
          <ErrorNotice compact error={trigger.error.error} />
        </Box>
      )}
    </Alert>
  );
}
