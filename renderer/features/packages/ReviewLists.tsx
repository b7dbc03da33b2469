import { Box, Button, Stack, Typography } from '@mui/material';
import { Minus, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bareKb, type UpdateRow } from '../../../domain/update.ts';
import type { Changes, ListChange } from './review.ts';

const FIRST = 8;

/** The differences of a draft, list by list, each entry with its title where it is known. */
export function ReviewLists({
  changes,
  updates,
}: {
  readonly changes: Changes;
  readonly updates: readonly UpdateRow[];
}) {
  const { t } = useTranslation('packages');
  const titles = useMemo(() => {
    const known = new Map<string, string>();
    for (const update of updates) {
      known.set(update.updateId, update.title);
      for (const kb of update.kbids) if (!known.has(`KB${bareKb(kb)}`)) known.set(`KB${bareKb(kb)}`, update.title);
    }
    return known;
  }, [updates]);
  return (
    <Stack
      sx={{ gap: 1.25, border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5, maxHeight: 320, overflow: 'auto' }}
    >
      {changes.fields.map((change) => (
        <Box key={change.field}>
          <Typography variant="body2" sx={{ fontWeight: 600 }}>
            {t(`review.${change.field}`)}
          </Typography>
          <Line sign="removed" text={change.before === '' ? '–' : change.before} />
          <Line sign="added" text={change.after === '' ? '–' : change.after} />
        </Box>
      ))}
      {changes.lists.map((change) => (
        <OneList key={change.list} change={change} titles={titles} />
      ))}
    </Stack>
  );
}

function OneList({ change, titles }: { readonly change: ListChange; readonly titles: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('packages');
  const [isWhole, setWhole] = useState(false);
  const lines = [
    ...change.removed.map((entry) => ({ sign: 'removed' as const, entry })),
    ...change.added.map((entry) => ({ sign: 'added' as const, entry })),
  ];
  const shown = isWhole ? lines : lines.slice(0, FIRST);
  return (
    <Box>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t(`list.${change.list}`)}
        <Typography component="span" variant="caption" color="textSecondary" sx={{ ml: 1 }}>
          {[
            change.added.length === 0 ? '' : t('review.added', { count: change.added.length }),
            change.removed.length === 0 ? '' : t('review.removed', { count: change.removed.length }),
          ]
            .filter((text) => text !== '')
            .join(' · ')}
        </Typography>
      </Typography>
      {shown.map(({ sign, entry }) => (
        <Line key={`${sign} ${entry}`} sign={sign} text={entry} title={titles.get(entry)} />
      ))}
      {shown.length < lines.length ? (
        <Button sx={{ minHeight: 24, px: 0.75 }} onClick={() => setWhole(true)}>
          {t('review.more', { count: lines.length - shown.length })}
        </Button>
      ) : null}
    </Box>
  );
}

function Line({
  sign,
  text,
  title,
}: {
  readonly sign: 'added' | 'removed';
  readonly text: string;
  readonly title?: string | undefined;
}) {
  const Icon = sign === 'added' ? Plus : Minus;
  const { t } = useTranslation('packages');
  return (
    <Stack
      direction="row"
      sx={(theme) => ({
        alignItems: 'flex-start',
        gap: 0.75,
        px: 0.75,
        py: 0.125,
        color: theme.look.tones[sign === 'added' ? 'ok' : 'error'].text,
        bgcolor: theme.look.tones[sign === 'added' ? 'ok' : 'error'].ground,
      })}
    >
      <Icon
        size={13}
        aria-label={t(sign === 'added' ? 'review.added' : 'review.removed', { count: 1 })}
        style={{ marginTop: 3, flexShrink: 0 }}
      />
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {title === undefined ? text : `${title} `}
        {title === undefined ? null : (
          <Typography component="span" variant="caption" sx={{ opacity: 0.85 }}>
            {text}
          </Typography>
        )}
      </Typography>
    </Stack>
  );
}
