import { Box, ButtonBase, Stack, Typography } from '@mui/material';
import { ArrowRight } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { RingSet, RingState, RingStatus, RingStep } from '../../../contract/schemas/rings.ts';
import type { RingGates } from '../../../domain/rings.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';

/** Read aloud and not shown. */
const unseen = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const;

/** The rings from first to last, and between two of them what passed and what waits; one of these ways is chosen. */
export function RingLine({
  set,
  status,
  chosen,
  onChoose,
}: {
  readonly set: RingSet;
  readonly status: RingStatus;
  /** Position of the step shown below. */
  readonly chosen: number;
  readonly onChoose: (step: number) => void;
}) {
  const { t } = useTranslation('rings');
  return (
    <Stack
      direction="row"
      component="section"
      aria-label={t('steps')}
      sx={{
        alignItems: 'stretch',
        gap: 1,
        p: 2,
        overflowX: 'auto',
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.default',
      }}
    >
      {status.rings.map((ring, at) => {
        const step = status.steps[at];
        const gates = step === undefined ? null : (set.rings[at]?.gates ?? null);
        return (
          <Fragment key={ring.package}>
            <RingCard ring={ring} number={at + 1} gates={gates} />
            {step === undefined ? null : (
              <StepButton step={step} isChosen={at === chosen} onChoose={() => onChoose(at)} />
            )}
          </Fragment>
        );
      })}
    </Stack>
  );
}

function RingCard({
  ring,
  number,
  gates,
}: {
  readonly ring: RingState;
  readonly number: number;
  /** Null: the last ring has none. */
  readonly gates: RingGates | null;
}) {
  const { t } = useTranslation('rings');
  const gateWords = useGateWords();
  return (
    <Stack
      sx={{
        flex: '1 1 0',
        minWidth: 200,
        gap: 0.25,
        px: 1.75,
        py: 1.25,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1.5,
        bgcolor: 'background.paper',
      }}
    >
      <Typography variant="caption" color="textSecondary">
        {t(gates === null ? 'ringLast' : 'ring', { number })}
      </Typography>
      <Typography variant="h3" component="p" noWrap title={ring.package}>
        {ring.package}
      </Typography>
      {ring.problem === null ? null : (
        <Box sx={{ my: 0.25 }}>
          <StatusChip tone="warning" label={t(`problem.${ring.problem}`)} />
        </Box>
      )}
      <Typography variant="body2">
        {ring.hosts === 0
          ? ring.problem === null
            ? t('noHosts')
            : ''
          : ring.version === null
            ? t('hosts', { count: ring.hosts })
            : t('onNewest', { onNewest: ring.onNewest, hosts: ring.hosts, version: ring.version })}
      </Typography>
      {ring.stale === 0 ? null : (
        <Typography variant="caption" color="textSecondary">
          {t('stale', { count: ring.stale })}
        </Typography>
      )}
      <span style={{ flex: 1 }} />
      {gates === null ? null : (
        <Typography variant="caption" color="textSecondary" title={t('gates.label')} sx={{ mt: 0.5 }}>
          {gateWords(gates)}
        </Typography>
      )}
    </Stack>
  );
}

function StepButton({
  step,
  isChosen,
  onChoose,
}: {
  readonly step: RingStep;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t } = useTranslation('rings');
  const shown = step.items.filter((item) => !item.isSuperseded);
  const ready = shown.filter((item) => item.isReady).length;
  const waiting = shown.length - ready;
  return (
    <ButtonBase
      aria-pressed={isChosen}
      onClick={onChoose}
      sx={{
        flex: '0 0 auto',
        minWidth: 108,
        fontFamily: 'inherit',
        flexDirection: 'column',
        gap: 0.5,
        px: 1.5,
        py: 1,
        borderRadius: 1.5,
        border: 2,
        borderColor: isChosen ? 'primary.main' : 'transparent',
        bgcolor: isChosen ? 'action.selected' : 'transparent',
        '&:hover': { bgcolor: isChosen ? 'action.selected' : 'action.hover' },
      }}
    >
      <ArrowRight size={20} aria-hidden />
      <Box component="span" sx={unseen}>
        {t('step.open', { from: step.from, to: step.to })}
      </Box>
      {!step.isKnown ? (
        <Typography variant="caption">{t('step.unknown')}</Typography>
      ) : shown.length === 0 ? (
        <Typography variant="caption">{t('step.none')}</Typography>
      ) : (
        <>
          {ready === 0 ? null : <StatusChip tone="ok" label={t('step.ready', { count: ready })} />}
          {waiting === 0 ? null : <StatusChip tone="neutral" label={t('step.waiting', { count: waiting })} />}
        </>
      )}
    </ButtonBase>
  );
}

/** Says what the gates of a ring ask. */
function useGateWords(): (gates: RingGates) => string {
  const { t } = useTranslation('rings');
  return ({ minAgeDays, minSuccesses, minSuccessRate, maxFailures }) => {
    const parts = [
      minAgeDays === null ? null : t('gates.age', { count: minAgeDays }),
      minSuccesses === null ? null : t('gates.successes', { count: minSuccesses }),
      minSuccessRate === null ? null : t('gates.rate', { percent: Math.round(minSuccessRate * 100) }),
      maxFailures === null ? null : t('gates.failures', { count: maxFailures }),
    ].filter((part) => part !== null);
    return parts.length === 0 ? t('gates.none') : parts.join(' · ');
  };
}
