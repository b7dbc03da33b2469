import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { CircleX, Info, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type FoundDanger,
  type OptionKey,
  type OptionProblem,
  optionFact,
  optionProblem,
  readSeverities,
} from '../../../domain/agent-options.ts';
import { fonts } from '../../theme/theme.ts';
import { OptionInput } from './OptionInput.tsx';

/** What the agent does while an option is not set. */
function useUnset(): (key: OptionKey) => string {
  const { t } = useTranslation('options');
  return (key) => {
    const value = optionFact(key)?.byDefault ?? '';
    if (key === 'enabled') return t('notSetEnabled');
    if (key === 'install_delay') return t('notSetDelay');
    if (key === 'allowed_severities') return t('notSetSeverities');
    if (value === '') return t('notSetNone');
    return t('notSetDefault', { value: value === 'true' ? t('yes') : value === 'false' ? t('no') : value });
  };
}

/** What the text would be with what one obviously meant, or null. */
function corrected(problem: OptionProblem, text: string): string | null {
  if (problem.problem === 'severity-case') return readSeverities(text).known.join(',');
  return problem.problem === 'several-lines' ? text.replace(/\s*[\r\n]+\s*/g, ' ').trim() : null;
}

/** One option: what it means, its value, and what is wrong or dangerous about it. */
export function OptionField({
  optionKey,
  text,
  dangers,
  onChange,
}: {
  readonly optionKey: OptionKey;
  readonly text: string;
  /** Those to explain here. */
  readonly dangers: readonly FoundDanger[];
  readonly onChange: (text: string) => void;
}) {
  const { t } = useTranslation('options');
  const id = useId();
  const unset = useUnset();
  const problem = optionProblem(optionKey, text);
  const fix = problem === null ? null : corrected(problem, text);
  return (
    <Box
      component="section"
      aria-labelledby={`${id}-label`}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr) minmax(200px, 264px)',
        columnGap: 3,
        rowGap: 1,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box>
        <Stack direction="row" sx={{ alignItems: 'baseline', columnGap: 1, flexWrap: 'wrap' }}>
          <Typography id={`${id}-label`} variant="body1" component="h3" sx={{ fontWeight: 600 }}>
            {t(`option.${optionKey}.label`)}
          </Typography>
          <Box component="code" sx={{ fontFamily: fonts.mono, fontSize: '0.75rem', color: 'text.secondary' }}>
            {optionKey}
          </Box>
        </Stack>
        <Typography id={`${id}-help`} variant="body2" color="textSecondary" sx={{ maxWidth: 560, mt: 0.25 }}>
          {t(`option.${optionKey}.help`)}
        </Typography>
      </Box>
      <Box>
        <OptionInput
          optionKey={optionKey}
          text={text}
          problem={problem}
          label={t(`option.${optionKey}.label`)}
          describedBy={problem === null ? `${id}-help` : `${id}-help ${id}-problem`}
          onChange={onChange}
        />
        {text === '' ? (
          <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5 }}>
            {unset(optionKey)}
          </Typography>
        ) : null}
      </Box>
      {problem === null ? null : (
        <Alert
          id={`${id}-problem`}
          severity="error"
          icon={<CircleX size={17} aria-hidden />}
          sx={{ gridColumn: '1 / -1', py: 0.25 }}
          action={
            fix === null ? undefined : (
              <Button color="inherit" onClick={() => onChange(fix)}>
                {t('correct')}
              </Button>
            )
          }
        >
          {t(`problem.${problem.problem}`, { detail: problem.detail })}
        </Alert>
      )}
      {dangers.map(({ danger, weight }) => (
        <Alert
          key={danger}
          role="note"
          severity={weight === 'danger' ? 'warning' : 'info'}
          icon={weight === 'danger' ? <TriangleAlert size={17} aria-hidden /> : <Info size={17} aria-hidden />}
          sx={{ gridColumn: '1 / -1', py: 0.25 }}
        >
          <Box component="span" sx={{ fontWeight: 620 }}>
            {t(`danger.${danger}.title`)}.
          </Box>{' '}
          {t(`danger.${danger}.text`)}
        </Alert>
      ))}
    </Box>
  );
}
