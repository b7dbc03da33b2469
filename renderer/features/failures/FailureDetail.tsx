import { Alert, Box, Button, Link, Stack, Typography } from '@mui/material';
import { Ban, DownloadCloud, ExternalLink, type LucideIcon, PackageCheck, ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FailureLine } from '../../../contract/schemas/failures.ts';
import { type NextStep, otherSpellings } from '../../../domain/failure-codes.ts';
import { FAILURE_BY, FAILURE_SOURCES, type FailureBy, type FailureSet } from '../../../domain/failures.ts';
import { kbLabel } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useOpenPage } from '../hosts/open-page.ts';
import { useStartOrder } from '../hosts/order.ts';
import { hostsBehind } from '../where/where.ts';
import { isCode, nextOf, useCodeWords } from './code-words.ts';
import { MarkDialog } from './known-bad/MarkDialog.tsx';
import { useKnownBad } from './known-bad/use-known-bad.ts';
import { useKnownBadWords } from './known-bad/words.ts';
import { setOf } from './set-of.ts';

type Retry = 'install' | 'download' | 'scan';

/** The orders that one can give again, and what they look like. */
const RETRIES: readonly (readonly [Retry, LucideIcon])[] = [
  ['install', PackageCheck],
  ['download', DownloadCloud],
  ['scan', ScanSearch],
];

const retryOf = (next: NextStep | null): Retry =>
  next === 'rescan' || next === 'reset' ? 'scan' : next === 'refetch' ? 'download' : 'install';

/** One line of the board: what it means, what to do, on which hosts again, and what it consists of. */
export function FailureDetail({
  by,
  line,
  set,
}: {
  readonly by: FailureBy;
  readonly line: FailureLine;
  readonly set: FailureSet;
}) {
  const { t } = useTranslation('failures');
  const words = useCodeWords();
  const bad = useKnownBad();
  const badWords = useKnownBadWords();
  const [isMarking, setMarking] = useState(false);
  const { key } = line;
  const title =
    by === 'code'
      ? words.label(key ?? '')
      : by === 'update'
        ? (line.title ?? key ?? t('noUpdate'))
        : (key ?? t('noGroup'));
  const updateId = by === 'update' ? key : null;
  const mark = updateId === null ? undefined : bad.get(updateId);
  const sources = FAILURE_SOURCES.filter((source) => (line.sources[source] ?? 0) > 0);
  return (
    <Stack
      component="section"
      aria-label={t('detail.label')}
      tabIndex={0}
      sx={{ height: '100%', overflow: 'auto', p: 2, gap: 1.5 }}
    >
      <Box>
        <Typography variant="h2" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
        {line.kbids.length === 0 ? null : (
          <Typography variant="body2" color="textSecondary">
            {line.kbids.map(kbLabel).join(', ')}
          </Typography>
        )}
      </Box>
      {by === 'code' ? <AboutCode code={key ?? ''} /> : null}
      {updateId === null && by === 'update' ? <Typography variant="body2">{t('noUpdateMeaning')}</Typography> : null}
      {mark === undefined ? null : (
        <Alert severity="warning">
          <Typography variant="body2" sx={{ fontWeight: 600 }}>
            {badWords('chip')}
          </Typography>
          {mark.note}
        </Alert>
      )}
      <Retries set={set} next={by === 'code' ? nextOf(key ?? '') : null} />
      {updateId === null ? null : (
        <Box>
          <Button startIcon={<Ban size={15} aria-hidden />} onClick={() => setMarking(true)}>
            {mark === undefined ? badWords('mark') : badWords('change')}
          </Button>
        </Box>
      )}
      {FAILURE_BY.filter((each) => each !== by).map((each) => (
        <Parts key={each} by={each} set={set} />
      ))}
      <Box>
        <Typography variant="h3">{t('detail.sure')}</Typography>
        {sources.map((source) => (
          <Typography key={source} variant="body2" color="textSecondary">
            {t(`sourceMeaning.${source}`)} ({line.sources[source]})
          </Typography>
        ))}
      </Box>
      {isMarking && updateId !== null ? <MarkDialog updateIds={[updateId]} onClose={() => setMarking(false)} /> : null}
    </Stack>
  );
}

