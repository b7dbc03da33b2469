import { Box, Button, Collapse, MenuItem, Stack, TextField } from '@mui/material';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Parsed, Request } from '../../../contract/calls.ts';
import type { Profile } from '../../../contract/schemas/session.ts';
import type { SignInField } from './field-errors.ts';

const FilePicker = lazy(async () => ({ default: (await import('../../ui/FilePicker.tsx')).FilePicker }));

/** What one types of a server. */
export type ProfileDraft = Parsed<'profiles.save'>;

/** The fields as they are for a server, or empty for a new one. */
export function draftOf(profile: Profile | null): ProfileDraft {
  return {
    id: profile?.id ?? null,
    name: profile?.name ?? '',
    address: profile?.address ?? '',
    user: profile?.user ?? '',
    proxy: profile?.proxy ?? '',
    dialect: profile?.dialect ?? 'auto',
    clientCertificate: profile?.clientCertificate ?? null,
    staleDays: profile?.staleDays ?? 14,
  };
}

/** The draft as main takes it: an empty name becomes the address. */
export function profileToSave(draft: ProfileDraft): Request<'profiles.save'> {
  const address = draft.address.trim();
  return {
    ...draft,
    address,
    proxy: draft.proxy.trim(),
    user: draft.user.trim(),
    name: draft.name.trim() === '' ? address.replace(/^https:\/\//, '') : draft.name.trim(),
  };
}

const dialects = ['auto', 'v3', 'v2', 'derived', 'configured'] as const;

/** The fields of a server: name and address, and the rarer ones behind a button. */
export function ProfileFields({
  draft,
  onChange,
  errorField,
  errorText,
}: {
  readonly draft: ProfileDraft;
  readonly onChange: (draft: ProfileDraft) => void;
  readonly errorField: SignInField | null;
  readonly errorText: string | null;
}) {
  const { t } = useTranslation('session');
  const moreId = useId();
  const [isMoreShown, setMoreShown] = useState(false);
  const needsMore = errorField === 'proxy' || errorField === 'clientCertificate';
  const isMore = isMoreShown || needsMore;
  const set = (patch: Partial<ProfileDraft>): void => onChange({ ...draft, ...patch });
  const at = (field: SignInField, help: string) => ({
    error: errorField === field,
    helperText: errorField === field ? errorText : help,
  });
  return (
    <Stack sx={{ gap: 2 }}>
      <TextField
        label={t('address')}
        value={draft.address}
        required
        autoFocus={draft.address === ''}
        onChange={(event) => set({ address: event.target.value })}
        slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'off', inputMode: 'url' } }}
        {...at('address', t('addressHelp'))}
      />
      <TextField
        label={t('name')}
        value={draft.name}
        onChange={(event) => set({ name: event.target.value })}
        {...at('name', t('nameHelp'))}
      />
      <Box>
        <Button
          onClick={() => setMoreShown(!isMore)}
          aria-expanded={isMore}
          aria-controls={moreId}
          startIcon={isMore ? <ChevronDown size={15} aria-hidden /> : <ChevronRight size={15} aria-hidden />}
        >
          {t('advanced')}
        </Button>
        <Collapse in={isMore} id={moreId}>
          <Stack sx={{ gap: 2, pt: 1.5 }}>
            <TextField
              label={t('proxy')}
              value={draft.proxy}
              onChange={(event) => set({ proxy: event.target.value })}
              slotProps={{ htmlInput: { spellCheck: false } }}
              {...at('proxy', t('proxyHelp'))}
            />
            <TextField
              select
              label={t('dialect')}
              value={draft.dialect}
              onChange={(event) =>
                set({ dialect: dialects.find((dialect) => dialect === event.target.value) ?? 'auto' })
              }
            >
              {dialects.map((dialect) => (
                <MenuItem key={dialect} value={dialect}>
                  {t(`dialects.${dialect}`)}
                </MenuItem>
              ))}
            </TextField>
            <TextField
              type="number"
              label={t('staleDays')}
              value={draft.staleDays}
              onChange={(event) =>
                set({ staleDays: Math.min(365, Math.max(1, Math.round(Number(event.target.value)) || 14)) })
              }
              slotProps={{ htmlInput: { min: 1, max: 365 } }}
            />
            {isMore ? (
              <Suspense fallback={null}>
                <FilePicker
                  kind="client-certificate"
                  label={t('clientCertificate')}
                  value={draft.clientCertificate}
                  onChange={(clientCertificate) => set({ clientCertificate })}
                  error={errorField === 'clientCertificate' ? errorText : null}
                />
              </Suspense>
            ) : null}
            {draft.clientCertificate === null ? null : (
              <Button onClick={() => set({ clientCertificate: null })} sx={{ alignSelf: 'flex-start' }}>
                {t('noClientCertificate')}
              </Button>
            )}
          </Stack>
        </Collapse>
      </Box>
    </Stack>
  );
}
