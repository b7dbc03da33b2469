import { Box, Tooltip } from '@mui/material';
import { useLocale } from '../../i18n/locale.ts';
import { Choices } from '../../ui/Choices.tsx';
import { formatNumber, formatSize } from '../../ui/format.ts';

/** One part of a list: how many updates, how many bytes, and what it means. */
export interface Part<K extends string> {
  readonly key: K;
  readonly label: string;
  readonly meaning: string;
  readonly count: number;
  readonly bytes: number;
}

/** The parts of a list, one of which is shown; each with its count, its size and its definition on hover. */
export function PartChoices<K extends string>({
  label,
  parts,
  value,
  onChange,
}: {
  readonly label: string;
  readonly parts: readonly Part<K>[];
  readonly value: K;
  readonly onChange: (value: K) => void;
}) {
  const locale = useLocale();
  return (
    <Choices
      label={label}
      value={value}
      onChange={onChange}
      choices={parts.map((part) => ({
        value: part.key,
        label: (
          <Tooltip title={part.meaning} describeChild>
            <span>
              {part.label}
              <Box component="span" sx={{ pl: 0.75, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
                {formatNumber(part.count, locale)}
                {part.count === 0 ? '' : ` · ${formatSize(part.bytes, locale)}`}
              </Box>
            </span>
          </Tooltip>
        ),
      }))}
    />
  );
}
