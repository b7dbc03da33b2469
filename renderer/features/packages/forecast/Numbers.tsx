import { Box, ButtonBase, Stack, Tooltip, Typography } from '@mui/material';
import type { ForecastPart, RuleForecast } from '../../../../contract/schemas/rules.ts';
import { useLocale } from '../../../i18n/locale.ts';
import type { Tone } from '../../../theme/palette.ts';
import { formatNumber, formatSize } from '../../../ui/format.ts';
import { decisionTones } from '../../why/ForecastChip.tsx';
import { countPairs, MOVE_GROUPS, type MoveGroup } from './moves.ts';
import { useForecastWords } from './words.ts';

const toneOf = (group: MoveGroup): Tone => (group === 'stay' ? 'neutral' : decisionTones[group]);

/** The numbers of a forecast; each opens the list behind it. */
export function Numbers({
  forecast,
  part,
  onShow,
}: {
  readonly forecast: RuleForecast;
  readonly part: ForecastPart;
  readonly onShow: (group: MoveGroup) => void;
}) {
  const t = useForecastWords();
  const locale = useLocale();
  const counts = countPairs(part);
  return (
    <Stack direction="row" sx={{ alignItems: 'stretch', flexWrap: 'wrap', columnGap: 0.5, rowGap: 0.5 }}>
      {MOVE_GROUPS.filter((group) => group !== 'unknown' || counts.unknown > 0).map((group) => {
        const count = counts[group];
        return (
          <ButtonBase
            key={group}
            disabled={count === 0}
            aria-label={t('show', { count, group: t(`group.${group}`) })}
            onClick={() => onShow(group)}
            sx={(theme) => ({
              flexDirection: 'column',
              alignItems: 'flex-start',
              px: 0.875,
              py: 0.375,
              minWidth: 88,
              borderRadius: 1,
              border: `1px dashed ${count === 0 ? theme.look.line : theme.look.tones[toneOf(group)].text}`,
              color: count === 0 ? 'text.secondary' : theme.look.tones[toneOf(group)].text,
              '&:hover': { bgcolor: 'action.hover' },
            })}
          >
            <Box
              component="span"
              sx={{ fontSize: '1.0625rem', fontWeight: 640, lineHeight: 1.25, fontVariantNumeric: 'tabular-nums' }}
            >
              {formatNumber(count, locale)}
            </Box>{' '}
            <Typography variant="caption" component="span" sx={{ lineHeight: 1.25 }}>
              {t(`group.${group}`)}
            </Typography>
          </ButtonBase>
        );
      })}
      <Size
        label={t('serverBytes')}
        meaning={t('serverBytesMeaning')}
        value={formatSize(forecast.serverBytes, locale)}
      />
      <Size label={t('hostBytes')} meaning={t('hostBytesMeaning')} value={formatSize(forecast.hostBytes, locale)} />
    </Stack>
  );
}

function Size({ label, meaning, value }: { readonly label: string; readonly meaning: string; readonly value: string }) {
  return (
    <Tooltip title={meaning} describeChild>
      <Stack sx={{ px: 0.75, py: 0.5, minWidth: 80 }}>
        <Box component="span" sx={{ fontSize: '1.0625rem', fontWeight: 640, lineHeight: 1.25, whiteSpace: 'nowrap' }}>
          {value}
        </Box>
        <Typography variant="caption" component="span" color="textSecondary" sx={{ lineHeight: 1.25 }}>
          {label}
        </Typography>
      </Stack>
    </Tooltip>
  );
}
