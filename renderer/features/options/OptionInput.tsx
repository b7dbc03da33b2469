import {
  Autocomplete,
  Box,
  Checkbox,
  FormControlLabel,
  Stack,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from '@mui/material';
import { useTranslation } from 'react-i18next';
import {
  iniBoolean,
  OPTION_SEVERITIES,
  type OptionKey,
  type OptionProblem,
  optionFact,
  readSeverities,
} from '../../../domain/agent-options.ts';
import { formatDuration, parseDuration } from '../../../domain/duration.ts';
import { useLocale } from '../../i18n/locale.ts';
import { fonts } from '../../theme/theme.ts';

/** What an input is given. */
interface InputProps {
  readonly optionKey: OptionKey;
  readonly text: string;
  readonly problem: OptionProblem | null;
  readonly label: string;
  /** Ids of what explains the field. */
  readonly describedBy: string;
  readonly onChange: (text: string) => void;
}

function YesNo({ text, problem, label, describedBy, onChange }: InputProps) {
  const { t } = useTranslation('options');
  const value = text === '' ? 'none' : problem !== null ? null : iniBoolean(text) === true ? 'yes' : 'no';
  return (
    <Stack sx={{ gap: 0.75 }}>
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        value={value}
        aria-label={label}
        aria-describedby={describedBy}
        onChange={(_event, chosen: 'none' | 'yes' | 'no' | null) => {
          if (chosen !== null) onChange(chosen === 'none' ? '' : chosen === 'yes' ? 'true' : 'false');
        }}
      >
        {(['none', 'yes', 'no'] as const).map((choice) => (
          <ToggleButton key={choice} value={choice} sx={{ textTransform: 'none', py: 0.375, fontSize: '0.8125rem' }}>
            {t(choice === 'none' ? 'notSet' : choice)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {problem === null ? null : (
        <PlainText text={text} label={label} describedBy={describedBy} isWrong onChange={onChange} />
      )}
    </Stack>
  );
}

function PlainText({
  text,
  label,
  describedBy,
  isWrong,
  placeholder = '',
  onChange,
}: Pick<InputProps, 'text' | 'label' | 'describedBy' | 'onChange'> & {
  readonly isWrong: boolean;
  readonly placeholder?: string;
}) {
  return (
    <TextField
      value={text}
      error={isWrong}
      placeholder={placeholder}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{
        htmlInput: {
          'aria-label': label,
          'aria-describedby': describedBy,
          'aria-invalid': isWrong,
          spellCheck: false,
          style: { fontFamily: fonts.mono, fontSize: '0.8125rem' },
        },
      }}
    />
  );
}

const UNITS = { w: 'week', d: 'day', h: 'hour', m: 'minute', s: 'second' } as const;

/** `12 hours`, `7 days`: in the largest unit that leaves no rest. */
function inWords(milliseconds: number, locale: string): string {
  const text = formatDuration(milliseconds);
  const unit = UNITS[text.slice(-1) as keyof typeof UNITS];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(text.slice(0, -1)));
}

const PERIODS = ['2h', '6h', '12h', '1d', '7d'];
const DELAYS = ['1d', '3d', '7d', '14d', '30d'];

function Duration({ optionKey, text, problem, label, describedBy, onChange }: InputProps) {
  const { t } = useTranslation('options');
  const locale = useLocale();
  const milliseconds = parseDuration(text);
  const duration = milliseconds === null ? '' : inWords(milliseconds, locale);
  return (
    <Autocomplete
      freeSolo
      disableClearable={text === ''}
      options={optionKey === 'install_delay' ? DELAYS : PERIODS}
      filterOptions={(all) => all}
      inputValue={text}
      value={text}
      onInputChange={(_event, value, why) => {
        if (why !== 'reset' || value !== '') onChange(value);
      }}
      onChange={(_event, value) => onChange(value ?? '')}
      renderInput={(params) => (
        <TextField
          {...params}
          error={problem !== null}
          placeholder={t('notSet')}
          helperText={
            duration === '' ? undefined : t(/^\s*[\d.,]+\s*$/.test(text) ? 'readsDays' : 'reads', { duration })
          }
          slotProps={{
            ...params.slotProps,
            htmlInput: {
              ...params.slotProps.htmlInput,
              'aria-label': label,
              'aria-describedby': describedBy,
              'aria-invalid': problem !== null,
              spellCheck: false,
            },
          }}
        />
      )}
    />
  );
}

function Severities({ text, problem, label, describedBy, onChange }: InputProps) {
  const { t } = useTranslation('updates');
  const { known, unknown } = readSeverities(text);
  return (
    <Box role="group" aria-label={label} aria-describedby={describedBy}>
      {problem === null ? null : (
        <PlainText text={text} label={label} describedBy={describedBy} isWrong onChange={onChange} />
      )}
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr' }}>
        {OPTION_SEVERITIES.map((severity) => (
          <FormControlLabel
            key={severity}
            label={t(`severity.${severity}`)}
            sx={{ m: 0, '& .MuiFormControlLabel-label': { typography: 'body2' } }}
            control={
              <Checkbox
                sx={{ p: 0.5 }}
                checked={known.includes(severity)}
                onChange={(event) => {
                  const chosen = OPTION_SEVERITIES.filter((each) =>
                    each === severity ? event.target.checked : known.includes(each),
                  );
                  onChange([...chosen, ...unknown].join(','));
                }}
              />
            }
          />
        ))}
      </Box>
    </Box>
  );
}

/** The input that fits the kind of an option; what it cannot show stands beside it as text, to be corrected. */
export function OptionInput(props: InputProps) {
  const fact = optionFact(props.optionKey);
  switch (fact?.kind) {
    case 'boolean':
      return <YesNo {...props} />;
    case 'duration':
      return <Duration {...props} />;
    case 'severities':
      return <Severities {...props} />;
    default:
      return <PlainText {...props} isWrong={props.problem !== null} placeholder={fact?.byDefault ?? ''} />;
  }
}
