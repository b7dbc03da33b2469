import { Box, ToggleButton, ToggleButtonGroup, Tooltip } from '@mui/material';
import { useLocale } from '../../i18n/locale.ts';
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
export function Choices<K extends string>({
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
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label={label}
      value={value}
      onChange={(_event, chosen: K | null) => {
        if (chosen !== null) onChange(chosen);
      }}
      sx={{ flexWrap: 'wrap' }}
    >
      {parts.map((part) => (
        <ToggleButton key={part.key} value={part.key} sx={{ textTransform: 'none', py: 0.375, px: 1.25 }}>
          <Tooltip title={part.meaning} describeChild>
            <span>
              {part.label}
              <Box component="span" sx={{ pl: 0.75, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
                {formatNumber(part.count, locale)}
                {part.count === 0 ? '' : ` · ${formatSize(part.bytes, locale)}`}
              </Box>
            </span>
          </Tooltip>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
