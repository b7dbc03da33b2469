import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { CssBaseline, ThemeProvider, useMediaQuery } from '@mui/material';
import { type ReactNode, useEffect, useMemo } from 'react';
import type { Settings } from '../../contract/schemas/app.ts';
import type { Appearance } from './palette.ts';
import { makeTheme } from './theme.ts';

/** The nonce under which this page may add styles; the entry writes it into the page at each load. */
export function pageNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce ?? '';
}

/** Gives the window its appearance; `system` follows the platform, also while it changes. */
export function ThemeRoot({ theme, children }: { readonly theme: Settings['theme']; readonly children: ReactNode }) {
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  const prefersContrast = useMediaQuery('(prefers-contrast: more)', { noSsr: true });
  const prefersStillness = useMediaQuery('(prefers-reduced-motion: reduce)', { noSsr: true });
  const system: Appearance = prefersContrast ? 'contrast' : prefersDark ? 'dark' : 'light';
  const appearance = theme === 'system' ? system : theme;
  // Said for development and tests too: one style element for all, not one for each rule.
  const cache = useMemo(() => createCache({ key: 'c', nonce: pageNonce(), prepend: true, speedy: true }), []);
  const muiTheme = useMemo(() => makeTheme(appearance, prefersStillness), [appearance, prefersStillness]);
  useEffect(() => {
    document.documentElement.dataset['appearance'] = appearance;
    document.documentElement.style.colorScheme = muiTheme.look.mode;
  }, [appearance, muiTheme]);
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={muiTheme}>
        <CssBaseline />
        {children}
      </ThemeProvider>
    </CacheProvider>
  );
}
