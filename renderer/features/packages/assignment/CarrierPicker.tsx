import { Box, Button, Checkbox, FormControlLabel, Stack, Tab, Tabs, TextField, Typography } from '@mui/material';

import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarrierSection } from '../../../../domain/assignment.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import { StatusChip } from '../../../ui/StatusChip.tsx';
import { type Choice, found, isChecked, SECTIONS, type Wishes } from './choices.ts';

/** So many boxes are drawn; what is beyond is found by searching. */
const SHOWN = 150;

const NAMES = { group: /^[a-z0-9][a-z0-9._-]*$/, profile: /^[^\s\p{C},][^\p{C},]*$/u } as const;

/** What one can make by its name. */
export type Made = keyof typeof NAMES;

/** Groups, units, profiles and hosts with their boxes, each kind on its tab. */
export function CarrierPicker({
  choices,
  wishes,
  onToggle,
  onMake,
}: {
  readonly choices: readonly Choice[];
  readonly wishes: Wishes;
  readonly onToggle: (choice: Choice) => void;
  readonly onMake: (section: Made, name: string) => void;
}) {
  const { t } = useTranslation('assignment');
  const [section, setSection] = useState<CarrierSection>('group');
  const [search, setSearch] = useState('');
  const id = useId();
  const inSection = useMemo(() => choices.filter((choice) => choice.section === section), [choices, section]);
  // The order stays while one clicks: a line must not move away under the pointer.
  const [ordered, setOrdered] = useState<{ readonly key: string; readonly keys: readonly string[] } | null>(null);
  const orderKey = `${section} ${search} ${inSection.length}`;
  if (ordered?.key !== orderKey)
    setOrdered({ key: orderKey, keys: found(inSection, search, wishes).map((choice) => choice.key) });
  const byKey = useMemo(() => new Map(inSection.map((choice) => [choice.key, choice])), [inSection]);
  const fitting = (ordered?.keys ?? []).flatMap((key) => byKey.get(key) ?? []);
  const shown = fitting.slice(0, SHOWN);
  const wished = (of: CarrierSection): number =>
    choices.filter((choice) => choice.section === of && wishes.has(choice.key)).length;

  return (
    <Stack sx={{ gap: 1, minHeight: 0, flex: 1 }}>
      <Tabs
        value={section}
        onChange={(_event, next: CarrierSection) => setSection(next)}
        aria-label={t('assignLong')}
        sx={{ minHeight: 36, borderBottom: 1, borderColor: 'divider' }}
      >
        {SECTIONS.map((each) => {
          const count = choices.filter((choice) => choice.section === each).length;
          const changing = wished(each);
          return (
            <Tab
              key={each}
              value={each}
              id={`${id}-${each}`}
              aria-controls={`${id}-panel`}
              sx={{ minHeight: 36 }}
              label={`${t(`section.${each}`)} (${count})${changing === 0 ? '' : ` · ${t('changes', { count: changing })}`}`}
            />
          );
        })}
      </Tabs>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <SearchField value={search} onChange={setSearch} placeholder={t('search')} sx={{ flex: 1, minWidth: 220 }} />
        {section === 'group' || section === 'profile' ? (
          <NewCarrier key={section} section={section} onMake={(name) => onMake(section, name)} />
        ) : null}
      </Stack>
      <Box
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${section}`}
        sx={{ flex: 1, minHeight: 180, overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}
      >
        {shown.length === 0 ? (
          <Typography variant="body2" color="textSecondary" sx={{ p: 2 }}>
            {t(inSection.length === 0 ? `empty.${section}` : 'empty.none')}
          </Typography>
        ) : (
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }} onKeyDown={moveByArrows}>
            {shown.map((choice) => (
              <Line
                key={choice.key}
                choice={choice}
                isOn={isChecked(choice, wishes)}
                isWished={wishes.has(choice.key)}
                onToggle={() => onToggle(choice)}
              />
            ))}
          </Box>
        )}
        {fitting.length > shown.length ? (
          <Typography variant="caption" component="p" color="textSecondary" sx={{ px: 2, py: 1 }}>
            {t('more', { count: fitting.length - shown.length })}
          </Typography>
        ) : null}
      </Box>
    </Stack>
  );
}

/** Up and down go from box to box, so that a long list needs no Tab for each. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  const next = boxes[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Line({
  choice,
  isOn,
  isWished,
  onToggle,
}: {
  readonly choice: Choice;
  readonly isOn: boolean;
  readonly isWished: boolean;
  readonly onToggle: () => void;
}) {
  const { t } = useTranslation('assignment');
  const { hosts } = choice;
  const isMade = choice.version === null && choice.section !== 'host';
  return (
    <Stack
      component="li"
      direction="row"
      sx={{ alignItems: 'center', gap: 1, px: 1.5, py: 0.25, '&:hover': { bgcolor: 'action.hover' } }}
    >
      <FormControlLabel
        sx={{ flex: 1, minWidth: 0, mr: 0, '& .MuiFormControlLabel-label': { minWidth: 0 } }}
        control={<Checkbox size="small" checked={isOn} onChange={onToggle} sx={{ py: 0.5 }} />}
        label={
          <>
            <Typography variant="body2" component="span" sx={{ overflowWrap: 'anywhere' }}>
              {choice.label}
            </Typography>
            {choice.detail === '' ? null : (
              <Typography variant="caption" component="span" color="textSecondary" sx={{ ml: 1 }}>
                {choice.detail}
              </Typography>
            )}
          </>
        }
      />
      {choice.carries === 'through' && !isOn ? (
        <StatusChip tone="info" label={t('through')} title={t('throughMeaning')} />
      ) : null}
      {isMade && isOn ? <StatusChip tone="neutral" label={t('isNew')} /> : null}
      {isWished ? <StatusChip tone="warning" label={t('wished')} /> : null}
      {choice.section === 'host' ? null : (
        <Typography variant="caption" color="textSecondary" sx={{ minWidth: 80, textAlign: 'right' }}>
          {hosts === null ? t('hostsUnknown') : t('hosts', { count: hosts })}
          {choice.unsureHosts > 0 && hosts !== null ? (
            <Box component="span" title={t('unsureHosts', { count: choice.unsureHosts })}>
              {' '}
              + {choice.unsureHosts} ?
            </Box>
          ) : null}
        </Typography>
      )}
    </Stack>
  );
}

const MADE_WORDS = {
  group: { name: 'newGroup', make: 'makeGroup', bad: 'badGroup' },
  profile: { name: 'newProfile', make: 'makeProfile', bad: 'badProfile' },
} as const;

function NewCarrier({ section, onMake }: { readonly section: Made; readonly onMake: (name: string) => void }) {
  const { t } = useTranslation('assignment');
  const words = MADE_WORDS[section];
  const [name, setName] = useState('');
  const isBad = name !== '' && !NAMES[section].test(name.trim());
  const make = (): void => {
    if (name.trim() === '' || isBad) return;
    onMake(name.trim());
    setName('');
  };
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
      <TextField
        value={name}
        onChange={(event) => setName(event.target.value.trimStart())}
        placeholder={t(words.name)}
        error={isBad}
        helperText={isBad ? t(words.bad) : undefined}
        sx={{ width: 220 }}
        slotProps={{ htmlInput: { 'aria-label': t(words.name), maxLength: 150 } }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          make();
        }}
      />
      <Button variant="outlined" onClick={make} disabled={name === '' || isBad}>
        {t(words.make)}
      </Button>
    </Stack>
  );
}
