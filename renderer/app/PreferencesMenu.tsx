import { Divider, ListSubheader, Menu, MenuItem } from '@mui/material';
import { Check, Settings2 } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../contract/schemas/app.ts';
import { ToolButton } from '../ui/ToolButton.tsx';
import { useSettings } from './settings.ts';

const themes = ['system', 'light', 'dark', 'contrast'] as const satisfies readonly Settings['theme'][];
const languages = ['system', 'en', 'fr'] as const satisfies readonly Settings['language'][];
const densities = ['compact', 'comfortable'] as const satisfies readonly Settings['density'][];

/** Languages are named in themselves. */
const languageNames = { en: 'English', fr: 'Français' } as const;

/** Theme, language and density of rows. */
export function PreferencesMenu() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const entry = (key: string, isChosen: boolean, label: string, patch: Partial<Settings>): ReactElement => (
    <MenuItem key={key} role="menuitemradio" aria-checked={isChosen} onClick={() => change(patch)} sx={{ gap: 1 }}>
      <Check size={15} aria-hidden style={{ visibility: isChosen ? 'visible' : 'hidden' }} />
      {label}
    </MenuItem>
  );
  const heading = (text: string): ReactElement => (
    <ListSubheader
      key={text}
      role="presentation"
      disableSticky
      sx={{ lineHeight: '28px', fontSize: '0.75rem', bgcolor: 'transparent' }}
    >
      {text}
    </ListSubheader>
  );
  return (
    <>
      <ToolButton
        iconOnly
        icon={Settings2}
        label={t('prefs.label')}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': t('prefs.label'), dense: true } }}
      >
        {heading(t('prefs.theme'))}
        {themes.map((theme) => entry(`theme ${theme}`, settings.theme === theme, t(`prefs.${theme}`), { theme }))}
        <Divider component="li" />
        {heading(t('prefs.language'))}
        {languages.map((language) =>
          entry(
            `language ${language}`,
            settings.language === language,
            language === 'system' ? t('prefs.system') : languageNames[language],
            { language },
          ),
        )}
        <Divider component="li" />
        {heading(t('prefs.density'))}
        {densities.map((density) =>
          entry(`density ${density}`, settings.density === density, t(`prefs.${density}`), { density }),
        )}
        <Divider component="li" />
        <MenuItem
          role="menuitemcheckbox"
          aria-checked={settings.notify}
          onClick={() => change({ notify: !settings.notify })}
          sx={{ gap: 1 }}
        >
          <Check size={15} aria-hidden style={{ visibility: settings.notify ? 'visible' : 'hidden' }} />
          {t('endings.setting')}
        </MenuItem>
      </Menu>
    </>
  );
}
