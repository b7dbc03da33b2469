import { Alert, Box, Checkbox, FormControlLabel, Stack, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionRun } from '../../../contract/schemas/actions.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useServer } from '../../app/session.ts';
import { useLocale } from '../../i18n/locale.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatDuration } from '../../ui/format.ts';
import { KnownBadOrderWarning } from '../failures/known-bad/OrderWarning.tsx';
import { Command } from './Command.tsx';
import { HostNames } from './HostNames.tsx';
import { closeOrder, type Order, useOrder } from './order.ts';
import { COMMANDS, isCommunity, planTrigger, type TriggerPlan } from './trigger-plan.ts';

/** Seconds of clock difference from which one is warned; hosts drop orders from 6 hours on (design, security). */
const CLOCK_WARNING = 300;

/** Confirms the order that waits, if any: how many hosts, how many are out of reach, what follows. */
export function OrderDialog({ onOrdered }: { readonly onOrdered: (run: ActionRun) => void }) {
  const order = useOrder((state) => state.order);
  return order === null ? null : <Confirmation key={order.uuids.join()} order={order} onOrdered={onOrdered} />;
}

function Confirmation({ order, onOrdered }: { readonly order: Order; readonly onOrdered: (run: ActionRun) => void }) {
  const { t } = useTranslation('hosts');
  const { action } = order;
  const { data } = useCall('hosts.list', {});
  const signer = useCall('signer.state', {}).data ?? null;
  const server = useServer();
  const trigger = useAction('actions.trigger');
  const [isReachableOnly, setReachableOnly] = useState(false);
  const plan = useMemo(() => {
    const wanted = new Set(order.uuids);
    return planTrigger(data?.rows.filter((row) => wanted.has(row.uuid)) ?? [], signer);
  }, [order, data, signer]);
  const targets = isReachableOnly ? plan.reachable : plan.hosts;
  const send = (): void => {
    trigger.mutate(
      { action, uuids: targets.map((host) => host.uuid) },
      {
        onSuccess: (run) => {
          closeOrder();
          onOrdered(run);
        },
      },
    );
  };
  return (
    <ConfirmDialog
      open
      title={t(`confirm.${action}.title`, { count: targets.length })}
      confirmLabel={t(`confirm.${action}.go`)}
      isBusy={trigger.isPending}
      canConfirm={targets.length > 0}
      error={trigger.error?.error ?? null}
      onConfirm={send}
      onClose={closeOrder}
    >
      <Typography variant="body2">{t(`confirm.${action}.follows`)}</Typography>
      {action === 'install' ? <Alert severity="warning">{t('confirm.install.reboot')}</Alert> : null}
      <Reach plan={plan} action={action} />
      {plan.unreachable.length > 0 && plan.reachable.length > 0 ? (
        <FormControlLabel
          control={<Checkbox checked={isReachableOnly} onChange={(_event, isChecked) => setReachableOnly(isChecked)} />}
          label={t('confirm.onlyReachable')}
          sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
        />
      ) : null}
      <Warnings plan={plan} isWindowsOnly={action !== 'refresh'} isInstall={action === 'install'} />
      {action === 'install' || action === 'download' ? (
        <KnownBadOrderWarning uuids={targets.map((host) => host.uuid)} />
      ) : null}
      {action !== 'refresh' && isCommunity(server) ? <Alert severity="warning">{t('confirm.community')}</Alert> : null}
      <ClockWarning difference={server?.clockDifference ?? 0} />
    </ConfirmDialog>
  );
}

function Reach({ plan, action }: { readonly plan: TriggerPlan; readonly action: Order['action'] }) {
  const { t } = useTranslation('hosts');
  return (
    <Stack sx={{ gap: 1 }}>
      {plan.reachable.length === 0 ? (
        <Alert severity="warning">{t('confirm.noneReachable')}</Alert>
      ) : (
        <Box>
          <Typography variant="body2">{t('confirm.reachable', { count: plan.reachable.length })}</Typography>
          <HostNames hosts={plan.reachable} />
        </Box>
      )}
      {plan.unreachable.length === 0 ? null : (
        <Box>
          <Typography variant="body2">{t('confirm.unreachable', { count: plan.unreachable.length })}</Typography>
          <HostNames hosts={plan.unreachable} />
          <Command text={COMMANDS[action]} />
        </Box>
      )}
    </Stack>
  );
}

function Warnings({
  plan,
  isWindowsOnly,
  isInstall,
}: {
  readonly plan: TriggerPlan;
  readonly isWindowsOnly: boolean;
  readonly isInstall: boolean;
}) {
  const { t } = useTranslation('hosts');
  return (
    <>
      {plan.untrusting.length === 0 ? null : (
        <Alert severity="warning">
          <Typography variant="body2" sx={{ fontWeight: 600 }}>
            {t('confirm.untrusting', { count: plan.untrusting.length })}
          </Typography>
          {t('confirm.untrustingText')}
          <HostNames hosts={plan.untrusting} />
        </Alert>
      )}
      {isWindowsOnly && plan.notWindows.length > 0 ? (
        <Alert severity="warning">
          {t('confirm.notWindows', { count: plan.notWindows.length })}
          <HostNames hosts={plan.notWindows} />
        </Alert>
      ) : null}
      {isInstall && plan.rebootFirst.length > 0 ? (
        <Alert severity="info">
          {t('confirm.rebootFirst', { count: plan.rebootFirst.length })}
          <HostNames hosts={plan.rebootFirst} />
        </Alert>
      ) : null}
    </>
  );
}

function ClockWarning({ difference: signed }: { readonly difference: number }) {
  const { t } = useTranslation('hosts');
  const locale = useLocale();
  const difference = Math.abs(signed);
  if (difference < CLOCK_WARNING) return null;
  return <Alert severity="error">{t('confirm.clock', { difference: formatDuration(difference, locale) })}</Alert>;
}
