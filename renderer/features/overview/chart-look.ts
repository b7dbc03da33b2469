import { useTheme } from '@mui/material/styles';

/** The colours of charts, taken from the theme: each part keeps three to one against the panel, and stands beside a word. */
export function useChartColours(): {
  readonly compliant: string;
  readonly compliantRaw: string;
  readonly rest: string;
  readonly restRaw: string;
} {
  const { palette, look } = useTheme();
  return {
    compliant: palette.success.main,
    compliantRaw: palette.info.main,
    rest: palette.error.main,
    restRaw: look.strongLine,
  };
}

/** Nothing of a chart moves: figures are read, not watched. */
export const STILL = { skipAnimation: true, experimentalFeatures: { keyboardActivation: true } } as const;
