import { Box, Button, Checkbox, FormControlLabel, LinearProgress, Stack, Typography } from '@mui/material';
import { FileDown, FileSpreadsheet, FileText, type LucideIcon, Printer } from 'lucide-react';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_PDF_ROWS } from '../../../contract/export-limits.ts';
import type { ExportFormat } from '../../../contract/schemas/exports.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { useDesk } from '../../desks/desk.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { LazyPopover } from '../../ui/LazyPopover.tsx';
import { useRunningExport } from './running.ts';
import { offerTarget } from './targets.ts';
import type { ExportChoice } from './use-export.ts';

const icons: Readonly<Record<ExportFormat, LucideIcon>> = {
  csv: FileText,
  xlsx: FileSpreadsheet,
  html: Printer,
  pdf: Printer,
};

/** What the button needs to know of its grid. */
export interface ExportButtonProps {
  readonly id: string;
  readonly label: string;
  readonly shown: number;
  readonly selected: number;
  readonly onExport: (choice: ExportChoice) => void;
}

/** Exports what a grid shows: the choice of format and rows, and how far the writing is. */
export function ExportButton({ id, label, shown, selected, onExport }: ExportButtonProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isOnlySelected, setOnlySelected] = useState(false);
  const running = useRunningExport((state) => state.running);
  const isOurs = running?.grid === id;

  const open = useCallback((isSelection: boolean): void => {
    setOnlySelected(isSelection);
    setOpen(true);
  }, []);
  const desk = useDesk();
  useEffect(() => offerTarget(desk, id, open), [desk, id, open]);
  // What one waited for is there: the message says where.
  const wasOurs = useRef(false);
  useEffect(() => {
    if (wasOurs.current && !isOurs) setOpen(false);
    wasOurs.current = isOurs;
  }, [isOurs]);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: `grid.export.${id}`,
        label: t('export.command', { list: label }),
        group: t('export.group'),
        icon: FileDown,
        run: () => open(false),
      },
    ],
    [t, id, label, open],
  );
  useCommands(commands, 'list');

  const percent = running === null || running.total === 0 ? 0 : Math.floor((100 * running.done) / running.total);
  return (
    <>
      <Button
        ref={button}
        size="small"
        startIcon={<FileDown size={14} aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => open(false)}
        sx={{ minHeight: 26, px: 1, fontSize: '0.75rem', color: isOurs ? 'primary.main' : 'text.secondary' }}
      >
        {isOurs ? t('export.running', { percent }) : t('export.open')}
      </Button>
      <LazyPopover
        open={isOpen}
        anchorEl={() => button.current}
        onClose={() => setOpen(false)}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t('export.title'), sx: { width: 360 } } }}
      >
        {running === null ? (
          <Choose
            shown={shown}
            selected={selected}
            isOnlySelected={isOnlySelected}
            onOnlySelected={setOnlySelected}
            // It stays open: it shows how far the writing is.
            onExport={onExport}
          />
        ) : (
          <Stack sx={{ p: 2, gap: 1.25 }}>
            <Typography variant="h3" component="h2">
              {t('export.writing', { list: running.title })}
            </Typography>
            <LinearProgress
              aria-label={t('export.writing', { list: running.title })}
              {...(running.done < running.total ? { variant: 'determinate' as const, value: percent } : {})}
            />
            <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
              <Typography variant="caption" color="textSecondary">
                {running.done < running.total
                  ? t('work.progress', { done: running.done, total: running.total })
                  : t('export.ending')}
              </Typography>
              <Button variant="outlined" onClick={running.cancel}>
                {t('cancel')}
              </Button>
            </Stack>
          </Stack>
        )}
      </LazyPopover>
    </>
  );
}

function Choose({
  shown,
  selected,
  isOnlySelected,
  onOnlySelected,
  onExport,
}: {
  readonly shown: number;
  readonly selected: number;
  readonly isOnlySelected: boolean;
  readonly onOnlySelected: (isOnlySelected: boolean) => void;
  readonly onExport: (choice: ExportChoice) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const entry = useCall('app.info', {}).data?.entry ?? 'browser';
  const titleId = useId();
  const [withFacts, setWithFacts] = useState(true);
  const isSelection = isOnlySelected && selected > 0;
  const count = isSelection ? selected : shown;
  const formats: readonly ExportFormat[] =
    entry === 'desktop' ? ['csv', 'xlsx', 'html', 'pdf'] : ['csv', 'xlsx', 'html'];
  return (
    <Stack sx={{ p: 2, gap: 1 }}>
      <Typography id={titleId} variant="h3" component="h2">
        {t('export.title')}
      </Typography>
      <Typography variant="caption" color="textSecondary">
        {t('export.what', { count })}
      </Typography>
      {selected === 0 ? null : (
        <FormControlLabel
          sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
          control={
            <Checkbox
              sx={{ p: 0.5 }}
              checked={isOnlySelected}
              onChange={(event) => onOnlySelected(event.target.checked)}
            />
          }
          label={t('export.onlySelected', { count: selected })}
        />
      )}
      <Stack component="ul" aria-labelledby={titleId} sx={{ m: 0, p: 0, gap: 0.5, listStyle: 'none' }}>
        {formats.map((format, at) => {
          const Icon = icons[format];
          const isTooMany = format === 'pdf' && count > EXPORT_PDF_ROWS;
          return (
            <li key={format}>
              <Button
                fullWidth
                autoFocus={at === 0}
                disabled={isTooMany}
                variant="outlined"
                startIcon={<Icon size={18} aria-hidden />}
                onClick={() => onExport({ format, isSelection, withFacts })}
                sx={{ justifyContent: 'flex-start', textAlign: 'left', whiteSpace: 'normal', py: 0.75 }}
              >
                <Box>
                  <Typography variant="body2" component="span" sx={{ display: 'block', fontWeight: 600 }}>
                    {t(`export.format.${format}`)}
                  </Typography>
                  <Typography variant="caption" component="span" color="textSecondary" sx={{ display: 'block' }}>
                    {isTooMany
                      ? t('export.tooManyToPrint', { limit: formatNumber(EXPORT_PDF_ROWS, locale) })
                      : t(`export.about.${format}`)}
                  </Typography>
                </Box>
              </Button>
            </li>
          );
        })}
      </Stack>
      <FormControlLabel
        sx={{ '& .MuiFormControlLabel-label': { typography: 'caption' } }}
        control={
          <Checkbox sx={{ p: 0.5 }} checked={withFacts} onChange={(event) => setWithFacts(event.target.checked)} />
        }
        label={t('export.withFacts')}
      />
    </Stack>
  );
}
