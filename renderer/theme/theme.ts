import { createTheme, type Theme } from '@mui/material/styles';
import { type Appearance, type Palette, palettes } from './palette.ts';

declare module '@mui/material/styles' {
  interface Theme {
    /** Every colour of the appearance that is shown. */
    readonly look: Palette;
    readonly appearance: Appearance;
  }
  interface ThemeOptions {
    look?: Palette;
    appearance?: Appearance;
  }
}

/** The fonts of the window; the mono one is for ids, fingerprints and commands. */
export const fonts = {
  text: '"Inter Variable", "Segoe UI", system-ui, sans-serif',
  mono: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
} as const;

/** The MUI theme of an appearance: dense, flat, no ripple, a visible focus ring everywhere. */
export function makeTheme(appearance: Appearance, stillness: boolean): Theme {
  const look = palettes[appearance];
  const ring = { outline: `2px solid ${look.accent}`, outlineOffset: 2 };
  const tone = (name: keyof Palette['tones'], onTone: string) => ({
    main: look.tones[name].text,
    contrastText: onTone,
  });
  const onTone = look.mode === 'light' ? '#ffffff' : '#101418';
  return createTheme({
    look,
    appearance,
    palette: {
      mode: look.mode,
      primary: { main: look.accent, contrastText: look.onAccent },
      secondary: { main: look.quietText, contrastText: look.surface },
      success: tone('ok', onTone),
      warning: tone('warning', onTone),
      error: tone('error', onTone),
      info: tone('info', onTone),
      background: { default: look.ground, paper: look.surface },
      text: { primary: look.text, secondary: look.quietText },
      divider: look.line,
      action: { hover: look.hover, selected: look.accentGround },
    },
    shape: { borderRadius: 6 },
    spacing: 8,
    transitions: stillness ? { create: () => 'none' } : {},
    typography: {
      fontFamily: fonts.text,
      fontSize: 13,
      htmlFontSize: 16,
      body1: { fontSize: '0.875rem', lineHeight: 1.5 },
      body2: { fontSize: '0.8125rem', lineHeight: 1.45 },
      caption: { fontSize: '0.75rem', lineHeight: 1.4 },
      button: { fontSize: '0.8125rem', fontWeight: 550, textTransform: 'none' },
      h1: { fontSize: '1.25rem', fontWeight: 620, lineHeight: 1.3, letterSpacing: '-0.012em' },
      h2: { fontSize: '1.0625rem', fontWeight: 620, lineHeight: 1.35, letterSpacing: '-0.006em' },
      h3: { fontSize: '0.875rem', fontWeight: 620, lineHeight: 1.4 },
      overline: { fontSize: '0.6875rem', fontWeight: 620, letterSpacing: '0.05em', lineHeight: 1.6 },
    },
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          'html, body, #root': { height: '100%' },
          body: {
            overflow: 'hidden',
            fontFeatureSettings: '"cv05", "cv11", "ss03"',
            WebkitFontSmoothing: 'antialiased',
          },
          ':focus-visible': ring,
          '::selection': { backgroundColor: look.accent, color: look.onAccent },
          ...(stillness
            ? {
                '*, *::before, *::after': { animationDuration: '0.01ms !important', scrollBehavior: 'auto !important' },
              }
            : {}),
        },
      },
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        styleOverrides: { root: { '&.Mui-focusVisible': ring } },
      },
      MuiButton: {
        defaultProps: { size: 'small', disableElevation: true },
        styleOverrides: {
          root: { minHeight: 32, paddingInline: 12, whiteSpace: 'nowrap' },
          outlined: {
            borderColor: look.line,
            color: look.text,
            backgroundColor: look.surface,
            '&:hover': { borderColor: look.strongLine, backgroundColor: look.hover },
          },
        },
      },
      MuiIconButton: {
        defaultProps: { size: 'small' },
        styleOverrides: { root: { borderRadius: 6, color: look.quietText } },
      },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiDialog: {
        defaultProps: { fullWidth: true, maxWidth: 'sm' },
        // A dialog that has the focus as a whole is seen by what is dimmed around it.
        styleOverrides: {
          paper: { border: `1px solid ${look.line}`, borderRadius: 10, '&:focus-visible': { outline: 'none' } },
        },
      },
      MuiDialogTitle: {
        styleOverrides: { root: { fontSize: '1.0625rem', fontWeight: 620, padding: '18px 24px 8px' } },
      },
      MuiDialogActions: { styleOverrides: { root: { padding: '12px 24px 18px', gap: 4 } } },
      MuiMenu: { styleOverrides: { paper: { border: `1px solid ${look.line}`, minWidth: 220 } } },
      MuiMenuItem: { styleOverrides: { root: { fontSize: '0.8125rem', minHeight: 32 } } },
      MuiPopover: { styleOverrides: { paper: { border: `1px solid ${look.line}` } } },
      MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
      MuiOutlinedInput: { styleOverrides: { notchedOutline: { borderColor: look.strongLine } } },
      MuiCheckbox: {
        defaultProps: { size: 'small' },
        styleOverrides: { root: { '&:hover': { backgroundColor: 'transparent' } } },
      },
      MuiRadio: { defaultProps: { size: 'small' } },
      MuiSwitch: { defaultProps: { size: 'small' } },
      MuiTabs: { styleOverrides: { root: { minHeight: 36 } } },
      MuiTab: {
        styleOverrides: { root: { minHeight: 36, paddingInline: 12, paddingBlock: 6, textTransform: 'none' } },
      },
      MuiTooltip: {
        defaultProps: { enterDelay: 500, enterNextDelay: 100 },
        styleOverrides: {
          tooltip: {
            fontSize: '0.75rem',
            fontWeight: 450,
            backgroundColor: look.mode === 'light' ? '#1f2c34' : '#e4eaee',
            color: look.mode === 'light' ? '#ffffff' : '#10161a',
            border: appearance === 'contrast' ? '1px solid #000000' : 'none',
            maxWidth: 360,
          },
        },
      },
      MuiLinearProgress: { styleOverrides: { root: { borderRadius: 3, height: 5, backgroundColor: look.line } } },
      MuiAlert: { styleOverrides: { root: { fontSize: '0.8125rem' } } },
      MuiLink: { defaultProps: { underline: 'hover' } },
    },
  });
}
