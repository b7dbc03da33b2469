import { Button } from '@mui/material';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { LazyPopover } from './LazyPopover.tsx';

/** A button that opens the choices of a filter; `chosen` names it while something is chosen. Sizes in pixels. */
export function FilterButton({
  name,
  chosen,
  width,
  maxHeight,
  children,
}: {
  readonly name: string;
  readonly chosen: string | null;
  readonly width: number;
  readonly maxHeight?: number;
  /** Made only while it is open. */
  readonly children: () => ReactNode;
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ChevronDown size={14} aria-hidden />}
        sx={{
          minHeight: 26,
          px: 0.75,
          fontSize: '0.75rem',
          '& .MuiButton-endIcon': { ml: 0.25, mr: 0 },
          color: 'text.primary',
          fontWeight: chosen === null ? 500 : 620,
          bgcolor: chosen === null ? 'transparent' : 'action.selected',
        }}
      >
        {chosen ?? name}
      </Button>
      <LazyPopover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': name,
            sx: { width, maxHeight: maxHeight ?? 'none', display: 'flex', flexDirection: 'column' },
          },
        }}
      >
        {anchor === null ? null : children()}
      </LazyPopover>
    </>
  );
}
