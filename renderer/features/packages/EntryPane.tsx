import { Alert, Box, Button, Chip, Stack, Tab, Tabs, Tooltip, Typography } from '@mui/material';
import { CircleHelp, Trash2, TriangleAlert } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Rules, withoutEntries } from '../../../domain/rules.ts';
import { kbLabel, type UpdateRow } from '../../../domain/update.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useLabelled } from '../../i18n/locale.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useEntryName } from '../updates/names.ts';
import { filterListOf, overruled } from './decision.ts';
import { type Verdict, withoutCategory, withoutKbs } from './edits.ts';
import { categoryRows, type EntryRow, entryRows } from './entries.ts';
import { useWhyOfDraft } from './forecast/open-draft.ts';

const entryId = (row: EntryRow): string => row.key;

/** What the pane shows. */
export type EntrySide = Verdict | 'warnings';

/** What a draft decides: allowed and forbidden, each entry removable; and what the console warns of. */
export function EntryPane({
  rules,
  updates,
  unknownKeys,
  side,
  onSide,
  warnings,
  onChange,
}: {
  readonly rules: Rules;
  readonly updates: readonly UpdateRow[];
  readonly unknownKeys: readonly string[];
  readonly side: EntrySide;
  readonly onSide: (side: EntrySide) => void;
  readonly warnings: { readonly label: string; readonly hasAny: boolean; readonly list: ReactNode };
  readonly onChange: (step: (rules: Rules) => Rules) => void;
}) {
  const { t } = useTranslation(['packages', 'common']);
  const labelled = useLabelled();
  const verdict: Verdict = side === 'warnings' ? 'allowed' : side;
  const [selection, setSelection] = useState<readonly string[]>([]);
  const why = useWhyOfDraft();
  const columns = useEntryColumns();
  const nameOf = useEntryName();
  const sides = useMemo(
    () => ({ allowed: entryRows(rules, 'allowed', updates), forbidden: entryRows(rules, 'forbidden', updates) }),
    [rules, updates],
  );
  const categories = useMemo(() => categoryRows(rules), [rules]);
  const rows = sides[verdict];
  const remove = (gone: readonly EntryRow[]): void => onChange((now) => withoutRows(now, verdict, gone, updates));
  const chosen = rows.filter((row) => selection.includes(row.key));
  return (
    <Stack
      component="section"
      aria-label={side === 'warnings' ? warnings.label : t(`editor.entriesLabel.${verdict}`)}
      sx={{ height: '100%', minHeight: 0 }}
    >
      <Stack
        direction="row"
        sx={{ alignItems: 'center', borderBottom: 1, borderColor: 'divider', pr: 1, minHeight: 42 }}
      >
        <Tabs
          value={side}
          onChange={(_event, next: EntrySide) => {
            onSide(next);
            setSelection([]);
          }}
          sx={{ flex: 1, minHeight: 42, '& .MuiTab-root': { minHeight: 42, py: 0 } }}
        >
          <Tab value="allowed" label={`${t('editor.allowed')} (${sides.allowed.length + categories.length})`} />
          <Tab value="forbidden" label={`${t('editor.forbidden')} (${sides.forbidden.length})`} />
          <Tab
            value="warnings"
            label={warnings.label}
            iconPosition="start"
            {...(warnings.hasAny ? { icon: <TriangleAlert size={14} aria-hidden /> } : {})}
          />
        </Tabs>
        {side === 'warnings' || chosen.length === 0 ? null : (
          <Button startIcon={<Trash2 size={15} aria-hidden />} onClick={() => remove(chosen)}>
            {t('editor.remove')}
          </Button>
        )}
      </Stack>
      <Overruled rules={rules} updates={updates} onChange={onChange} />
      {side === 'warnings' ? (
        <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>{warnings.list}</Box>
      ) : (
        <>
          {verdict === 'allowed' && categories.length > 0 ? (
            <Box sx={{ px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
              <Typography variant="h3" component="h2" sx={{ mb: 0.5 }}>
                {t('categories.chosen')}
              </Typography>
              <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.5 }}>
                {categories.map((row) => (
                  <Tooltip
                    key={`${row.list} ${row.key}`}
                    title={t('categories.writes', { names: row.names.join(' · ') })}
                    describeChild
                  >
                    <Chip
                      size="small"
                      variant="outlined"
                      label={labelled(t(`categories.${row.list}`), nameOf(filterListOf[row.list], row.key))}
                      onDelete={() => onChange((now) => withoutCategory(now, row.list, row.key))}
                    />
                  </Tooltip>
                ))}
              </Stack>
              {categories.length > 1 ? (
                <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 0.5 }}>
                  {t('categories.orShort')}
                </Typography>
              ) : null}
            </Box>
          ) : null}
          <Box sx={{ flex: 1, minHeight: 0 }}>
            <Grid
              key={verdict}
              id={`entries-${verdict}`}
              label={t(`editor.entriesLabel.${verdict}`)}
              rows={rows}
              rowId={entryId}
              columns={columns}
              onSelectionChange={setSelection}
              onDelete={remove}
              onFocusRow={(row) => why.focus(row?.updates[0]?.updateId ?? null)}
              menu={(row, gone) => [
                ...row.updates.slice(0, 1).map((update) => ({
                  kind: 'item' as const,
                  id: 'why',
                  label: t('common:why.label'),
                  icon: CircleHelp,
                  shortcut: 'W',
                  onSelect: () => why.ask(update.updateId),
                })),
                {
                  kind: 'item',
                  id: 'remove',
                  label: t('editor.remove'),
                  icon: Trash2,
                  shortcut: t('common:keys.delete'),
                  onSelect: () => remove(gone),
                },
              ]}
              empty={
                <EmptyState
                  title={t(verdict === 'allowed' ? 'editor.emptyAllowed' : 'editor.emptyForbidden')}
                  text={t('editor.emptyText')}
                />
              }
            />
          </Box>
          {rows.some((row) => row.kind === 'kb') ? (
            <Typography
              variant="caption"
              color="textSecondary"
              component="p"
              sx={{ px: 2, py: 0.75, borderTop: 1, borderColor: 'divider' }}
            >
              {t('editor.kbHint')}
            </Typography>
          ) : null}
          {unknownKeys.length === 0 ? null : (
            <Typography
              variant="caption"
              color="textSecondary"
              component="p"
              sx={{ px: 2, py: 0.75, borderTop: 1, borderColor: 'divider' }}
            >
              {t('editor.unknownKeys', { keys: unknownKeys.join(', ') })}
            </Typography>
          )}
        </>
      )}
    </Stack>
  );
}

