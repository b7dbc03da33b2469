import { Divider, ListItemIcon, ListItemText, ListSubheader, Menu, MenuItem, Typography } from '@mui/material';
import type { MenuEntry } from './menu.ts';

/** The menu of a row, at the pointer or at the focused cell. */
export function RowMenu({
  entries,
  label,
  position,
  onClose,
}: {
  readonly entries: readonly MenuEntry[];
  readonly label: string;
  readonly position: { readonly top: number; readonly left: number } | null;
  readonly onClose: () => void;
}) {
  return (
    <Menu
      open={position !== null && entries.length > 0}
      onClose={onClose}
      anchorReference="anchorPosition"
      {...(position === null ? {} : { anchorPosition: position })}
      // The key that opened the menu asks the browser for its own menu when it is let go.
      onContextMenu={(event) => event.preventDefault()}
      slotProps={{ list: { 'aria-label': label, dense: true }, paper: { sx: { maxWidth: 380 } } }}
    >
      {entries.map((entry) => {
        if (entry.kind === 'separator') return <Divider key={entry.id} component="li" />;
        if (entry.kind === 'heading') {
          return (
            <ListSubheader
              key={entry.id}
              disableSticky
              role="presentation"
              title={entry.label}
              sx={{
                lineHeight: '28px',
                fontSize: '0.75rem',
                bgcolor: 'transparent',
                overflow: 'hidden',
                textOverflow: 'ellipsis',
                whiteSpace: 'nowrap',
              }}
            >
              {entry.label}
            </ListSubheader>
          );
        }
        const Icon = entry.icon;
        const isOff = entry.disabled === true;
        return (
          <MenuItem
            key={entry.id}
            aria-disabled={isOff}
            onClick={() => {
              if (isOff) return;
              onClose();
              entry.onSelect();
            }}
            sx={{
              ...(isOff ? { opacity: 0.55, cursor: 'default' } : {}),
              ...(entry.danger === true ? { color: 'error.main' } : {}),
            }}
          >
            <ListItemIcon sx={{ color: 'inherit', minWidth: '28px !important' }}>
              {Icon === undefined ? null : <Icon size={16} aria-hidden />}
            </ListItemIcon>
            <ListItemText
              primary={entry.label}
              secondary={isOff ? entry.reason : undefined}
              slotProps={{
                primary: { variant: 'body2' },
                secondary: { variant: 'caption', sx: { whiteSpace: 'normal', maxWidth: 320 } },
              }}
            />
            {entry.shortcut === undefined ? null : (
              <Typography variant="caption" color="textSecondary" sx={{ pl: 3 }}>
                {entry.shortcut}
              </Typography>
            )}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
