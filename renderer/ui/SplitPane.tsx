import { Box } from '@mui/material';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRemembered } from '../app/settings.ts';

/** A panel beside the content whose size one sets by mouse or arrows; the size is remembered under `id`. */
export function SplitPane({
  id,
  side,
  initial,
  min = 180,
  max = 720,
  pane,
  children,
}: {
  readonly id: string;
  readonly side: 'left' | 'right' | 'bottom';
  readonly initial: number;
  readonly min?: number;
  readonly max?: number;
  /** Null: no panel, the content has all the room. */
  readonly pane: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const [remembered, remember] = useRemembered('grids', `pane:${id}`);
  const [dragged, setDragged] = useState<number | null>(null);
  const clamp = (value: number): number => Math.round(Math.min(max, Math.max(min, value)));
  const size = dragged ?? clamp(Number(remembered ?? initial) || initial);
  const isVertical = side !== 'bottom';

  const startDrag = (event: PointerEvent<HTMLDivElement>): void => {
    const handle = event.currentTarget;
    const from = isVertical ? event.clientX : event.clientY;
    const direction = side === 'left' ? 1 : -1;
    let last = size;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => {
      last = clamp(size + direction * ((isVertical ? moved.clientX : moved.clientY) - from));
      setDragged(last);
    };
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      setDragged(null);
      remember(String(last));
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end, { once: true });
  };

  const byKey = (event: KeyboardEvent): void => {
    const grow = { left: 'ArrowRight', right: 'ArrowLeft', bottom: 'ArrowUp' }[side];
    const shrink = { left: 'ArrowLeft', right: 'ArrowRight', bottom: 'ArrowDown' }[side];
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    remember(String(clamp(size + (event.key === grow ? 24 : -24))));
  };

  const panel =
    pane === null ? null : (
      <Box
        key="pane"
        sx={{ flex: `0 0 ${size}px`, minWidth: 0, minHeight: 0, overflow: 'hidden', bgcolor: 'background.paper' }}
      >
        {pane}
      </Box>
    );
  const handle =
    pane === null ? null : (
      <Box
        role="separator"
        aria-label={t('resize')}
        aria-orientation={isVertical ? 'vertical' : 'horizontal'}
        aria-valuenow={size}
        aria-valuemin={min}
        aria-valuemax={max}
        tabIndex={0}
        onPointerDown={startDrag}
        onKeyDown={byKey}
        onDoubleClick={() => remember(null)}
        sx={{
          flex: '0 0 5px',
          cursor: isVertical ? 'col-resize' : 'row-resize',
          touchAction: 'none',
          bgcolor: 'transparent',
          [isVertical ? (side === 'left' ? 'borderLeft' : 'borderRight') : 'borderBottom']: 1,
          borderColor: 'divider',
          '&:hover, &:focus-visible': { bgcolor: 'primary.main', opacity: 0.5 },
        }}
      />
    );
  return (
    <Box
      sx={{ display: 'flex', flexDirection: isVertical ? 'row' : 'column', height: '100%', minWidth: 0, minHeight: 0 }}
    >
      {/* The content keeps its place in the tree, so that it lives on when the panel opens or closes. */}
      {side === 'left' ? panel : null}
      {side === 'left' ? handle : null}
      <Box sx={{ flex: 1, minWidth: 0, minHeight: 0 }}>{children}</Box>
      {side === 'left' ? null : handle}
      {side === 'left' ? null : panel}
    </Box>
  );
}
