import { Box, Button, Stack, Typography } from '@mui/material';
import { ChevronRight, ExternalLink } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Campaign } from '../../../contract/schemas/campaigns.ts';
import type { CampaignSet } from '../../../domain/campaign.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { hostsBehind } from '../where/where.ts';
import { PHASE_TONE } from './words.ts';

const FACTS = ['asked', 'sent', 'launched', 'appeared', 'ended'] as const satisfies readonly CampaignSet[];
const PHASES = ['waiting', 'out', 'done', 'failed', 'missed', 'cancelled'] as const satisfies readonly CampaignSet[];

/** The five facts in their order, and where hosts stand now; each number shows its hosts below. */
export function FactBar({
  campaign,
  shown,
  onShow,
  children,
}: {
  readonly campaign: Campaign;
  readonly shown: CampaignSet | null;
  readonly onShow: (set: CampaignSet | null) => void;
  /** Stands at the end of the second line. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('campaigns');
  const locale = useLocale();
  const navigate = useNavigate();
  const { counts } = campaign;
  const toggle = (set: CampaignSet) => () => onShow(shown === set ? null : set);
  return (
    <Stack sx={{ gap: 1, px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.default' }}>
      <Stack direction="row" role="group" aria-label={t('facts.label')} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
        {FACTS.map((fact, i) => (
          <Fragment key={fact}>
            {i === 0 ? null : <ChevronRight size={16} aria-hidden style={{ opacity: 0.5 }} />}
            <Button
              aria-pressed={shown === fact}
              onClick={toggle(fact)}
              sx={{
                flexDirection: 'column',
                alignItems: 'flex-start',
                lineHeight: 1.2,
                px: 1.25,
                color: 'text.primary',
                bgcolor: shown === fact ? 'action.selected' : 'transparent',
              }}
            >
              <Typography variant="caption" component="span" color="textSecondary">
                {t(`facts.${fact}`)}
              </Typography>
              <Box component="span" sx={{ fontSize: '1.25rem', fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>
                {formatNumber(counts[fact], locale)}
              </Box>
            </Button>
          </Fragment>
        ))}
      </Stack>
      <Stack
        direction="row"
        role="group"
        aria-label={t('facts.now')}
        sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 0.5 }}
      >
        {PHASES.filter((phase) => counts[phase] > 0).map((phase) => (
          <Button
            key={phase}
            aria-pressed={shown === phase}
            onClick={toggle(phase)}
            sx={{
              minHeight: 26,
              px: 0.75,
              gap: 0.75,
              color: 'text.primary',
              bgcolor: shown === phase ? 'action.selected' : 'transparent',
            }}
          >
            <StatusChip tone={PHASE_TONE[phase]} label={t(`phase.${phase}`)} />
            {formatNumber(counts[phase], locale)}
          </Button>
        ))}
        <span style={{ flex: 1 }} />
        <Button
          size="small"
          startIcon={<ExternalLink size={14} aria-hidden />}
          onClick={() => void navigate(hostsBehind({ kind: 'campaign', id: campaign.id, state: shown ?? 'hosts' }))}
        >
          {t('facts.show')}
        </Button>
        {children}
      </Stack>
    </Stack>
  );
}
