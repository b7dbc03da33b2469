import { Box, Button, Stack, Tooltip, Typography } from '@mui/material';
import { type KeyboardEvent, memo, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FilterEntry, SEVERITIES } from '../../../domain/catalogue.ts';
import { useStable } from '../../grid/use-stable.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { PlainCheckbox } from '../../ui/PlainCheckbox.tsx';
import { type FilterList, useEntryName } from './names.ts';

/** Arrows move between the boxes of a list, as in a menu. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  boxes[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

const lineStyles = {
  '& label': {
    display: 'flex',
    alignItems: 'center',
    gap: 0.5,
    minHeight: 26,
    pr: 1,
    borderRadius: 1,
    cursor: 'pointer',
    '&:hover': { bgcolor: 'action.hover' },
  },
  '& .entry-name': {
    typography: 'body2',
    flex: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: 'text.primary',
  },
  '& .is-chosen .entry-name': { fontWeight: 600 },
  '& .is-nowhere .entry-name': { color: 'text.secondary' },
  '& .entry-count': { typography: 'caption', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' },
} as const;

const EntryBox = memo(function EntryBox({
  entryKey,
  isChosen,
  onToggle,
}: {
  readonly entryKey: string;
  readonly isChosen: boolean;
  readonly onToggle: (entryKey: string) => void;
}) {
  return <PlainCheckbox type="checkbox" checked={isChosen} onChange={() => onToggle(entryKey)} />;
});

const EntryName = memo(function EntryName({ label, raw }: { readonly label: string; readonly raw: string | null }) {
  return (
    <Tooltip title={raw ?? label} placement="right" describeChild>
      <span className="entry-name">{label}</span>
    </Tooltip>
  );
});

/** One entry. The counts of all entries change with each filter: the box and the name are drawn anew only where they changed. */
const EntryLine = memo(function EntryLine({
  entryKey,
  label,
  raw,
  count,
  isNowhere,
  isChosen,
  onToggle,
}: {
  readonly entryKey: string;
  readonly label: string;
  readonly raw: string | null;
  readonly count: string;
  readonly isNowhere: boolean;
  readonly isChosen: boolean;
  readonly onToggle: (entryKey: string) => void;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box is inside, in a component of its own.
    <label className={isChosen ? 'is-chosen' : isNowhere ? 'is-nowhere' : undefined}>
      <EntryBox entryKey={entryKey} isChosen={isChosen} onToggle={onToggle} />
      <EntryName label={label} raw={raw} />
      <span className="entry-count">{count}</span>
    </label>
  );
});

/** One list to filter by: its entries, each with how many updates it would show. */
export const CheckList = memo(function CheckList({
  list,
  title,
  entries,
  chosen,
  search,
  onChange,
}: {
  readonly list: FilterList;
  readonly title: string;
  readonly entries: readonly FilterEntry[];
  readonly chosen: readonly string[];
  readonly search: string;
  readonly onChange: (list: FilterList, chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation(['updates', 'common']);
  const locale = useLocale();
  const titleId = useId();
  const nameOf = useEntryName();
  const shown = useMemo(() => {
    const collator = new Intl.Collator(locale, { numeric: true });
    const order: readonly string[] = SEVERITIES;
    // An entry one chose stays in sight, also when no update has it any more.
    const all = [
      ...entries,
      ...chosen
        .filter((key) => !entries.some((entry) => entry.key === key))
        .map((key) => ({ key, names: [], count: 0 })),
    ].map((entry) => ({ ...entry, label: nameOf(list, entry.key) }));
    const wanted = search.trim().toLowerCase();
    return all
      .filter(
        ({ label, names }) =>
          wanted === '' ||
          label.toLowerCase().includes(wanted) ||
          names.some((name) => name.toLowerCase().includes(wanted)),
      )
      .toSorted((a, b) =>
        list === 'severities' ? order.indexOf(a.key) - order.indexOf(b.key) : collator.compare(a.label, b.label),
      );
  }, [entries, chosen, search, list, nameOf, locale]);
  const toggle = useStable((key: string): void =>
    onChange(list, chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]),
  );
  const rawOf = (names: readonly string[], label: string): string | null =>
    names.length > 1 || (names[0] !== undefined && names[0] !== label)
      ? t('filter.raw', { names: names.join(' · ') })
      : null;
  return (
    <Box role="group" aria-labelledby={titleId}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', minHeight: 28 }}>
        <Typography id={titleId} variant="h3" component="h2">
          {title}
        </Typography>
        {chosen.length === 0 ? null : (
          <Button
            sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }}
            onClick={() => onChange(list, [])}
            aria-label={t('filter.clearList', { list: title })}
          >
            {t('common:clear')}
          </Button>
        )}
      </Stack>
      <Box onKeyDown={moveByArrow} sx={lineStyles}>
        {shown.map(({ key, names, count, label }) => (
          <EntryLine
            key={key}
            entryKey={key}
            label={label}
            raw={rawOf(names, label)}
            count={formatNumber(count, locale)}
            isNowhere={count === 0}
            isChosen={chosen.includes(key)}
            onToggle={toggle}
          />
        ))}
        {shown.length === 0 ? (
          <Typography variant="caption" color="textSecondary">
            {t(entries.length === 0 ? 'filter.empty' : 'filter.noEntry')}
          </Typography>
        ) : null}
      </Box>
    </Box>
  );
});
