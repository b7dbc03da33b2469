import { Alert, Box, Button, Collapse, Link, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChainedUpdate, UpdateDetail } from '../../../contract/schemas/updates.ts';
import { kbLabel } from '../../../domain/update.ts';
import { useLocale } from '../../i18n/locale.ts';
import { fonts } from '../../theme/theme.ts';
import { formatDate } from '../../ui/format.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';

/** Where hosts stand with an update of a chain, in a word or two. */
function ChainState({ update }: { readonly update: ChainedUpdate }) {
  const { t } = useTranslation(['updates', 'common']);
  const hosts = (count: number): string => t('common:hosts', { count });
  const { needed, done, reported } = update.hosts;
  return (
    <Stack direction="row" component="span" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
      {update.isSuperseded ? null : <StatusChip tone="ok" label={t('detail.isNewest')} />}
      {needed > 0 ? (
        <StatusChip tone="info" label={t('detail.neededBy', { hosts: hosts(needed) })} />
      ) : done > 0 ? (
        <StatusChip tone="neutral" label={t('detail.doneOn', { hosts: hosts(done) })} />
      ) : reported > 0 ? (
        <StatusChip tone="neutral" label={t('detail.reportedBy', { hosts: hosts(reported) })} />
      ) : (
        <StatusChip tone="neutral" label={t('detail.notListed')} />
      )}
      {update.onServer ? <StatusChip tone="neutral" label={t('detail.fileThere')} /> : null}
    </Stack>
  );
}

function ChainLine({ update, onGo }: { readonly update: ChainedUpdate; readonly onGo: (updateId: string) => void }) {
  const { t } = useTranslation('updates');
  const locale = useLocale();
  const title = update.title ?? update.updateId;
  const kbs = update.kbids.map(kbLabel).join(', ');
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '84px minmax(0, 1fr)',
        columnGap: 1.5,
        rowGap: 0.25,
        py: 0.625,
        borderBottom: 1,
        borderColor: 'divider',
        typography: 'body2',
      }}
    >
      <Box component="span" sx={{ fontVariantNumeric: 'tabular-nums', fontWeight: 550 }}>
        {kbs === '' ? '–' : kbs}
      </Box>
      {update.isListed ? (
        <Link
          component="button"
          type="button"
          variant="body2"
          dir="auto"
          aria-label={t('detail.goTo', { title: kbs === '' ? title : `${kbs}: ${title}` })}
          sx={{ textAlign: 'left', justifySelf: 'start', overflowWrap: 'anywhere' }}
          onClick={() => onGo(update.updateId)}
        >
          {title}
        </Link>
      ) : (
        <Box component="span" dir="auto" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {title}
        </Box>
      )}
      <Typography component="span" variant="caption" color="textSecondary">
        {update.distance > 1 ? t('detail.steps', { count: update.distance }) : ''}
      </Typography>
      <Stack direction="row" component="span" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography component="span" variant="caption" color="textSecondary" sx={{ whiteSpace: 'nowrap' }}>
          {formatDate(update.changetime, locale)}
        </Typography>
        <ChainState update={update} />
      </Stack>
    </Box>
  );
}

function Chain({
  title,
  updates,
  nothing,
  onGo,
}: {
  readonly title: string;
  readonly updates: readonly ChainedUpdate[];
  readonly nothing: string;
  readonly onGo: (updateId: string) => void;
}) {
  const { t } = useTranslation('updates');
  const [areAllShown, setAllShown] = useState(false);
  const known = updates.filter((update) => update.title !== null);
  const undescribed = updates.filter((update) => update.title === null);
  const parts = [
    ['direct', known.filter((update) => update.distance === 1)],
    ['indirect', known.filter((update) => update.distance > 1)],
  ] as const;
  return (
    <Box component="section">
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      {updates.length === 0 ? (
        <Typography variant="body2" color="textSecondary">
          {nothing}
        </Typography>
      ) : null}
      {parts.map(([name, part]) =>
        part.length === 0 ? null : (
          <Box key={name} sx={{ mb: 1 }}>
            <Typography variant="overline" component="h4" color="textSecondary" sx={{ m: 0 }}>
              {t(`detail.${name}`)}
            </Typography>
            <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
              {part.map((update) => (
                <ChainLine key={update.updateId} update={update} onGo={onGo} />
              ))}
            </Box>
          </Box>
        ),
      )}
      {undescribed.length === 0 ? null : (
        <>
          <Button
            sx={{ minHeight: 26, px: 0.75, ml: -0.75, fontSize: '0.75rem' }}
            aria-expanded={areAllShown}
            onClick={() => setAllShown(!areAllShown)}
          >
            {t('detail.undescribed', { count: undescribed.length })}
          </Button>
          <Collapse in={areAllShown} unmountOnExit>
            <Box
              component="ul"
              sx={{ m: 0, pl: 2.5, fontFamily: fonts.mono, fontSize: '0.75rem', color: 'text.secondary' }}
            >
              {undescribed.map(({ updateId }) => (
                <li key={updateId}>{updateId}</li>
              ))}
            </Box>
          </Collapse>
        </>
      )}
    </Box>
  );
}

/** What replaces an update and what it replaces, directly and through others, and which one to install instead. */
export function SupersedenceChains({
  detail,
  onGo,
}: {
  readonly detail: UpdateDetail;
  readonly onGo: (updateId: string) => void;
}) {
  const { t } = useTranslation('updates');
  const newest = detail.supersededBy.find((update) => !update.isSuperseded && update.isListed);
  return (
    <Stack sx={{ gap: 2 }}>
      {newest === undefined ? null : (
        <Alert severity="info" sx={{ py: 0.25 }}>
          {t('detail.installInstead')}{' '}
          <Link
            component="button"
            type="button"
            variant="body2"
            sx={{ textAlign: 'left' }}
            onClick={() => onGo(newest.updateId)}
          >
            {[...newest.kbids.map(kbLabel), newest.title ?? ''].join(' · ')}
          </Link>
        </Alert>
      )}
      <Chain title={t('detail.supersededBy')} updates={detail.supersededBy} nothing={t('detail.newest')} onGo={onGo} />
      <Chain
        title={t('detail.supersedes')}
        updates={detail.supersedes}
        nothing={t('detail.replacesNothing')}
        onGo={onGo}
      />
    </Stack>
  );
}
