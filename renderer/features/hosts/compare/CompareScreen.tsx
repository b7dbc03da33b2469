import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { ArrowLeft, GitCompareArrows } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ComparedUpdate, HostRow } from '../../../../contract/schemas/hosts.ts';
import { COMPARED, differs, isSharedByAll } from '../../../../domain/comparison.ts';
import { kbLabel } from '../../../../domain/update.ts';
import { type Command, useCommands } from '../../../app/commands.ts';
import { useCall } from '../../../app/console.ts';
import { Grid } from '../../../grid/Grid.tsx';
import type { MenuEntry } from '../../../grid/menu.ts';
import { useStable } from '../../../grid/use-stable.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { Choices } from '../../../ui/Choices.tsx';
import { useCopy } from '../../../ui/CopyButton.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { ScreenFrame } from '../../../ui/ScreenFrame.tsx';
import { ToolButton } from '../../../ui/ToolButton.tsx';
import { askWhy, useWhyFocus } from '../../why/open.ts';
import { compareAddress } from './address.ts';
import { useCompareColumns } from './columns.ts';
import { HostSummary } from './HostSummary.tsx';

const SHOW = ['all', 'different', 'shared'] as const;
/** All updates, those on which the hosts stand otherwise, or those of them that all the hosts report. */
type Show = (typeof SHOW)[number];

const tests: Readonly<Record<Show, (row: ComparedUpdate) => boolean>> = {
  all: () => true,
  different: (row) => differs(row.states),
  shared: (row) => differs(row.states) && isSharedByAll(row.states),
};

const noUpdates: readonly ComparedUpdate[] = [];
const idOf = (row: ComparedUpdate): string => row.updateId;

/** Two to eight hosts side by side: every update that one of them reports, and where each stands. */
export function CompareScreen({ uuids }: { readonly uuids: readonly string[] }) {
  const { t } = useTranslation(['hosts', 'updates', 'common']);
  const navigate = useNavigate();
  const locale = useLocale();
  const copy = useCopy();
  const focusWhy = useWhyFocus();
  const [show, setShow] = useState<Show>('different');
  const [search, setSearch] = useState('');
  const isFit = uuids.length >= COMPARED.least && uuids.length <= COMPARED.most;
  const answer = useCall('hosts.compare', { uuids: [...uuids] }, { enabled: isFit, keepPrevious: true });
  const list = useCall('hosts.list', {}).data?.rows;
  const compared = answer.data?.uuids;
  const hosts = useMemo(() => {
    const byUuid = new Map(list?.map((host) => [host.uuid, host]));
    return (compared ?? []).flatMap((uuid): HostRow[] => {
      const host = byUuid.get(uuid);
      return host === undefined ? [] : [host];
    });
  }, [list, compared]);
  const rows = answer.data?.rows ?? noUpdates;
  const counts = useMemo(
    () => Object.fromEntries(SHOW.map((one) => [one, rows.filter(tests[one]).length])) as Record<Show, number>,
    [rows],
  );
  const visible = useMemo(() => new Set(rows.filter(tests[show]).map(idOf)), [rows, show]);
  const columns = useCompareColumns(hosts);

  const back = useStable(() => void navigate('/hosts'));
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'compare.back', label: t('compare.back'), group: t('command.group'), icon: ArrowLeft, run: back },
      ...SHOW.map((one) => ({
        id: `compare.${one}`,
        label: t(`compare.show.${one}`),
        group: t('compare.title'),
        icon: GitCompareArrows,
        run: () => setShow(one),
      })),
    ],
    [t, back],
  );
  useCommands(commands);

  const menu = (row: ComparedUpdate): readonly MenuEntry[] => [
    { kind: 'heading', id: 'what', label: row.title },
    ...hosts.map(
      (host): MenuEntry => ({
        kind: 'item',
        id: `why ${host.uuid}`,
        label: t('compare.why', { name: host.fqdn }),
        onSelect: () => askWhy({ updateId: row.updateId, uuid: host.uuid }),
      }),
    ),
    { kind: 'separator', id: 's1' },
    {
      kind: 'item',
      id: 'kb',
      label: t('updates:menu.copyKb'),
      disabled: row.kbids.length === 0,
      reason: t('updates:menu.noKb'),
      onSelect: () => void copy(row.kbids.map(kbLabel).join('\n')),
    },
  ];

  if (!isFit || (compared !== undefined && compared.length < COMPARED.least)) {
    return (
      <ScreenFrame>
        <EmptyState
          icon={GitCompareArrows}
          title={t('compare.title')}
          text={t('compare.choose', COMPARED)}
          actions={
            <Button variant="contained" onClick={back}>
              {t('compare.back')}
            </Button>
          }
        />
      </ScreenFrame>
    );
  }
  const gone = compared === undefined ? 0 : uuids.length - compared.length;
  return (
    <ScreenFrame
      toolbar={
        <>
          <ToolButton icon={ArrowLeft} label={t('compare.back')} onClick={back} />
          <Typography variant="h2" component="h2" sx={{ mx: 1 }}>
            {t('compare.heading', { count: hosts.length })}
          </Typography>
          <Choices
            label={t('compare.show.label')}
            value={show}
            onChange={setShow}
            choices={SHOW.map((one) => ({
              value: one,
              label: (
                <>
                  {t(`compare.show.${one}`)}
                  <Box component="span" sx={{ pl: 0.75, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
                    {formatNumber(counts[one], locale)}
                  </Box>
                </>
              ),
            }))}
          />
          <TextField
            type="search"
            placeholder={t('updates:search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            sx={{ width: 220 }}
            slotProps={{ htmlInput: { 'aria-label': t('updates:searchLabel') } }}
          />
        </>
      }
      notices={
        <>
          {gone === 0 ? null : (
            <Alert severity="info" sx={{ borderRadius: 0, py: 0 }}>
              {t('compare.gone', { count: gone })}
            </Alert>
          )}
          <HostSummary
            hosts={hosts}
            differences={counts.different}
            onRemove={
              hosts.length > COMPARED.least
                ? (uuid) => void navigate(compareAddress(uuids.filter((one) => one !== uuid)), { replace: true })
                : null
            }
          />
        </>
      }
    >
      <Grid
        key={hosts.map((host) => host.uuid).join(' ')}
        id="hosts-compare"
        label={t('compare.grid')}
        rows={rows}
        rowId={idOf}
        columns={columns}
        visibleIds={visible}
        quickSearch={search}
        selection="none"
        menu={menu}
        onFocusRow={(row) => focusWhy(row === null ? null : { updateId: row.updateId })}
        onOpen={(row) => askWhy({ updateId: row.updateId })}
        isLoading={answer.isPending}
        error={answer.error?.error ?? null}
        onRetry={() => void answer.refetch()}
        empty={<EmptyState title={t('compare.nothing')} text={t('compare.nothingText')} />}
        noneShown={
          <EmptyState
            title={t(search === '' ? 'compare.same' : 'compare.noneFound')}
            text={t('compare.sameText', { count: rows.length })}
            actions={
              <Button
                onClick={() => {
                  setSearch('');
                  setShow('all');
                }}
              >
                {t('compare.show.all')}
              </Button>
            }
          />
        }
      />
    </ScreenFrame>
  );
}
