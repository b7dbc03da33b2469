import { Box, ButtonBase } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { screens } from './screens.ts';

/** As tall as there is room for all of them in the window (pixels beside them: mark, gaps, padding). */
const ENTRY_HEIGHT = `clamp(46px, calc((100dvh - 66px) / ${screens.length} - 4px), 62px)`;

/** The screens, always in reach. */
export function NavRail() {
  const { t } = useTranslation();
  return (
    <Box
      component="nav"
      aria-label={t('nav.label')}
      sx={(theme) => ({
        bgcolor: theme.look.rail.ground,
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'stretch',
        gap: 0.5,
        px: 0.75,
        py: 1,
        overflowY: 'auto',
        scrollbarWidth: 'none',
        borderRight: theme.appearance === 'light' ? 0 : `1px solid ${theme.look.line}`,
      })}
    >
      <Box aria-hidden sx={{ display: 'grid', placeItems: 'center', height: 40, mb: 0.5, flexShrink: 0 }}>
        <svg width="30" height="30" viewBox="0 0 30 30">
          <rect x="1" y="1" width="28" height="28" rx="8" fill="#0f8a93" />
          <path
            d="M8 10.5 11.4 20h.3L15 12.6 18.3 20h.3L22 10.5"
            fill="none"
            stroke="#fff"
            strokeWidth="2.2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </Box>
      {screens.map(({ id, icon: Icon }) => (
        <ButtonBase
          key={id}
          component={NavLink}
          to={`/${id}`}
          sx={(theme) => ({
            flexDirection: 'column',
            gap: 0.25,
            flexShrink: 0,
            minHeight: ENTRY_HEIGHT,
            px: 0.25,
            py: 0.25,
            borderRadius: 2,
            color: theme.look.rail.text,
            fontFamily: 'inherit',
            fontSize: '0.6875rem',
            fontWeight: 550,
            lineHeight: 1.2,
            textAlign: 'center',
            hyphens: 'manual',
            '&:hover': {
              color: theme.look.rail.activeText,
              bgcolor: theme.appearance === 'contrast' ? '#333333' : theme.look.rail.activeGround,
            },
            '&.active': { color: theme.look.rail.activeText, bgcolor: theme.look.rail.activeGround },
            '&.Mui-focusVisible': {
              outlineColor: theme.appearance === 'contrast' ? theme.look.accent : '#7fd4da',
              outlineOffset: -2,
            },
          })}
        >
          <Icon size={20} strokeWidth={1.8} aria-hidden />
          {t(`nav.${id}`)}
        </ButtonBase>
      ))}
    </Box>
  );
}
