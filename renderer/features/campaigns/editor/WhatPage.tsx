import { Box, Checkbox, FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { PageProps } from '../CampaignEditor.tsx';
import type { Orders } from '../editor-draft.ts';

const ORDERS = ['scan', 'download', 'install', 'installOnly'] as const satisfies readonly Orders[];

/** What each host does, and what comes before it. */
export function WhatPage({ draft, onChange, abilities }: PageProps) {
  const { t } = useTranslation('campaigns');
  const { wake, servicing } = abilities;
  const installs = draft.orders === 'install' || draft.orders === 'installOnly';
  return (
    <>
      <FormControl>
        <FormLabel>{t('editor.orders')}</FormLabel>
        <RadioGroup value={draft.orders} onChange={(_event, value) => onChange({ orders: value as Orders })}>
          {ORDERS.map((orders) => (
            <FormControlLabel
              key={orders}
              value={orders}
              control={<Radio />}
              sx={{ alignItems: 'flex-start', mt: 0.5 }}
              label={
                <Box>
                  <Typography variant="body2">{t(`editor.${orders}`)}</Typography>
                  <Typography variant="caption" color="textSecondary">
                    {t(`editor.${orders}Help`)}
                  </Typography>
                </Box>
              }
            />
          ))}
        </RadioGroup>
      </FormControl>
      <Option
        label={t('editor.servicing')}
        isOn={draft.servicing && servicing.available && installs}
        isPossible={servicing.available && installs}
        help={servicing.reason === null ? '' : t(`editor.servicing-${servicing.reason}`)}
        onChange={(isOn) => onChange({ servicing: isOn })}
      />
      <Option
        label={t('editor.wake')}
        isOn={draft.wake && wake.available}
        isPossible={wake.available}
        help={wake.available ? t('editor.wakeHelp') : t(`editor.wake-${wake.reason}`)}
        onChange={(isOn) => onChange({ wake: isOn })}
      />
    </>
  );
}

function Option({
  label,
  help,
  isOn,
  isPossible,
  onChange,
}: {
  readonly label: string;
  readonly help: string;
  readonly isOn: boolean;
  readonly isPossible: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <Box>
      <FormControlLabel
        control={<Checkbox checked={isOn} onChange={(event) => onChange(event.target.checked)} />}
        disabled={!isPossible}
        label={<Typography variant="body2">{label}</Typography>}
      />
      {help === '' ? null : (
        <Typography variant="caption" color="textSecondary" component="p" sx={{ pl: 4 }}>
          {help}
        </Typography>
      )}
    </Box>
  );
}
