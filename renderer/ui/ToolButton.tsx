import { Button, IconButton, Tooltip } from '@mui/material';
import { ChevronDown, type LucideIcon } from 'lucide-react';
import type { MouseEvent } from 'react';

/** A button of a toolbar. What is disabled says why, and can still be reached by keyboard so that the reason can be read. */
export function ToolButton({
  icon: Icon,
  label,
  onClick,
  disabled = false,
  reason,
  shortcut,
  primary = false,
  iconOnly = false,
  isBusy = false,
  menu,
}: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
  readonly disabled?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly shortcut?: string | undefined;
  readonly primary?: boolean;
  readonly iconOnly?: boolean;
  readonly isBusy?: boolean;
  /** For a button that opens a menu: whether it is open. */
  readonly menu?: 'open' | 'closed' | undefined;
}) {
  const title =
    disabled && reason !== undefined
      ? reason
      : iconOnly
        ? label + (shortcut === undefined ? '' : ` (${shortcut})`)
        : (shortcut ?? '');
  const shared = {
    'aria-disabled': disabled,
    ...(menu === undefined ? {} : { 'aria-haspopup': 'menu' as const, 'aria-expanded': menu === 'open' }),
    onClick: (event: MouseEvent<HTMLElement>): void => {
      if (!disabled && !isBusy) onClick(event);
    },
    ...(disabled ? { sx: { opacity: 0.5, cursor: 'default' } } : {}),
  };
  return (
    <Tooltip title={title} describeChild={!iconOnly}>
      {iconOnly ? (
        <IconButton aria-label={label} {...shared}>
          <Icon size={17} aria-hidden />
        </IconButton>
      ) : (
        <Button
          variant={primary ? 'contained' : 'outlined'}
          startIcon={<Icon size={16} aria-hidden />}
          endIcon={menu === undefined ? undefined : <ChevronDown size={14} aria-hidden />}
          loading={isBusy}
          loadingPosition="start"
          {...shared}
        >
          {label}
        </Button>
      )}
    </Tooltip>
  );
}
