import { Box, Button, Stack, Tooltip, Typography } from '@mui/material';
import { Clock, FilePen, Radar, RefreshCw, Settings2, UserCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { Why, WhyChange, WhyGroup } from '../../../contract/schemas/rules.ts';
import type { Rules } from '../../../domain/rules.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { useToasts } from '../../ui/toasts.ts';
import { useStartOrder } from '../hosts/order.ts';
import { useChangePackage } from '../packages/use-change-package.ts';
import { gatherChanges, type Removal, withAddition, withoutRemoval } from './change-rules.ts';
import { showFacts } from './open.ts';
import { useWhyWords } from './words.ts';

const NO_UPDATES: readonly UpdateRow[] = [];

/** What would change a verdict, each as the button that does it where the console can. */
export function WhyChanges({
  why,
  group,
  uuid,
  onLeave,
}: {
  readonly why: Why;
  readonly group: WhyGroup;
  readonly uuid: string | null;
  readonly onLeave?: (() => void) | undefined;
}) {
  const t = useWhyWords();
  const locale = useLocale();
  const navigate = useNavigate();
  const say = useToasts((toasts) => toasts.say);
  const changePackage = useChangePackage();
  const startOrder = useStartOrder();
  const known = useCall('updates.list', {}).data?.rows ?? NO_UPDATES;
  const [failure, setFailure] = useState<{ readonly package: string; readonly error: ConsoleError } | null>(null);
  const { removals, others } = gatherChanges(group.changes);
  if (group.changes.length === 0) return null;

  const change = (name: string, step: (rules: Rules) => Rules): void => {
    setFailure(null);
    void changePackage(name, step, why.draft?.draftId).then((answer) => {
      if (!answer.ok) {
        setFailure({ package: name, error: answer.error });
        return;
      }
      say({ tone: 'info', text: t('change.done', { package: name }) });
      onLeave?.();
    });
  };
  const order = (action: 'scan' | 'refresh', uuids: readonly string[]): void => {
    onLeave?.();
    void navigate(uuid === null ? '/hosts' : `/hosts/${encodeURIComponent(uuid)}`);
    void startOrder({ action, uuids });
  };
  const lineOf = (one: Exclude<WhyChange, { readonly kind: 'remove-entry' }>): ReactNode => {
    switch (one.kind) {
      case 'add-kb':
      case 'add-id': {
        const isAllow = one.list === 'allowedKbs' || one.list === 'allowedUpdates';
        const entry = one.kind === 'add-kb' ? one.kb : t('change.thisUpdate');
        return (
          <DraftButton
            label={t(isAllow ? 'change.allow' : 'change.forbid', { entry, package: one.package })}
            onClick={() => change(one.package, (rules) => withAddition(rules, one, why, known))}
          />
        );
      }
      case 'wait':
        return (
          <Line icon={<Clock size={15} aria-hidden />}>
            {t('change.wait', { date: formatDateTime(one.until, locale) })}
          </Line>
        );
      case 'install-package':
        return (
          <Line icon={<RefreshCw size={15} aria-hidden />}>
            {t('change.install', { count: one.uuids.length, package: one.package, version: one.version })}{' '}
            <Button variant="outlined" onClick={() => order('refresh', one.uuids)}>
              {uuid === null ? t('change.refreshMany', { count: one.uuids.length }) : t('change.refresh')}
            </Button>
          </Line>
        );
      case 'scan':
        return (
          <Button
            variant="outlined"
            startIcon={<Radar size={15} aria-hidden />}
            onClick={() => order('scan', group.uuids)}
          >
            {uuid === null ? t('change.scanMany', { count: group.uuids.length }) : t('change.scan')}
          </Button>
        );
      case 'state':
        return (
          <Button variant="outlined" startIcon={<UserCheck size={15} aria-hidden />} onClick={() => showFacts(true)}>
            {t('change.state')}
          </Button>
        );
      case 'read-package':
        return (
          <Line icon={<FilePen size={15} aria-hidden />}>
            {t('change.readPackage', { package: one.package, version: one.version })}
          </Line>
        );
      case 'name-directory-groups':
        return <Line icon={<Settings2 size={15} aria-hidden />}>{t('change.nameGroups')}</Line>;
      case 'change-agent-option':
        return <Line icon={<Settings2 size={15} aria-hidden />}>{t(`change.option.${one.option}`)}</Line>;
    }
  };

  return (
    <Box component="section" aria-label={t('change.title')}>
      <Typography variant="body2" component="h4" sx={{ fontWeight: 620, mb: 0.5 }}>
        {t('change.title')}
      </Typography>
      <Stack component="ul" sx={{ gap: 0.75, m: 0, p: 0, listStyle: 'none', alignItems: 'flex-start' }}>
        {removals.length > 1 ? (
          <Typography component="li" variant="caption" color="textSecondary">
            {t('change.all')}
          </Typography>
        ) : null}
        {removals.map((removal) => (
          <li key={removal.package}>
            <RemoveButton
              removal={removal}
              onClick={() => change(removal.package, (rules) => withoutRemoval(rules, removal))}
            />
          </li>
        ))}
        {others.length > 0 && removals.length + others.length > 1 ? (
          <Typography component="li" variant="caption" color="textSecondary">
            {t(removals.length > 0 ? 'change.or' : 'change.any')}
          </Typography>
        ) : null}
        {others.map((one) => (
          <li key={JSON.stringify(one)}>{lineOf(one)}</li>
        ))}
      </Stack>
      {failure === null ? null : (
        <Box sx={{ mt: 1 }}>
          {failure.error.code === 'not-found' || failure.error.code === 'rules-invalid' ? (
            <Typography variant="body2" color="error" role="alert">
              {t(failure.error.code === 'not-found' ? 'change.noPackage' : 'change.notEditable', {
                package: failure.package,
              })}
            </Typography>
          ) : (
            <ErrorNotice compact error={failure.error} />
          )}
        </Box>
      )}
    </Box>
  );
}

function Line({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 0.75, '& svg': { flexShrink: 0 } }}>
      {icon}
      <Typography variant="body2" component="div">
        {children}
      </Typography>
    </Stack>
  );
}

function DraftButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  const t = useWhyWords();
  return (
    <Tooltip title={t('change.draftHint')} describeChild>
      <Button
        variant="outlined"
        startIcon={<FilePen size={15} aria-hidden />}
        onClick={onClick}
        sx={{ whiteSpace: 'normal', textAlign: 'left' }}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

function RemoveButton({ removal, onClick }: { readonly removal: Removal; readonly onClick: () => void }) {
  const t = useWhyWords();
  return (
    <DraftButton
      label={t('change.remove', {
        count: removal.entries.length,
        entry: removal.entries[0]?.entry ?? '',
        package: removal.package,
      })}
      onClick={onClick}
    />
  );
}
