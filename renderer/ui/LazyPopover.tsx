import { Popover, type PopoverProps } from '@mui/material';
import { useState } from 'react';

/** A popover that is not drawn at all until it is opened for the first time: closed ones stand beside every list. */
export function LazyPopover({ open, ...props }: PopoverProps) {
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  return open || wasOpen ? <Popover open={open} {...props} /> : null;
}
