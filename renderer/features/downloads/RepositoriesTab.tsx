import { Alert, Box, Button, Typography } from '@mui/material';
import { Network, RefreshCw } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Repositories, RepositoryUse } from '../../../contract/schemas/downloads.ts';
import { type FolderVerdict, isServerItself, type RepositoryMeasure } from '../../../domain/repositories.ts';
import { useCall } from '../../app/console.ts';
import { useProfile } from '../../app/session.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useStable } from '../../grid/use-stable.ts';
import { useLocale } from '../../i18n/locale.ts';
import type { Tone } from '../../theme/palette.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { formatDateTime, formatNumber } from '../../ui/format.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { hostsBehind } from '../where/where.ts';

const noUses: readonly RepositoryUse[] = [];
const idOf = (use: RepositoryUse): string => use.url ?? '';
const tones: Readonly<Record<FolderVerdict, Tone>> = { yes: 'ok', no: 'error', partly: 'warning', unknown: 'neutral' };

/** The repositories that hosts use, and a warning where one does not have the files of Windows updates (protocol 6.4, 7.1). */
export function RepositoriesTab() {
  const { t } = useTranslation(['downloads', 'common']);
  const locale = useLocale();
  const navigate = useNavigate();
  const errorWords = useErrorWords();
  const answer = useCall('downloads.repositories', {});
  const open = useStable(
    (use: RepositoryUse, measure: RepositoryMeasure) =>
      void navigate(hostsBehind({ kind: 'repository', url: use.url, measure })),
  );
  const columns = useRepositoryColumns(answer.data?.rules ?? null, open);
  const uses = answer.data?.uses ?? noUses;
  const warned = uses.filter((use) => use.verdict === 'no' || use.verdict === 'partly');

  const rulesText = (data: Repositories): string => {
    if (data.serverError !== null) return t('repositories.notAsked', { why: errorWords(data.serverError).title });
    const rules =
      data.rules === null ? t('repositories.noRules') : t('repositories.rules', { count: data.rules.length });
    const date = formatDateTime(data.syncListDate, locale);
    return date === '' ? rules : `${rules} ${t('repositories.syncList', { date })}`;
  };

  return (
    <ScreenFrame
      toolbar={
        <>
          <Typography variant="body2" color="textSecondary" sx={{ flex: 1 }}>
            {answer.data === undefined ? '' : rulesText(answer.data)}
          </Typography>
          <ToolButton
            icon={RefreshCw}
            label={t('refresh')}
            isBusy={answer.isFetching}
            onClick={() => void answer.refetch()}
          />
        </>
      }
      notices={warned.map((use) => (
        <Alert
          key={idOf(use)}
          severity={use.verdict === 'no' ? 'error' : 'warning'}
          sx={{ borderRadius: 0, py: 0 }}
          action={
            <Button size="small" color="inherit" onClick={() => open(use, 'lacks')}>
              {t('repositories.showHosts')}
            </Button>
          }
        >
          {t(use.verdict === 'no' ? 'repositories.warning' : 'repositories.partly', {
            url: use.url ?? t('repositories.unsaid'),
            count: use.lacks,
            shown: formatNumber(use.lacks, locale),
          })}
        </Alert>
      ))}
    >
      <Box sx={{ height: '100%' }}>
        <Grid
          id="downloads-repositories"
          label={t('repositories.grid')}
          rows={uses}
          rowId={idOf}
          columns={columns}
          selection="none"
          onOpen={(use) => open(use, 'hosts')}
          isLoading={answer.isPending}
          error={answer.error?.error ?? null}
          onRetry={() => void answer.refetch()}
          empty={<EmptyState icon={Network} title={t('repositories.empty')} text={t('repositories.emptyText')} />}
        />
      </Box>
    </ScreenFrame>
  );
}

function useRepositoryColumns(
  rules: Repositories['rules'],
  open: (use: RepositoryUse, measure: RepositoryMeasure) => void,
): readonly GridColumn<RepositoryUse>[] {
  const { t } = useTranslation('downloads');
  const address = useProfile()?.address ?? '';
  return useMemo(() => {
    const number = (
      key: 'hosts' | 'counted' | 'finds' | 'lacks' | 'missedUpdates' | 'oldIndex',
      measure?: RepositoryMeasure,
    ): GridColumn<RepositoryUse> => ({
      key,
      header: t(`repositories.column.${key}`),
      headerTooltip: t(`repositories.meaning.${key}`),
      kind: 'number',
      width: 124,
      value: (use) => use[key],
      ...(measure === undefined
        ? {}
        : { open: { run: (use: RepositoryUse) => open(use, measure), hint: t('repositories.showHosts') } }),
    });
    return [
      {
        key: 'url',
        header: t('repositories.column.url'),
        width: 260,
        flex: 1,
        value: ({ url }) =>
          url === null
            ? t('repositories.unsaid')
            : isServerItself(url, address)
              ? `${url} ${t('repositories.server')}`
              : url,
      },
      number('hosts', 'hosts'),
      {
        key: 'verdict',
        header: t('repositories.column.verdict'),
        headerTooltip: t('repositories.meaning.verdict'),
        kind: 'chip',
        width: 180,
        value: (use) => use.verdict,
        chip: (use) => ({ label: t(`repositories.verdict.${use.verdict}`), tone: tones[use.verdict] }),
        tooltip: (use) => t(`repositories.verdictMeaning.${use.verdict}`),
      },
      number('counted'),
      number('finds'),
      number('lacks', 'lacks'),
      number('missedUpdates'),
      number('oldIndex', 'old-index'),
      {
        key: 'rules',
        header: t('repositories.column.rules'),
        headerTooltip: t('repositories.meaning.rules'),
        width: 220,
        value: ({ url }) =>
          (rules ?? [])
            .filter((rule) => rule.url === url)
            .map((rule) => {
              const name = rule.name ?? [rule.condition, rule.value].filter(Boolean).join(' ');
              const text = rule.covers.length === 0 ? name : `${name}: ${rule.covers.join(', ')}`;
              return rule.isActive === false ? t('repositories.inactive', { name: text }) : text;
            })
            .join('; '),
      },
    ];
  }, [t, address, rules, open]);
}
