import { Box, Stack, TextField } from '@mui/material';
import { Ban, Check, RotateCcw } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultFilter, type UpdateFilter } from '../../../domain/catalogue.ts';
import type { Rules } from '../../../domain/rules.ts';
import { kbLabel, type UpdateRow } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { MenuEntry } from '../../grid/menu.ts';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { decide, reset, type Verdict, type WrittenAs } from './edits.ts';
import { WriteAs } from './IntentDialog.tsx';
import { makePickRows, type PickRow } from './pick-rows.ts';

const updateIdOf = (row: PickRow): string => row.updateId;

/** The list of updates to pick from, filtered like the updates screen, each with what this draft says of it. */
export function UpdatePicker({
  rules,
  updates,
  onChange,
}: {
  readonly rules: Rules;
  readonly updates: readonly UpdateRow[];
  readonly onChange: (step: (rules: Rules) => Rules) => void;
}) {
  const { t } = useTranslation('packages');
  const list = useCall('updates.list', {});
  const [makeRows] = useState(makePickRows);
  const rows = useMemo(() => makeRows(updates, rules), [makeRows, updates, rules]);
  const [filter, setFilter] = useState<UpdateFilter>(defaultFilter);
  const [as, setAs] = useState<WrittenAs>('updates');
  const [selection, setSelection] = useState<readonly string[]>([]);
  const columns = usePickColumns();
  const shown = useFiltered(useDeferredValue(filter));
  const put = (verdict: Verdict, chosen: readonly UpdateRow[], writtenAs: WrittenAs): void =>
    onChange((now) => decide(now, verdict, writtenAs, chosen, updates));
  const chosen = useMemo(() => {
    const ids = new Set(selection);
    return rows.filter((row) => ids.has(row.updateId));
  }, [rows, selection]);
  const isNone = chosen.length === 0;
  const menu = (_row: PickRow, picked: readonly PickRow[]): readonly MenuEntry[] => [
    { kind: 'item', id: 'allow', label: t('editor.allow'), icon: Check, onSelect: () => put('allowed', picked, as) },
    { kind: 'item', id: 'forbid', label: t('editor.forbid'), icon: Ban, onSelect: () => put('forbidden', picked, as) },
    {
      kind: 'item',
      id: 'reset',
      label: t('editor.reset'),
      icon: RotateCcw,
      onSelect: () => onChange((now) => reset(now, picked, updates)),
    },
  ];
  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <Stack
        direction="row"
        sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1, px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}
      >
        <ToolButton
          icon={Check}
          label={t('editor.allow')}
          disabled={isNone}
          reason={t('editor.selectUpdates')}
          onClick={() => put('allowed', chosen, as)}
        />
        <ToolButton
          icon={Ban}
          label={t('editor.forbid')}
          disabled={isNone}
          reason={t('editor.selectUpdates')}
          onClick={() => put('forbidden', chosen, as)}
        />
        <ToolButton
          icon={RotateCcw}
          label={t('editor.reset')}
          disabled={isNone}
          reason={t('editor.selectUpdates')}
          onClick={() => onChange((now) => reset(now, chosen, updates))}
        />
        <WriteAs value={as} onChange={setAs} />
        <TextField
          type="search"
          label={t('editor.search')}
          value={filter.search}
          onChange={(event) => setFilter({ ...filter, search: event.target.value })}
          sx={{ width: 240, ml: 'auto' }}
        />
      </Stack>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <Grid
          id="pick-updates"
          label={t('editor.pickLabel')}
          rows={rows}
          rowId={updateIdOf}
          columns={columns}
          visibleIds={shown}
          onSelectionChange={setSelection}
          menu={menu}
          isLoading={list.isPending}
          error={list.error?.error ?? null}
          onRetry={() => void list.refetch()}
        />
      </Box>
    </Stack>
  );
}

function useFiltered(filter: UpdateFilter): ReadonlySet<string> | null {
  const { data } = useCall(
    'updates.query',
    {
      filter: {
        ...filter,
        severities: [...filter.severities],
        products: [...filter.products],
        classifications: [...filter.classifications],
      },
    },
    { keepPrevious: true },
  );
  return useMemo(() => (data === undefined ? null : new Set(data.ids)), [data]);
}

function usePickColumns(): readonly GridColumn<PickRow>[] {
  const { t } = useTranslation('packages');
  return useMemo(
    () => [
      {
        key: 'decision',
        header: t('editor.column.decision'),
        value: (row) => row.decision?.decision ?? null,
        kind: 'chip',
        chip: ({ decision }) =>
          decision === null
            ? null
            : {
                label: t(`editor.decision.${decision.decision}`),
                tone: decision.decision === 'allowed' ? 'ok' : 'error',
              },
        tooltip: ({ decision }) =>
          decision === null ? null : t(`editor.decisionBy.${decision.list}`, { entry: decision.entry }),
        width: 110,
      },
      {
        key: 'changetime',
        header: t('editor.column.published'),
        value: (row) => row.changetime,
        kind: 'date',
        width: 100,
        sort: 'desc',
      },
      { key: 'kbids', header: 'KBs', value: (row) => row.kbids.map(kbLabel), kind: 'list', width: 100 },
      { key: 'product', header: t('editor.column.product'), value: (row) => row.product, width: 130 },
      { key: 'title', header: t('editor.column.title'), value: (row) => row.title, width: 240, flex: 1 },
      {
        key: 'classification',
        header: t('editor.column.classification'),
        value: (row) => row.classification,
        width: 120,
      },
      { key: 'severity', header: t('editor.column.severity'), value: (row) => row.severity, width: 90 },
      { key: 'needed', header: t('editor.column.needed'), value: (row) => row.hosts.needed, kind: 'number', width: 90 },
      {
        key: 'maxDownloadSize',
        header: t('editor.column.size'),
        value: (row) => row.maxDownloadSize,
        kind: 'size',
        width: 110,
      },
      {
        key: 'downloadedOn',
        header: t('editor.column.onServer'),
        value: (row) => row.downloadedOn,
        kind: 'datetime',
        width: 120,
      },
    ],
    [t],
  );
}
