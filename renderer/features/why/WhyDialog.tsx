import {
  Autocomplete,
  Box,
  Button,
  createFilterOptions,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  IconButton,
  Stack,
  Switch,
  TextField,
} from '@mui/material';
import { CircleHelp, X } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { kbLabel } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { closeWhy, useAsking, type WhyTarget } from './open.ts';
import { WhyPanel } from './WhyPanel.tsx';
import { useWhyWords } from './words.ts';

interface Choice {
  readonly id: string;
  readonly label: string;
}

/** As many as one reads; the rest is found by typing. */
const narrow = createFilterOptions<Choice>({ limit: 60 });

/** The question why, over any screen: about an update, on every host or on one. */
export function WhyDialog() {
  const target = useAsking((asking) => asking.target);
  return target === null ? null : <OpenQuestion key={JSON.stringify(target)} target={target} />;
}

function OpenQuestion({ target }: { readonly target: WhyTarget }) {
  const t = useWhyWords();
  const titleId = useId();
  const [updateId, setUpdateId] = useState(target.updateId);
  const [uuid, setUuid] = useState(target.uuid);
  const [isWithDraft, setWithDraft] = useState(target.draftId !== null);
  const updates = useCall('updates.list', {}).data?.rows;
  const hosts = useCall('hosts.list', {}).data?.rows;
  const draft = useCall('drafts.list', {}, { enabled: target.draftId !== null }).data?.find(
    (one) => one.id === target.draftId,
  );
  const updateChoices = useMemo<readonly Choice[]>(
    () =>
      (updates ?? []).map((row) => ({
        id: row.updateId,
        label: row.kbids.length === 0 ? row.title : `${row.kbids.map(kbLabel).join(', ')} – ${row.title}`,
      })),
    [updates],
  );
  const hostChoices = useMemo<readonly Choice[]>(
    () => (hosts ?? []).map((row) => ({ id: row.uuid, label: row.fqdn || row.uuid })),
    [hosts],
  );
  const picked = (choices: readonly Choice[], id: string | null): Choice | null =>
    id === null ? null : (choices.find((one) => one.id === id) ?? { id, label: id });

  return (
    <Dialog open onClose={closeWhy} aria-labelledby={titleId} maxWidth="md">
      <Stack direction="row" sx={{ alignItems: 'center', pr: 2 }}>
        <DialogTitle id={titleId} sx={{ flex: 1 }}>
          {t('title')}
        </DialogTitle>
        <IconButton aria-label={t('common:close')} onClick={closeWhy} sx={{ mt: 1 }}>
          <X size={17} aria-hidden />
        </IconButton>
      </Stack>
      <DialogContent sx={{ minHeight: 320 }}>
        <Stack sx={{ gap: 2, pt: 0.75 }}>
          <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '3fr 2fr' }, gap: 1.5 }}>
            <Picker
              label={t('pick.update')}
              choices={updateChoices}
              value={picked(updateChoices, updateId)}
              onChange={setUpdateId}
              autoFocus={target.updateId === null}
            />
            <Picker
              label={t('pick.host')}
              placeholder={t('pick.allHosts')}
              choices={hostChoices}
              value={picked(hostChoices, uuid)}
              onChange={setUuid}
            />
          </Box>
          {draft === undefined ? null : (
            <FormControlLabel
              control={<Switch checked={isWithDraft} onChange={(_event, isOn) => setWithDraft(isOn)} />}
              label={t('useDraft', { package: draft.package })}
              sx={{ '& .MuiFormControlLabel-label': { typography: 'body2' } }}
            />
          )}
          {updateId === null ? (
            <EmptyState icon={CircleHelp} title={t('pick.prompt')} text={t('pick.promptText')} />
          ) : (
            <WhyPanel
              updateId={updateId}
              uuid={uuid}
              draftId={isWithDraft ? target.draftId : null}
              onLeave={closeWhy}
            />
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={closeWhy} autoFocus={target.updateId !== null}>
          {t('common:close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Picker({
  label,
  placeholder,
  choices,
  value,
  onChange,
  autoFocus = false,
}: {
  readonly label: string;
  readonly placeholder?: string;
  readonly choices: readonly Choice[];
  readonly value: Choice | null;
  readonly onChange: (id: string | null) => void;
  readonly autoFocus?: boolean;
}) {
  const t = useWhyWords();
  return (
    <Autocomplete
      options={choices}
      filterOptions={narrow}
      value={value}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      getOptionKey={(one) => one.id}
      noOptionsText={t('pick.none')}
      clearText={t('common:clear')}
      openText={t('common:open')}
      closeText={t('common:close')}
      onChange={(_event, next) => onChange(next?.id ?? null)}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          placeholder={placeholder ?? ''}
          autoFocus={autoFocus}
          slotProps={{ ...params.slotProps, inputLabel: { ...params.slotProps.inputLabel, shrink: true } }}
        />
      )}
    />
  );
}
