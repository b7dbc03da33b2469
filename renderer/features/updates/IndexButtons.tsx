import { ListItemText, Menu, MenuItem } from '@mui/material';
import { Database, DownloadCloud } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCapability } from '../../app/session.ts';
import { ToolButton } from '../../ui/ToolButton.tsx';

/** The buttons that have the server fetch its index and the files it lacks. */
export function IndexButtons({
  isAsking,
  onStart,
}: {
  readonly isAsking: boolean;
  readonly onStart: (request: { readonly force: boolean; readonly missing: boolean }) => void;
}) {
  const { t } = useTranslation(['updates', 'session']);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const index = useCapability('download-index');
  const missing = useCapability('download-missing');
  const choose = (force: boolean): void => {
    setAnchor(null);
    onStart({ force, missing: false });
  };
  return (
    <>
      <ToolButton
        icon={Database}
        menu={anchor === null ? 'closed' : 'open'}
        label={t('index.button')}
        disabled={!index.available}
        reason={index.available ? undefined : t(`session:unavailable.${index.reason}`)}
        isBusy={isAsking}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': t('index.button') } }}
      >
        <MenuItem onClick={() => choose(false)}>
          <ListItemText
            primary={t('index.ifNewer')}
            secondary={t('index.ifNewerHelp')}
            slotProps={{ primary: { variant: 'body2' }, secondary: { variant: 'caption' } }}
          />
        </MenuItem>
        <MenuItem onClick={() => choose(true)}>
          <ListItemText
            primary={t('index.force')}
            secondary={t('index.forceHelp')}
            slotProps={{ primary: { variant: 'body2' }, secondary: { variant: 'caption' } }}
          />
        </MenuItem>
      </Menu>
      <ToolButton
        icon={DownloadCloud}
        label={t('index.missing')}
        disabled={!missing.available}
        reason={missing.available ? undefined : t(`session:unavailable.${missing.reason}`)}
        shortcut={t('index.missingHelp')}
        isBusy={isAsking}
        onClick={() => onStart({ force: false, missing: true })}
      />
    </>
  );
}
