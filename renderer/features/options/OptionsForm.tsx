import { Box, IconButton, Stack, Typography } from '@mui/material';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FoundDanger, OptionKey } from '../../../domain/agent-options.ts';
import { fonts } from '../../theme/theme.ts';
import type { OptionSet } from './kept-options.ts';
import { OptionField } from './OptionField.tsx';
import { OPTION_GROUPS } from './option-groups.ts';

const ORDER: readonly OptionKey[] = OPTION_GROUPS.flatMap((group): readonly OptionKey[] => group.keys);

/** Where a danger is explained: at the last of the options it comes from, as one reads them. */
const placeOf = ({ keys }: FoundDanger): OptionKey | undefined => ORDER.findLast((key) => keys.includes(key));

/** Every option with its meaning, value and dangers, and the lines that the console does not know. */
export function OptionsForm({
  set,
  dangers,
  onPut,
  onChange,
}: {
  readonly set: OptionSet;
  readonly dangers: readonly FoundDanger[];
  readonly onPut: (key: OptionKey, text: string) => void;
  readonly onChange: (set: OptionSet) => void;
}) {
  const { t } = useTranslation('options');
  return (
    <Stack
      component="form"
      aria-label={t('form')}
      onSubmit={(event) => event.preventDefault()}
      sx={{ height: '100%', overflow: 'auto', px: { xs: 2, lg: 3 }, py: 2, gap: 2.5, bgcolor: 'background.paper' }}
    >
      <Typography variant="body2" color="textSecondary" sx={{ maxWidth: 860 }}>
        {t('intro')}
      </Typography>
      {OPTION_GROUPS.map(({ id, keys }) => (
        <Box key={id} sx={{ maxWidth: 940 }}>
          <Typography variant="overline" component="h2" color="textSecondary">
            {t(`group.${id}`)}
          </Typography>
          {keys.map((key) => (
            <OptionField
              key={key}
              optionKey={key}
              text={set.values[key] ?? ''}
              dangers={dangers.filter((danger) => placeOf(danger) === key)}
              onChange={(text) => onPut(key, text)}
            />
          ))}
        </Box>
      ))}
      {set.others.length === 0 ? null : (
        <Box sx={{ maxWidth: 940 }}>
          <Typography variant="overline" component="h2" color="textSecondary">
            {t('othersTitle')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('others')}
          </Typography>
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {set.others.map(({ key, text }) => (
              <Stack key={key} component="li" direction="row" sx={{ alignItems: 'center', gap: 1 }}>
                <Box
                  component="code"
                  sx={{ flex: 1, minWidth: 0, fontFamily: fonts.mono, fontSize: '0.8125rem', overflowWrap: 'anywhere' }}
                >
                  {key}={text}
                </Box>
                <IconButton
                  aria-label={t('removeOther', { key })}
                  onClick={() => onChange({ ...set, others: set.others.filter((other) => other.key !== key) })}
                >
                  <Trash2 size={16} aria-hidden />
                </IconButton>
              </Stack>
            ))}
          </Box>
        </Box>
      )}
    </Stack>
  );
}
