import { Box, Button, ButtonBase, Link, Stack, Typography } from '@mui/material';
import { Computer } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ReportedOptionsAnswer } from '../../../contract/schemas/options.ts';
import { type OptionKey, optionFact } from '../../../domain/agent-options.ts';
import { compareReported, type OptionComparison } from '../../../domain/reported-options.ts';
import { useCall } from '../../app/console.ts';
import type { Tone } from '../../theme/palette.ts';
import { fonts } from '../../theme/theme.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { OptionSet } from './kept-options.ts';

type Host = ReportedOptionsAnswer['hosts'][number];
type Comparison = OptionComparison<Host>;

/** A group of hosts that one looks at: the option, and how they stand to it. */
interface Chosen {
  readonly key: OptionKey;
  readonly group: 'agree' | 'silent' | { readonly says: string };
}

const FIRST = 50;

const hostsOf = (comparison: Comparison | undefined, group: Chosen['group']): readonly Host[] => {
  if (comparison === undefined) return [];
  if (group === 'agree') return comparison.agree;
  if (group === 'silent') return comparison.silent;
  return comparison.differ.find((other) => other.text === group.says)?.hosts ?? [];
};

const isSame = (a: Chosen | null, b: Chosen): boolean =>
  a !== null &&
  a.key === b.key &&
  (typeof a.group === 'string' || typeof b.group === 'string' ? a.group === b.group : a.group.says === b.group.says);

function CountButton({
  tone,
  label,
  isOpen,
  onClick,
}: {
  readonly tone: Tone;
  readonly label: string;
  readonly isOpen: boolean;
  readonly onClick: () => void;
}) {
  return (
    <ButtonBase
      aria-expanded={isOpen}
      onClick={onClick}
      sx={(theme) => ({
        px: 1,
        minHeight: 26,
        borderRadius: 1,
        fontFamily: 'inherit',
        fontSize: '0.75rem',
        fontWeight: 550,
        color: theme.look.tones[tone].text,
        bgcolor: theme.look.tones[tone].ground,
        border: `1px solid ${isOpen ? theme.look.tones[tone].text : theme.look.tones[tone].line}`,
      })}
    >
      {label}
    </ButtonBase>
  );
}