function AboutCode({ code }: { readonly code: string }) {
  const { t } = useTranslation('failures');
  const words = useCodeWords();
  const openPage = useOpenPage();
  const next = words.next(code);
  const name = words.name(code);
  const spellings = otherSpellings(code);
  return (
    <>
      {name === '' ? null : (
        <Stack direction="row" sx={{ alignItems: 'center', mt: -1 }}>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {name}
          </Typography>
          <CopyButton text={`${code} ${name}`} label={t('column.code')} />
        </Stack>
      )}
      <Box>
        <Typography variant="h3">{t('detail.meaning')}</Typography>
        <Typography variant="body2">{words.meaning(code)}</Typography>
        {isCode(code) && name === '' ? (
          <Typography variant="body2" color="textSecondary">
            {t('unknownMeaning')}
          </Typography>
        ) : null}
      </Box>
      {next === '' ? null : (
        <Box>
          <Typography variant="h3">{t('detail.next')}</Typography>
          <Typography variant="body2">{next}</Typography>
        </Box>
      )}
      {isCode(code) ? (
        <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
          <Link
            component="button"
            type="button"
            variant="body2"
            onClick={() => openPage({ page: 'failure-code', code })}
            sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
          >
            {t('search')} <ExternalLink size={12} aria-hidden />
          </Link>
          <Typography variant="caption" color="textSecondary">
            {t('spellings')} {spellings.join(', ')}
          </Typography>
        </Stack>
      ) : null}
    </>
  );
}

/** Orders for exactly the hosts of the line that were scanned in time. */
function Retries({ set, next }: { readonly set: FailureSet; readonly next: NextStep | null }) {
  const { t } = useTranslation('failures');
  const startOrder = useStartOrder();
  const hosts = useCall('fleet.behind', { where: { kind: 'failure', ...set, stale: false } }).data?.uuids ?? [];
  const first = retryOf(next);
  const ordered = [...RETRIES].sort(([a], [b]) => Number(b === first) - Number(a === first));
  if (hosts.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('act.noHosts')}
      </Typography>
    );
  }
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
      {ordered.map(([action, Icon]) => (
        <Button
          key={action}
          variant={action === first ? 'contained' : 'outlined'}
          startIcon={<Icon size={15} aria-hidden />}
          onClick={() => void startOrder({ action, uuids: hosts })}
        >
          {action === first ? t('act.on', { action: t(`act.${action}`), count: hosts.length }) : t(`act.${action}`)}
        </Button>
      ))}
    </Stack>
  );
}

const SHOWN = 8;

/** What a line consists of, by something else; each count opens its hosts. */
function Parts({ by, set }: { readonly by: FailureBy; readonly set: FailureSet }) {
  const { t } = useTranslation('failures');
  const navigate = useNavigate();
  const words = useCodeWords();
  const groups = useCall('failures.board', { by, within: set }).data?.groups ?? [];
  const nameOf = (line: FailureLine): string => {
    if (by === 'code')
      return [words.label(line.key ?? ''), words.name(line.key ?? '')].filter((part) => part !== '').join(' ');
    if (by === 'update') return line.key === null ? t('noUpdate') : (line.title ?? line.key);
    return line.key ?? t('noGroup');
  };
  const countOf = (line: FailureLine): string =>
    line.hosts === 0 ? t('beside', { count: line.stale }) : String(line.hosts);
  const heading = by === 'code' ? t('detail.byCode') : by === 'update' ? t('detail.byUpdate') : t('detail.byGroup');
  return (
    <Box>
      <Typography variant="h3">{heading}</Typography>
      <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none', gap: 0.25 }}>
        {groups.slice(0, SHOWN).map((line) => (
          <Stack key={line.key ?? '-'} component="li" direction="row" sx={{ gap: 1, alignItems: 'baseline' }}>
            <Typography variant="body2" dir="auto" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              {nameOf(line)}
            </Typography>
            <Link
              component="button"
              type="button"
              variant="body2"
              aria-label={`${countOf(line)}: ${t('showHosts')}, ${nameOf(line)}`}
              onClick={() =>
                void navigate(hostsBehind({ kind: 'failure', ...setOf(by, line.key, set), stale: line.hosts === 0 }))
              }
            >
              {countOf(line)}
            </Link>
          </Stack>
        ))}
      </Stack>
      {groups.length <= SHOWN ? null : (
        <Typography variant="caption" color="textSecondary">
          {t('detail.more', { count: groups.length - SHOWN })}
        </Typography>
      )}
    </Box>
  );
}
