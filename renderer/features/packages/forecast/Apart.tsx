import { Link, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { RuleForecast } from '../../../../contract/schemas/rules.ts';
import { showFacts } from '../../why/open.ts';
import { changedPairs } from './moves.ts';
import { useForecastWords } from './words.ts';

/** What the numbers leave out, in words: hosts with old data, facts that nobody says, reports that contradict. */
export function Apart({
  forecast,
  onStale,
  onContradictions,
}: {
  readonly forecast: RuleForecast;
  /** Shows what would change on hosts with old data. */
  readonly onStale: () => void;
  readonly onContradictions: () => void;
}) {
  const t = useForecastWords();
  const { stale, unknown, legacyHosts, unread, contradictions, holders } = forecast;
  const staleChanged = changedPairs(stale);
  const apart: readonly ReactNode[] = [
    stale.hosts === 0 ? null : (
      <span key="stale">
        {t('stale', { count: stale.hosts })}
        {staleChanged === 0 ? null : (
          <>
            {' ('}
            <TextButton label={t('staleChange', { count: staleChanged })} onClick={onStale} />)
          </>
        )}
      </span>
    ),
    stale.neverScanned === 0 ? null : <span key="never">{t('never', { count: stale.neverScanned })}</span>,
    legacyHosts === 0 ? null : <span key="legacy">{t('legacy', { count: legacyHosts })}</span>,
  ].filter((part) => part !== null);
  const lacking = (['defaultAllow', 'installDelay', 'language', 'packageContent', 'directoryGroups'] as const)
    .filter((fact) => unknown[fact] > 0)
    .map((fact) => t(`lacks.${fact}`, { count: unknown[fact] }));
  const canBeStated = unknown.defaultAllow + unknown.installDelay + unknown.language > 0;
  const contrary = contradictions.reduce((sum, { pairs }) => sum + pairs, 0);
  const lines: readonly ReactNode[] = [
    holders.hosts + holders.unsure === 0 ? <span key="none">{t('noHolder')}</span> : null,
    holders.willGet === 0 ? null : <span key="will-get">{t('willGet', { count: holders.willGet })}</span>,
    apart.length === 0 ? null : (
      <span key="apart">
        <strong>{t('apart')}</strong> <Listed parts={apart} />.
      </span>
    ),
    lacking.length === 0 ? null : (
      <span key="lacking">
        <strong>{t('lacking')}</strong> {lacking.join(' · ')}.{' '}
        {unread.length === 0
          ? null
          : `${t('unreadPackages', { names: unread.map((one) => `${one.package} ${one.version}`).join(', ') })}. `}
        {canBeStated ? <TextButton label={t('stateFacts')} onClick={() => showFacts(true)} /> : null}
      </span>
    ),
    contrary === 0 ? null : (
      <span key="contrary">
        {t('contradicts', { count: contrary })} <TextButton label={t('contradictsShow')} onClick={onContradictions} />
      </span>
    ),
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', columnGap: 2, rowGap: 0.25, typography: 'caption' }}>
      {lines}
    </Stack>
  );
}

function Listed({ parts }: { readonly parts: readonly ReactNode[] }) {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
}

function TextButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Link component="button" type="button" variant="caption" underline="always" onClick={onClick}>
      <Typography variant="caption" component="span">
        {label}
      </Typography>
    </Link>
  );
}
