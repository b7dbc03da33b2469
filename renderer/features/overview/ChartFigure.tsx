import { Box } from '@mui/material';
import { type ReactNode, useId } from 'react';

const hidden = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' } as const;

/** A chart with its name, and with what one can do in it for who does not see it. */
export function ChartFigure({
  title,
  description,
  children,
}: {
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <Box
      role="figure"
      aria-label={title}
      aria-describedby={id}
      sx={(theme) => ({
        position: 'relative',
        // Parts that touch each other stay apart.
        '& .MuiBarChart-element': { cursor: 'pointer', stroke: theme.look.surface },
      })}
    >
      <span id={id} style={hidden}>
        {description}
      </span>
      {children}
    </Box>
  );
}
