import { Link, Tooltip } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import type { Where } from '../../../contract/schemas/fleet.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { hostsBehind, updatesBehind } from '../where/where.ts';
import { useWhereWords } from '../where/where-words.ts';

/** A number that says what it means when one points at it, and opens the list behind it. */
export function Figure({
  value,
  where,
  definition,
  opens = 'hosts',
  name,
  text,
}: {
  readonly value: number;
  readonly where: Where;
  readonly definition: string;
  readonly opens?: 'hosts' | 'updates';
  /** What it counts, for a screen reader; the words of the set where left out. */
  readonly name?: string;
  /** Shown in the place of the number. */
  readonly text?: string | undefined;
}) {
  const locale = useLocale();
  const words = useWhereWords();
  const shown = text ?? formatNumber(value, locale);
  return (
    <Tooltip title={definition} describeChild>
      <Link
        component={RouterLink}
        to={opens === 'hosts' ? hostsBehind(where) : updatesBehind(where)}
        aria-label={`${name ?? words(where)}: ${shown}`}
        underline="hover"
        sx={{ fontVariantNumeric: 'tabular-nums', color: value === 0 ? 'text.secondary' : 'primary.main' }}
      >
        {shown}
      </Link>
    </Tooltip>
  );
}