function withoutRows(rules: Rules, verdict: Verdict, rows: readonly EntryRow[], updates: readonly UpdateRow[]): Rules {
  const ids = rows.filter((row) => row.kind === 'update').map((row) => row.value);
  const kbs = rows.filter((row) => row.kind === 'kb').map((row) => row.value);
  const list = verdict === 'allowed' ? 'allowedUpdates' : 'forbiddenUpdates';
  return withoutKbs(withoutEntries(rules, list, ids), verdict, kbs, updates);
}

/** Warns where the package forbids what it also allows by name, and offers to lift the forbid. */
function Overruled({
  rules,
  updates,
  onChange,
}: {
  readonly rules: Rules;
  readonly updates: readonly UpdateRow[];
  readonly onChange: (step: (rules: Rules) => Rules) => void;
}) {
  const { t } = useTranslation('packages');
  const beaten = useMemo(() => overruled(rules, updates), [rules, updates]);
  if (beaten.length === 0) return null;
  const lift = (): void =>
    onChange((now) => {
      const lists = { forbiddenUpdates: new Set<string>(), forbiddenKbs: new Set<string>() };
      for (const { by } of beaten) {
        if (by.list === 'forbiddenKbs') lists.forbiddenKbs.add(kbLabel(by.entry));
        else lists.forbiddenUpdates.add(by.entry);
      }
      const kbs = now.forbiddenKbs.filter((kb) => lists.forbiddenKbs.has(kbLabel(kb)));
      const ids = now.forbiddenUpdates.filter((id) => lists.forbiddenUpdates.has(id.toLowerCase()));
      return withoutKbs(withoutEntries(now, 'forbiddenUpdates', ids), 'forbidden', kbs, updates);
    });
  return (
    <Alert
      severity="warning"
      sx={{ borderRadius: 0, py: 0, alignItems: 'center' }}
      action={
        <Button color="inherit" onClick={lift}>
          {t('editor.liftForbid')}
        </Button>
      }
    >
      {t('editor.overruled', { count: beaten.length })}
    </Alert>
  );
}

function useEntryColumns(): readonly GridColumn<EntryRow>[] {
  const { t } = useTranslation('packages');
  return useMemo(() => {
    const first = (row: EntryRow): UpdateRow | undefined => row.updates[0];
    return [
      {
        key: 'kind',
        header: t('editor.column.kind'),
        value: (row) => t(`editor.kind.${row.kind}`),
        kind: 'chip',
        chip: (row) => ({ label: t(`editor.kind.${row.kind}`), tone: row.kind === 'kb' ? 'info' : 'neutral' }),
        tooltip: (row) => (row.kind === 'kb' ? t('editor.writtenBeside', { count: row.updates.length }) : null),
        width: 108,
      },
      {
        key: 'value',
        header: t('editor.column.entry'),
        value: (row) => (row.kind === 'kb' ? row.value : first(row)?.kbids.map(kbLabel).join(', ') || row.value),
        tooltip: (row) => row.value,
        width: 110,
      },
      {
        key: 'title',
        header: t('editor.column.title'),
        value: (row) => (row.updates.length === 0 ? t('editor.notReported') : row.title),
        width: 180,
        flex: 1,
      },
      {
        key: 'product',
        header: t('editor.column.product'),
        value: (row) => [...new Set(row.updates.flatMap((update) => update.product ?? []))],
        kind: 'list',
        width: 120,
      },
      {
        key: 'severity',
        header: t('editor.column.severity'),
        value: (row) => first(row)?.severity,
        width: 90,
        hidden: true,
      },
      {
        key: 'classification',
        header: t('editor.column.classification'),
        value: (row) => first(row)?.classification,
        width: 120,
        hidden: true,
      },
      {
        key: 'published',
        header: t('editor.column.published'),
        value: (row) => first(row)?.changetime,
        kind: 'date',
        width: 100,
        hidden: true,
      },
      { key: 'id', header: 'GUID', value: (row) => row.value, width: 200, hidden: true },
    ];
  }, [t]);
}
