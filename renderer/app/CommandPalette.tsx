import { Box, Dialog, InputBase, ListItemIcon, Typography } from '@mui/material';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useAllCommands } from './commands.ts';
import { KeyCaps } from './KeyCaps.tsx';

const visuallyHidden = {
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The commands in whose label or group every word occurs; those whose label begins with the search first. */
export function findCommands(commands: readonly Command[], search: string): readonly Command[] {
  const wanted = plain(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = commands.filter((command) => {
    const text = plain(`${command.label} ${command.group}`);
    return wanted.every((word) => text.includes(word));
  });
  const first = wanted[0];
  if (first === undefined) return found;
  return found.toSorted((a, b) => Number(plain(b.label).startsWith(first)) - Number(plain(a.label).startsWith(first)));
}

function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const commands = useAllCommands('screen');
  const [search, setSearch] = useState('');
  const [index, setIndex] = useState(0);
  const found = useMemo(
    () =>
      findCommands(
        commands.filter((command) => command.id !== 'frame.palette'),
        search,
      ),
    [commands, search],
  );
  const current = Math.min(index, Math.max(0, found.length - 1));
  const run = (command: Command | undefined): void => {
    if (command === undefined || command.isDisabled === true) return;
    onClose();
    // After the dialog has given the focus back, so that a command may take it.
    setTimeout(command.run, 0);
  };
  const byKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setIndex((current + 1) % Math.max(1, found.length));
    else if (event.key === 'ArrowUp') setIndex((current - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === 'Home' && event.ctrlKey) setIndex(0);
    else if (event.key === 'Enter') run(found[current]);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current, found]);
  return (
    <>
      <InputBase
        autoFocus
        value={search}
        placeholder={t('palette.placeholder')}
        onChange={(event) => {
          setSearch(event.target.value);
          setIndex(0);
        }}
        onKeyDown={byKey}
        startAdornment={<ChevronRight size={18} aria-hidden style={{ marginRight: 8, opacity: 0.6 }} />}
        inputProps={{
          role: 'combobox',
          'aria-label': t('palette.placeholder'),
          'aria-expanded': true,
          'aria-controls': listId,
          'aria-autocomplete': 'list',
          ...(found[current] === undefined ? {} : { 'aria-activedescendant': `${listId}-${current}` }),
        }}
        sx={{ px: 2, py: 1.5, fontSize: '1rem', borderBottom: 1, borderColor: 'divider' }}
      />
      <Box
        component="ul"
        id={listId}
        ref={list}
        role="listbox"
        aria-label={t('palette.title')}
        sx={{ m: 0, p: 0.75, overflow: 'auto', listStyle: 'none', flex: 1 }}
      >
        {found.map((command, i) => {
          const Icon = command.icon;
          return (
            <Box
              component="li"
              key={command.id}
              id={`${listId}-${i}`}
              role="option"
              aria-selected={i === current}
              aria-disabled={command.isDisabled === true}
              onClick={() => run(command)}
              onMouseMove={() => setIndex(i)}
              sx={{
                display: 'flex',
                alignItems: 'center',
                gap: 1,
                px: 1.25,
                py: 0.75,
                minHeight: 36,
                borderRadius: 1,
                cursor: 'default',
                opacity: command.isDisabled === true ? 0.55 : 1,
                bgcolor: i === current ? 'action.selected' : 'transparent',
                typography: 'body2',
              }}
            >
              <ListItemIcon sx={{ minWidth: 24, color: 'text.secondary' }}>
                {Icon === undefined ? null : <Icon size={16} aria-hidden />}
              </ListItemIcon>
              <Box sx={{ flex: 1, minWidth: 0 }}>
                {command.label}
                {command.isDisabled === true && command.reason !== undefined ? (
                  <Typography variant="caption" component="div" color="textSecondary">
                    {command.reason}
                  </Typography>
                ) : null}
              </Box>
              <Typography variant="caption" color="textSecondary">
                {command.group}
              </Typography>
              {command.keys === undefined ? null : <KeyCaps keys={command.keys} />}
            </Box>
          );
        })}
      </Box>
      <Typography
        role="status"
        variant="caption"
        color="textSecondary"
        sx={{ px: 2, py: 1, borderTop: 1, borderColor: 'divider' }}
      >
        {found.length === 0 ? t('palette.empty') : t('palette.results', { count: found.length })}
      </Typography>
    </>
  );
}

/** Finds and runs everything that the console can do now. */
export function CommandPalette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      aria-labelledby={titleId}
      slotProps={{
        paper: {
          sx: { position: 'absolute', top: 72, m: 0, maxHeight: 'min(520px, 80vh)', width: 620, display: 'flex' },
        },
      }}
    >
      <h2 id={titleId} style={visuallyHidden}>
        {t('palette.title')}
      </h2>
      <PaletteBody onClose={onClose} />
    </Dialog>
  );
}