function HostNames({ title, hosts }: { readonly title: string; readonly hosts: readonly Host[] }) {
  const { t } = useTranslation('options');
  const navigate = useNavigate();
  const [areAllShown, setAllShown] = useState(false);
  const shown = areAllShown ? hosts : hosts.slice(0, FIRST);
  return (
    <Box component="section" aria-label={title} sx={{ pl: 1.5, borderLeft: 2, borderColor: 'divider' }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
        <Typography variant="caption" color="textSecondary">
          {title}
        </Typography>
        <CopyButton text={hosts.map((host) => host.fqdn).join('\n')} label={t('hosts.copyNames')} />
      </Stack>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', columns: '190px', columnGap: 2 }}>
        {shown.map((host) => (
          <li key={host.uuid}>
            <Link
              component="button"
              type="button"
              variant="body2"
              aria-label={t('hosts.openHost', { name: host.fqdn })}
              sx={{ textAlign: 'left', overflowWrap: 'anywhere' }}
              onClick={() => void navigate(`/hosts?uuid=${encodeURIComponent(host.uuid)}`)}
            >
              {host.fqdn}
            </Link>
          </li>
        ))}
      </Box>
      {shown.length === hosts.length ? null : (
        <Button sx={{ minHeight: 26, px: 0.5, fontSize: '0.75rem' }} onClick={() => setAllShown(true)}>
          {t('hosts.more', { count: hosts.length - shown.length })}
        </Button>
      )}
    </Box>
  );
}

function ComparedOption({
  comparison,
  chosen,
  onChoose,
}: {
  readonly comparison: Comparison;
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen | null) => void;
}) {
  const { t } = useTranslation('options');
  const { key, wanted, agree, differ, silent } = comparison;
  const option = t(`option.${key}.label`);
  const isBoolean = optionFact(key)?.kind === 'boolean';
  const words = (text: string): string => {
    if (text === '') return t('hosts.nothing');
    if (!isBoolean) return text;
    return /^(true|1|yes|on)$/i.test(text) ? t('yes') : /^(false|0|no|off)$/i.test(text) ? t('no') : text;
  };
  const groups: readonly {
    readonly group: Chosen['group'];
    readonly count: number;
    readonly tone: Tone;
    readonly label: string;
    readonly title: string;
  }[] = [
    {
      group: 'agree',
      count: agree.length,
      tone: 'ok',
      label: t('hosts.agree', { count: agree.length }),
      title: t('hosts.list', { option }),
    },
    ...differ.map(({ text, hosts }) => ({
      group: { says: text },
      count: hosts.length,
      tone: 'warning' as const,
      label: t('hosts.differ', { count: hosts.length, value: words(text) }),
      title: t('hosts.listDiffer', { option, value: words(text) }),
    })),
    {
      group: 'silent',
      count: silent.length,
      tone: 'neutral',
      label: t('hosts.silent', { count: silent.length }),
      title: t('hosts.listSilent', { option }),
    },
  ];
  const open = groups.find(({ group }) => isSame(chosen, { key, group }));
  const value = wanted === '' ? t('notSet') : words(wanted);
  return (
    <Stack role="group" aria-label={option} sx={{ gap: 0.75, py: 1.25, borderTop: 1, borderColor: 'divider' }}>
      <Stack direction="row" sx={{ alignItems: 'baseline', columnGap: 1, flexWrap: 'wrap' }}>
        <Typography variant="body2" component="h3" sx={{ fontWeight: 600 }}>
          {option}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {t('hosts.wanted', { value })}
        </Typography>
      </Stack>
      <Stack direction="row" sx={{ gap: 0.75, flexWrap: 'wrap' }}>
        {groups.map(({ group, count, tone, label }) =>
          count === 0 ? null : (
            <CountButton
              key={typeof group === 'string' ? group : `says ${group.says}`}
              tone={tone}
              label={label}
              isOpen={isSame(chosen, { key, group })}
              onClick={() => onChoose(isSame(chosen, { key, group }) ? null : { key, group })}
            />
          ),
        )}
      </Stack>
      {open === undefined ? null : <HostNames title={open.title} hosts={hostsOf(comparison, open.group)} />}
    </Stack>
  );
}

/** What hosts report of their options beside what one wants. */
export function ReportedOptions({ set }: { readonly set: OptionSet }) {
  const { t } = useTranslation('options');
  const reported = useCall('options.reported', {});
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const hosts = reported.data?.hosts;
  const compared = useMemo(() => (hosts === undefined ? [] : compareReported(set.values, hosts)), [set.values, hosts]);
  if (hosts === undefined)
    return reported.error === null ? (
      <LoadingState />
    ) : (
      <ErrorNotice error={reported.error.error} onRetry={() => void reported.refetch()} />
    );
  if (hosts.length === 0) return <EmptyState icon={Computer} title={t('hosts.empty')} text={t('hosts.emptyText')} />;
  const isSaid = ({ silent }: Comparison): boolean => silent.length < hosts.length;
  const unsaid = compared.filter((comparison) => !isSaid(comparison));
  return (
    <Box>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
        {t('hosts.intro')} {t('hosts.all', { count: hosts.length })}.
      </Typography>
      {compared.filter(isSaid).map((comparison) => (
        <ComparedOption key={comparison.key} comparison={comparison} chosen={chosen} onChoose={setChosen} />
      ))}
      {unsaid.length === 0 ? null : (
        <Box component="section" sx={{ pt: 1.25, borderTop: 1, borderColor: 'divider' }}>
          <Typography variant="body2" component="h3" sx={{ fontWeight: 600 }}>
            {t('hosts.unsaid')}
          </Typography>
          <Box component="code" sx={{ fontFamily: fonts.mono, fontSize: '0.75rem', overflowWrap: 'anywhere' }}>
            {unsaid.map(({ key }) => key).join(', ')}
          </Box>
          <Typography variant="body2" color="textSecondary">
            {t('hosts.unsaidText')}
          </Typography>
        </Box>
      )}
    </Box>
  );
}
