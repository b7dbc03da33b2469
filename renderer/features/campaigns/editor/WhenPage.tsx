import {
  Button,
  FormControl,
  FormControlLabel,
  FormLabel,
  IconButton,
  Radio,
  RadioGroup,
  Stack,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
  Tooltip,
  Typography,
} from '@mui/material';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PageProps } from '../CampaignEditor.tsx';
import type { CampaignDraft, WindowDraft } from '../editor-draft.ts';
import { NumberField } from './NumberField.tsx';

const DAYS = [1, 2, 3, 4, 5, 6, 0] as const;
const MOST = 14;
const STARTS = [
  ['now', 'startNow'],
  ['at', 'startAt'],
  ['patch-tuesday', 'startTuesday'],
] as const satisfies readonly (readonly [CampaignDraft['start'], string])[];

/** When it begins and ends, and the hours in between. */
export function WhenPage({ draft, onChange, isWrong }: PageProps) {
  const { t } = useTranslation('campaigns');
  const change = (key: number, patch: Partial<WindowDraft>): void =>
    onChange({ windows: draft.windows.map((each) => (each.key === key ? { ...each, ...patch } : each)) });
  const add = (): void => {
    const key = Math.max(-1, ...draft.windows.map((each) => each.key)) + 1;
    onChange({ windows: [...draft.windows, { key, days: [1, 2, 3, 4, 5], from: '22:00', to: '05:00' }] });
  };
  return (
    <>
      <FormControl>
        <FormLabel>{t('editor.start')}</FormLabel>
        <RadioGroup
          row
          value={draft.start}
          onChange={(_event, value) => onChange({ start: value as CampaignDraft['start'] })}
        >
          {STARTS.map(([kind, label]) => (
            <FormControlLabel key={kind} value={kind} control={<Radio />} label={t(`editor.${label}`)} />
          ))}
        </RadioGroup>
      </FormControl>
      {draft.start === 'at' ? (
        <TextField
          type="datetime-local"
          label={t('editor.date')}
          value={draft.at}
          onChange={(event) => onChange({ at: event.target.value })}
          error={isWrong('at')}
          helperText={isWrong('at') ? t('editor.dateWrong') : ' '}
          slotProps={{ inputLabel: { shrink: true } }}
          sx={{ maxWidth: 260 }}
        />
      ) : null}
      {draft.start === 'patch-tuesday' ? (
        <Stack direction="row" sx={{ gap: 2, maxWidth: 520 }}>
          <NumberField
            label={t('editor.days')}
            value={draft.days}
            onChange={(days) => onChange({ days })}
            wrong={isWrong('days') ? t('editor.daysWrong') : null}
          />
          <TextField
            type="time"
            label={t('editor.time')}
            value={draft.time}
            onChange={(event) => onChange({ time: event.target.value })}
            error={isWrong('time')}
            helperText={isWrong('time') ? t('editor.timeWrong') : ' '}
            slotProps={{ inputLabel: { shrink: true } }}
            sx={{ width: 160 }}
          />
        </Stack>
      ) : null}
      <Stack sx={{ gap: 1 }}>
        <Typography variant="h3" component="p">
          {t('editor.windows')}
        </Typography>
        {draft.windows.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('editor.windowsNone')}
          </Typography>
        ) : null}
        {draft.windows.map((window, i) => (
          <WindowFields
            key={window.key}
            window={window}
            number={i + 1}
            isWrong={isWrong(`window-${i}`)}
            onChange={(patch) => change(window.key, patch)}
            onRemove={() => onChange({ windows: draft.windows.filter((each) => each.key !== window.key) })}
          />
        ))}
        <div>
          <Button startIcon={<Plus size={16} aria-hidden />} disabled={draft.windows.length >= MOST} onClick={add}>
            {t('editor.addWindow')}
          </Button>
        </div>
      </Stack>
      <Stack direction="row" sx={{ maxWidth: 480 }}>
        <NumberField
          label={t('editor.ends')}
          value={draft.ends}
          onChange={(ends) => onChange({ ends })}
          wrong={isWrong('ends') ? t('editor.endsWrong') : null}
          help={t('editor.endsHelp')}
        />
      </Stack>
    </>
  );
}

function WindowFields({
  window,
  number,
  isWrong,
  onChange,
  onRemove,
}: {
  readonly window: WindowDraft;
  readonly number: number;
  readonly isWrong: boolean;
  readonly onChange: (patch: Partial<WindowDraft>) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('campaigns');
  const name = t('editor.window', { number });
  return (
    <Stack role="group" aria-label={name} sx={{ gap: 0.5 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <ToggleButtonGroup
          size="small"
          value={[...window.days]}
          onChange={(_event, days: readonly number[]) => onChange({ days: DAYS.filter((day) => days.includes(day)) })}
          aria-label={name}
        >
          {DAYS.map((day) => (
            <ToggleButton key={day} value={day} sx={{ px: 1 }}>
              {t(`day.${day}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {(['from', 'to'] as const).map((side) => (
          <TextField
            key={side}
            type="time"
            label={t(`editor.${side}`)}
            value={window[side]}
            onChange={(event) => onChange({ [side]: event.target.value })}
            slotProps={{ inputLabel: { shrink: true } }}
            sx={{ width: 120 }}
          />
        ))}
        <Tooltip title={t('editor.removeWindow')}>
          <IconButton aria-label={`${t('editor.removeWindow')}: ${name}`} onClick={onRemove}>
            <X size={16} aria-hidden />
          </IconButton>
        </Tooltip>
      </Stack>
      {isWrong ? (
        <Typography variant="caption" color="error">
          {window.days.length === 0 ? t('editor.noDay') : t('editor.timeWrong')}
        </Typography>
      ) : null}
    </Stack>
  );
}
