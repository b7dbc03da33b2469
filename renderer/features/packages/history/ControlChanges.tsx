import { Box, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { RulesDiff } from '../../../../contract/schemas/history.ts';
import { fonts } from '../../../theme/theme.ts';

type Changes = NonNullable<RulesDiff['control']>;

/** What two versions say differently beside their rules: description, maturity, depends and the other fields of the control, side by side. */
export function ControlChanges({ changes }: { readonly changes: Changes }) {
  const { t } = useTranslation('history');
  return (
    <Box component="section" aria-label={t('fields')}>
      <Typography variant="body2" component="h3" sx={{ fontWeight: 620, mb: 0.5 }}>
        {t('fields')}{' '}
        <Typography component="span" variant="caption" color="textSecondary">
          {t('fieldCount', { count: changes.length })}
        </Typography>
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', rowGap: 0.5 }}>
        {changes.map(({ field, from, to }) => (
          <Box key={field} component="li">
            <Box component="code" sx={{ fontFamily: fonts.mono, fontSize: '0.75rem', color: 'text.secondary' }}>
              {field}
            </Box>
            <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', columnGap: 1.5 }}>
              <Side text={from} tone="error" />
              <Side text={to} tone="ok" />
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

function Side({ text, tone }: { readonly text: string; readonly tone: 'error' | 'ok' }) {
  const { t } = useTranslation('history');
  if (text === '')
    return (
      <Typography variant="caption" color="textSecondary" sx={{ px: 1, py: 0.5 }}>
        {t('nothingHere')}
      </Typography>
    );
  return (
    <Box
      dir="auto"
      sx={(theme) => ({
        px: 1,
        py: 0.5,
        maxHeight: 160,
        overflow: 'auto',
        borderRadius: 0.5,
        typography: 'body2',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        bgcolor: theme.look.tones[tone].ground,
        borderLeft: `3px solid ${theme.look.tones[tone].line}`,
      })}
    >
      {text}
    </Box>
  );
}
