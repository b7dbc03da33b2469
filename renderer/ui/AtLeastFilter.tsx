import { Box, Checkbox, Stack, TextField, Tooltip, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { type AtLeast, STATE_MEASURES, type StateMeasure } from '../../domain/measures.ts';
import { useLocale } from '../i18n/locale.ts';
import { FilterButton } from './FilterButton.tsx';
import { formatNumber } from './format.ts';

const most = 1_000_000;

/** A button with the numbers that every line of a list has: each can be asked to be at least so much, all must hold. */
export function AtLeastFilter({
  label,
  nameOf,
  meaningOf,
  countOf,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly nameOf: (measure: StateMeasure) => string;
  readonly meaningOf: (measure: StateMeasure) => string;
  /** How many lines have at least one; asked only while the list is open. */
  readonly countOf: (measure: StateMeasure) => number;
  readonly chosen: readonly AtLeast[];
  readonly onChange: (chosen: readonly AtLeast[]) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const put = (measure: StateMeasure, count: number | null): void => {
    const others = chosen.filter((one) => one.measure !== measure);
    onChange(count === null ? others : [...others, { measure, count }]);
  };
  return (
    <FilterButton
      name={label}
      chosen={chosen.length === 0 ? null : t('atLeast.chosen', { label, count: chosen.length })}
      width={340}
    >
      {() => (
        <Box sx={{ py: 0.75 }}>
          <Typography variant="caption" color="textSecondary" component="p" sx={{ px: 1.5, pb: 0.5 }}>
            {t('atLeast.text')}
          </Typography>
          {STATE_MEASURES.map((measure) => {
            const condition = chosen.find((one) => one.measure === measure);
            const count = countOf(measure);
            return (
              <Stack key={measure} direction="row" sx={{ alignItems: 'center', minHeight: 34, pl: 1, pr: 1.5 }}>
                <Tooltip title={meaningOf(measure)} placement="bottom-start" describeChild>
                  <Stack
                    component="label"
                    direction="row"
                    sx={{ alignItems: 'center', flex: 1, gap: 0.5, cursor: 'pointer' }}
                  >
                    <Checkbox
                      size="small"
                      checked={condition !== undefined}
                      onChange={(event) => put(measure, event.target.checked ? 1 : null)}
                      sx={{ p: 0.5 }}
                    />
                    <Typography variant="body2" component="span">
                      {nameOf(measure)}
                    </Typography>
                  </Stack>
                </Tooltip>
                {condition === undefined ? (
                  <Typography
                    variant="caption"
                    component="span"
                    color="textSecondary"
                    sx={{ fontVariantNumeric: 'tabular-nums' }}
                  >
                    {formatNumber(count, locale)}
                  </Typography>
                ) : (
                  <TextField
                    type="number"
                    value={condition.count}
                    onChange={(event) => {
                      const number = Math.trunc(Number(event.target.value));
                      if (number >= 1 && number <= most) put(measure, number);
                    }}
                    sx={{ width: 88 }}
                    slotProps={{
                      htmlInput: { min: 1, max: most, 'aria-label': t('atLeast.count', { name: nameOf(measure) }) },
                      input: {
                        startAdornment: (
                          <Typography variant="caption" color="textSecondary" aria-hidden sx={{ pr: 0.5 }}>
                            ≥
                          </Typography>
                        ),
                      },
                    }}
                  />
                )}
              </Stack>
            );
          })}
        </Box>
      )}
    </FilterButton>
  );
}
