import { Box, Button, Typography } from '@mui/material';
import { Minus, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RulesDiff } from '../../../../contract/schemas/history.ts';
import type { RuleList } from '../../../../domain/rules.ts';
import type { UpdateRow } from '../../../../domain/update.ts';
import { useCall } from '../../../app/console.ts';
import { fonts } from '../../../theme/theme.ts';
import { useEntryTitles } from './entry-titles.ts';
import { type DiffEntry, type DiffList, foldIds } from './folded-ids.ts';

const NO_UPDATES: readonly UpdateRow[] = [];

const FIRST = 25;

function Entries({
  list,
  entries,
  side,
  limit,
}: {
  readonly list: RuleList;
  readonly entries: readonly DiffEntry[];
  readonly side: 'removed' | 'added';
  readonly limit: number;
}) {
  const { t } = useTranslation('history');
  const titleOf = useEntryTitles();
  const Icon = side === 'added' ? Plus : Minus;
  if (entries.length === 0)
    return (
      <Typography variant="caption" color="textSecondary" sx={{ px: 1, py: 0.5 }}>
        {t('nothingHere')}
      </Typography>
    );
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', minWidth: 0 }}>
      {entries.slice(0, limit).map(({ entry, beside }) => {
        const title = titleOf(list, entry);
        return (
          <Box
            key={entry}
            component="li"
            sx={(theme) => {
              const tone = theme.look.tones[side === 'added' ? 'ok' : 'error'];
              return {
                display: 'flex',
                gap: 0.75,
                px: 1,
                py: 0.5,
                mb: 0.25,
                borderRadius: 0.5,
                typography: 'body2',
                bgcolor: tone.ground,
                borderLeft: `3px solid ${tone.line}`,
              };
            }}
          >
            <Icon size={13} aria-hidden style={{ marginTop: 3, flexShrink: 0 }} />
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }} dir="auto">
              {title ?? entry}
              {title === null ? null : (
                <Box
                  component="code"
                  sx={{ display: 'block', fontFamily: fonts.mono, fontSize: '0.6875rem', color: 'text.secondary' }}
                >
                  {entry}
                </Box>
              )}
              {beside === 0 ? null : (
                <Typography variant="caption" color="textSecondary">
                  {t('beside', { count: beside })}
                </Typography>
              )}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

function OneList({ diff }: { readonly diff: DiffList }) {
  const { t } = useTranslation(['history', 'packages']);
  const [isWhole, setWhole] = useState(false);
  const most = Math.max(diff.added.length, diff.removed.length);
  const limit = isWhole ? most : FIRST;
  return (
    <Box component="section" aria-label={t(`packages:list.${diff.list}`)}>
      <Typography variant="body2" component="h3" sx={{ fontWeight: 620, mb: 0.5 }}>
        {t(`packages:list.${diff.list}`)}{' '}
        <Typography component="span" variant="caption" color="textSecondary">
          {[
            diff.removed.length === 0 ? '' : t('removedCount', { count: diff.removed.length }),
            diff.added.length === 0 ? '' : t('addedCount', { count: diff.added.length }),
          ]
            .filter((text) => text !== '')
            .join(' · ')}
        </Typography>
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', columnGap: 1.5 }}>
        <Entries list={diff.list} entries={diff.removed} side="removed" limit={limit} />
        <Entries list={diff.list} entries={diff.added} side="added" limit={limit} />
      </Box>
      {limit < most ? (
        <Button sx={{ minHeight: 26, px: 0.75, fontSize: '0.75rem' }} onClick={() => setWhole(true)}>
          {t('more', { count: most - limit })}
        </Button>
      ) : null}
    </Box>
  );
}

/** What two contents differ in, list by list: on the left what only the earlier one says, on the right what only the later one says. */
export function SideBySide({
  lists,
  from,
  to,
}: {
  readonly lists: RulesDiff['lists'];
  /** Headings of the two sides. */
  readonly from: string;
  readonly to: string;
}) {
  const updates = useCall('updates.list', {}).data?.rows ?? NO_UPDATES;
  const shown = useMemo(() => foldIds(lists, updates), [lists, updates]);
  return (
    <Box sx={{ display: 'grid', rowGap: 2 }}>
      <Box
        aria-hidden
        sx={{
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
          columnGap: 1.5,
          color: 'text.secondary',
          typography: 'caption',
          fontWeight: 600,
        }}
      >
        <span>{from}</span>
        <span>{to}</span>
      </Box>
      {shown.map((diff) => (
        <OneList key={diff.list} diff={diff} />
      ))}
    </Box>
  );
}
