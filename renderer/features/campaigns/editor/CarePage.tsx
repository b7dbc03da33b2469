import { Stack, TextField, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { PageProps } from '../CampaignEditor.tsx';
import { NumberField } from './NumberField.tsx';

/** How many at once, in which waves, when it stops, and how often it tries. */
export function CarePage({ draft, onChange, isWrong }: PageProps) {
  const { t } = useTranslation('campaigns');
  return (
    <>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
        <NumberField
          label={t('editor.atOnce')}
          value={draft.atOnce}
          onChange={(atOnce) => onChange({ atOnce })}
          wrong={isWrong('atOnce') ? t('editor.atOnceWrong') : null}
        />
        <TextField
          label={t('editor.waves')}
          placeholder={t('editor.wavesExample')}
          value={draft.waves}
          onChange={(event) => onChange({ waves: event.target.value.slice(0, 100) })}
          error={isWrong('waves')}
          helperText={isWrong('waves') ? t('editor.wavesWrong') : t('editor.wavesHelp')}
          sx={{ flex: '2 1 320px' }}
        />
      </Stack>
      <Typography variant="h3" component="p">
        {t('editor.stop')}
      </Typography>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
        <NumberField
          label={t('editor.failures')}
          value={draft.failures}
          onChange={(failures) => onChange({ failures })}
          wrong={isWrong('failures') ? t('editor.failuresWrong') : null}
        />
        <NumberField
          label={t('editor.percent')}
          value={draft.percent}
          onChange={(percent) => onChange({ percent })}
          wrong={isWrong('percent') ? t('editor.percentWrong') : null}
          help={t('editor.percentHelp')}
        />
      </Stack>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
        <NumberField
          label={t('editor.retries')}
          value={draft.retries}
          onChange={(retries) => onChange({ retries })}
          wrong={isWrong('retries') ? t('editor.retriesWrong') : null}
        />
        <NumberField
          label={t('editor.retryMinutes')}
          value={draft.retryMinutes}
          onChange={(retryMinutes) => onChange({ retryMinutes })}
          wrong={isWrong('retryMinutes') ? t('editor.retryMinutesWrong') : null}
        />
      </Stack>
    </>
  );
}
