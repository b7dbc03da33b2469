import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  Switch,
  TextField,
  Typography,
} from '@mui/material';
import { useId, useState } from 'react';
import type { StatedGroup } from '../../../contract/schemas/rules.ts';
import { ALL_HOSTS } from '../../../domain/facts.ts';
import { useCall } from '../../app/console.ts';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { AgentFactsRow } from './AgentFactsRow.tsx';
import { showFacts, useAsking } from './open.ts';
import { useWhyWords } from './words.ts';

/** Groups that are shown before one asks for more. */
const PAGE = 40;

const NO_GROUPS: readonly StatedGroup[] = [];

const lacks = ({ unknown }: StatedGroup): boolean => Object.values(unknown).some((hosts) => hosts > 0);

/** Where the administrator states, group by group, what agents do not report. */
export function AgentFactsDialog() {
  const isOpen = useAsking((asking) => asking.areFactsOpen);
  return isOpen ? <OpenDialog /> : null;
}

function OpenDialog() {
  const t = useWhyWords();
  const titleId = useId();
  const stated = useCall('rules.stated', {});
  const [words, setWords] = useState('');
  const [isOpenOnly, setOpenOnly] = useState(true);
  const [limit, setLimit] = useState(PAGE);
  // What one has just stated stays in the list, although it lacks nothing any more.
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const groups = stated.data?.groups ?? NO_GROUPS;
  const shown = groups.filter(
    (one) =>
      one.group.toLowerCase().includes(words.toLowerCase()) &&
      (!isOpenOnly || one.group === ALL_HOSTS || lacks(one) || one.stated !== null || touched.has(one.group)),
  );
  const close = (): void => showFacts(false);
  return (
    <Dialog open onClose={close} aria-labelledby={titleId} maxWidth="lg">
      <DialogTitle id={titleId}>{t('facts.title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 1.5 }}>
          <Typography variant="body2">{t('facts.text')}</Typography>
          {groups.length > 8 ? (
            <Stack direction="row" sx={{ alignItems: 'center', gap: 2 }}>
              <TextField
                type="search"
                label={t('facts.search')}
                value={words}
                onChange={(event) => setWords(event.target.value)}
                sx={{ maxWidth: 320 }}
              />
              <FormControlLabel
                control={<Switch checked={isOpenOnly} onChange={(_event, isOn) => setOpenOnly(isOn)} />}
                label={t('facts.onlyOpen')}
                sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
              />
            </Stack>
          ) : null}
          {stated.error === null ? null : (
            <ErrorNotice compact error={stated.error.error} onRetry={() => void stated.refetch()} />
          )}
          {stated.isPending ? <LoadingState /> : null}
          <Box>
            {shown.slice(0, limit).map((group) => (
              <AgentFactsRow
                key={group.group}
                group={group}
                onStated={() => setTouched((before) => new Set(before).add(group.group))}
              />
            ))}
          </Box>
          {groups.length > 0 && shown.length === 0 ? (
            <Typography variant="body2" color="textSecondary">
              {t(words === '' ? 'facts.noGroup' : 'facts.noneFound')}
            </Typography>
          ) : null}
          {shown.length > limit ? (
            <Button sx={{ alignSelf: 'flex-start' }} onClick={() => setLimit(limit + PAGE)}>
              {t('facts.more', { count: Math.min(PAGE, shown.length - limit) })}
            </Button>
          ) : null}
          <Typography variant="caption" color="textSecondary">
            {t('facts.order')}
          </Typography>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={close} autoFocus>
          {t('common:close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
