import { Box, Button, IconButton, Stack, Tooltip, Typography } from '@mui/material';
import { Pencil, RefreshCw, WandSparkles, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { foundSince, type KeptBuilder } from '../../../../domain/builder.ts';
import type { UpdateRow } from '../../../../domain/update.ts';
import { useCall } from '../../../app/console.ts';
import { useErrorWords } from '../../../ui/error-words.ts';
import { useFilterWords } from './filter-words.ts';
import { type BuilderRun, runOf, sameness } from './runs.ts';

/** The filters of a draft, each with what is new since it was run last. */
export function KeptBuilders({
  builders,
  updates,
  onRun,
  onEdit,
  onRemove,
}: {
  readonly builders: readonly KeptBuilder[];
  readonly updates: readonly UpdateRow[];
  readonly onRun: (at: number, run: BuilderRun) => void;
  readonly onEdit: (at: number) => void;
  readonly onRemove: (at: number) => void;
}) {
  const { t } = useTranslation('builder');
  if (builders.length === 0) return null;
  return (
    <Box
      component="section"
      aria-label={t('kept.label')}
      sx={{ maxHeight: 120, overflow: 'auto', bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider' }}
    >
      {builders.map((builder, at) => (
        <KeptLine
          key={sameness(builder)}
          builder={builder}
          updates={updates}
          onRun={(run) => onRun(at, run)}
          onEdit={() => onEdit(at)}
          onRemove={() => onRemove(at)}
        />
      ))}
    </Box>
  );
}

function KeptLine({
  builder,
  updates,
  onRun,
  onEdit,
  onRemove,
}: {
  readonly builder: KeptBuilder;
  readonly updates: readonly UpdateRow[];
  readonly onRun: (run: BuilderRun) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('builder');
  const errorWords = useErrorWords();
  const words = useFilterWords()(builder.filter);
  const run = useCall('builder.run', { filter: builder.filter }, { keepPrevious: true });
  const fresh = run.data === undefined ? 0 : foundSince(builder, run.data.updateIds).length;
  const into = `${t(`kept.${builder.into}`)} ${t(builder.as === 'kb' ? 'kept.asKbs' : 'kept.asUpdates')}`;
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1, px: 2, minHeight: 34 }}>
      <Box component="span" sx={{ color: 'text.secondary', display: 'inline-flex' }}>
        <WandSparkles size={15} aria-hidden />
      </Box>
      <Tooltip title={words}>
        <Typography variant="body2" noWrap sx={{ minWidth: 0 }}>
          {words}
        </Typography>
      </Tooltip>
      <Typography variant="body2" color="textSecondary" noWrap sx={{ flexShrink: 0 }}>
        → {into}
      </Typography>
      <span style={{ flex: 1 }} />
      {run.error !== null ? (
        <Tooltip title={errorWords(run.error.error).title}>
          <Typography variant="body2" color="error" noWrap>
            {t('kept.failed')}
          </Typography>
        </Tooltip>
      ) : fresh === 0 ? (
        <Typography variant="caption" color="textSecondary" noWrap>
          {run.data === undefined ? '' : t('kept.nothingNew')}
        </Typography>
      ) : (
        <Button
          variant="outlined"
          startIcon={<RefreshCw size={14} aria-hidden />}
          sx={{ minHeight: 26, py: 0, flexShrink: 0 }}
          onClick={() => onRun(runOf(builder, run.data?.updateIds ?? [], updates))}
        >
          {t('kept.run', { count: fresh })}
        </Button>
      )}
      <Tooltip title={t('kept.edit')}>
        <IconButton size="small" aria-label={`${t('kept.edit')}: ${words}`} onClick={onEdit}>
          <Pencil size={15} aria-hidden />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('kept.remove')}>
        <IconButton size="small" aria-label={`${t('kept.remove')}: ${words}`} onClick={onRemove}>
          <X size={15} aria-hidden />
        </IconButton>
      </Tooltip>
    </Stack>
  );
}
