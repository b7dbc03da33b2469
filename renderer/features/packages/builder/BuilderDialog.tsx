import { Box, Stack, Typography } from '@mui/material';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BuildFilter, defaultBuildFilter, type KeptBuilder } from '../../../../domain/builder.ts';
import type { UpdateRow } from '../../../../domain/update.ts';
import { useCall } from '../../../app/console.ts';
import { FormDialog } from '../../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Choice } from './Choice.tsx';
import { FilterFields } from './FilterFields.tsx';
import { type BuilderRun, runOf } from './runs.ts';

const SHOWN = 200;

/** The schema takes lists of its own; what the window keeps is read-only. */
const asked = (filter: BuildFilter): { filter: BuildFilter } => ({ filter });

/** Makes or changes a filter, shows what it finds while one types, and adds that to the draft. */
export function BuilderDialog({
  builder,
  updates,
  onRun,
  onClose,
}: {
  /** Null: a new filter. */
  readonly builder: KeptBuilder | null;
  readonly updates: readonly UpdateRow[];
  readonly onRun: (run: BuilderRun) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['builder', 'packages']);
  const [filter, setFilter] = useState<BuildFilter>(builder?.filter ?? defaultBuildFilter);
  const [into, setInto] = useState<KeptBuilder['into']>(builder?.into ?? 'allow');
  const [as, setAs] = useState<KeptBuilder['as']>(builder?.as ?? 'update');
  const run = useCall('builder.run', asked(useDeferredValue(filter)), { keepPrevious: true });
  const found = run.error === null ? run.data : undefined;
  const submit = (): void => {
    if (found === undefined || run.isPlaceholderData) return;
    // A filter that was changed asks for all it finds, as a new one does.
    onRun(runOf({ filter, into, as, lastIds: [] }, found.updateIds, updates));
  };
  const count = found?.updateIds.length ?? 0;
  return (
    <FormDialog
      open
      maxWidth="lg"
      title={t(builder === null ? 'title' : 'editTitle')}
      submitLabel={count === 0 ? t('keepOnly') : t(into === 'allow' ? 'addAllow' : 'addForbid', { count })}
      onSubmit={submit}
      onClose={onClose}
      canSubmit={found !== undefined && !run.isPlaceholderData}
    >
      <Typography variant="body2" color="textSecondary">
        {t('text')}
      </Typography>
      <Stack direction="row" sx={{ gap: 3, alignItems: 'stretch', minHeight: 0 }}>
        <Stack sx={{ flex: '1 1 520px', minWidth: 0, gap: 2 }}>
          <FilterFields filter={filter} onChange={(patch) => setFilter((now) => ({ ...now, ...patch }))} />
        </Stack>
        <Stack component="section" aria-label={t('preview')} sx={{ flex: '1 1 380px', minWidth: 0, gap: 1.5 }}>
          <Stack direction="row" sx={{ gap: 3, flexWrap: 'wrap' }}>
            <Choice
              label={t('into')}
              value={into}
              options={[
                ['allow', t('allow')],
                ['forbid', t('forbid')],
              ]}
              onChange={setInto}
            />
            <Choice
              label={t('packages:editor.writeAs')}
              value={as}
              options={[
                ['update', t('packages:editor.asUpdates')],
                ['kb', t('packages:editor.asKbs')],
              ]}
              onChange={setAs}
            />
          </Stack>
          {run.error === null ? null : <ErrorNotice error={run.error.error} />}
          {found === undefined ? null : (
            <>
              <Box role="status">
                <Typography variant="h2" component="p">
                  {t('found', { count })}
                </Typography>
                <Typography variant="caption" color="textSecondary">
                  {[
                    t('kbs', { count: found.kbs.length }),
                    ...(as === 'kb' && found.withoutKb > 0 ? [t('withoutKb', { count: found.withoutKb })] : []),
                  ].join(' · ')}
                </Typography>
              </Box>
              <FoundList ids={found.updateIds} updates={updates} />
            </>
          )}
        </Stack>
      </Stack>
    </FormDialog>
  );
}

function FoundList({ ids, updates }: { readonly ids: readonly string[]; readonly updates: readonly UpdateRow[] }) {
  const { t } = useTranslation('builder');
  if (ids.length === 0)
    return (
      <Typography variant="body2" color="textSecondary">
        {t('nothing')}
      </Typography>
    );
  const byId = new Map(updates.map((update) => [update.updateId, update]));
  return (
    <Box
      component="ul"
      // The list scrolls, and scrolls by keyboard too.
      tabIndex={0}
      aria-label={t('preview')}
      sx={{
        m: 0,
        p: 0,
        flex: '1 1 220px',
        minHeight: 160,
        maxHeight: 380,
        overflow: 'auto',
        listStyle: 'none',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
      }}
    >
      {ids.slice(0, SHOWN).map((id) => (
        <Typography
          key={id}
          component="li"
          variant="body2"
          sx={{ px: 1.25, py: 0.5, borderBottom: 1, borderColor: 'divider', overflowWrap: 'anywhere' }}
        >
          {byId.get(id)?.title || id}
        </Typography>
      ))}
      {ids.length > SHOWN ? (
        <Typography
          component="li"
          variant="caption"
          color="textSecondary"
          sx={{ display: 'block', px: 1.25, py: 0.75 }}
        >
          {t('more', { count: ids.length - SHOWN })}
        </Typography>
      ) : null}
    </Box>
  );
}
