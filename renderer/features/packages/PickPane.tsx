import { Box, Stack, Tab, Tabs } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rules } from '../../../domain/rules.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { CategoryPicker } from './CategoryPicker.tsx';
import { UpdatePicker } from './UpdatePicker.tsx';

/** What one can put into a draft: updates of the list, and categories. */
export function PickPane({
  rules,
  updates,
  onChange,
}: {
  readonly rules: Rules;
  readonly updates: readonly UpdateRow[];
  readonly onChange: (step: (rules: Rules) => Rules) => void;
}) {
  const { t } = useTranslation('packages');
  const [tab, setTab] = useState<'updates' | 'categories'>('updates');
  return (
    <Stack sx={{ height: '100%', minHeight: 0, bgcolor: 'background.paper' }}>
      <Tabs
        value={tab}
        onChange={(_event, next: 'updates' | 'categories') => setTab(next)}
        sx={{ minHeight: 42, borderBottom: 1, borderColor: 'divider', '& .MuiTab-root': { minHeight: 42, py: 0 } }}
      >
        <Tab value="updates" label={t('editor.pickTabs.updates')} id="pick-updates" aria-controls="pick-panel" />
        <Tab
          value="categories"
          label={t('editor.pickTabs.categories')}
          id="pick-categories"
          aria-controls="pick-panel"
        />
      </Tabs>
      <Box id="pick-panel" role="tabpanel" aria-labelledby={`pick-${tab}`} sx={{ flex: 1, minHeight: 0 }}>
        {tab === 'updates' ? (
          <UpdatePicker rules={rules} updates={updates} onChange={onChange} />
        ) : (
          <CategoryPicker rules={rules} onChange={onChange} />
        )}
      </Box>
    </Stack>
  );
}
