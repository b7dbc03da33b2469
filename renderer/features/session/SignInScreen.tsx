import { Box, Button, ButtonBase, Stack, Typography } from '@mui/material';
import { Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../contract/schemas/session.ts';
import { useCall } from '../../app/console.ts';
import { PreferencesMenu } from '../../app/PreferencesMenu.tsx';
import { useOpenProfiles } from '../../desks/use-open-profiles.ts';
import { useSwitchTo } from '../../desks/use-switch-to.ts';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { useAgo } from '../../ui/Time.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { SignInForm } from './SignInForm.tsx';

const DeleteServerDialog = lazy(async () => ({
  default: (await import('./DeleteServerDialog.tsx')).DeleteServerDialog,
}));

function ProfileLine({
  profile,
  isChosen,
  isOpen,
  onChoose,
  onDelete,
}: {
  readonly profile: Profile;
  readonly isChosen: boolean;
  /** Whether it is open beside this screen. */
  readonly isOpen: boolean;
  readonly onChoose: () => void;
  readonly onDelete: () => void;
}) {
  const { t } = useTranslation(['session', 'common']);
  const ago = useAgo(profile.lastSignIn);
  return (
    <Stack component="li" direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
      <ButtonBase
        onClick={onChoose}
        aria-current={isChosen}
        sx={{
          flex: 1,
          minWidth: 0,
          flexDirection: 'column',
          alignItems: 'flex-start',
          textAlign: 'left',
          px: 1.5,
          py: 1,
          borderRadius: 1.5,
          fontFamily: 'inherit',
          bgcolor: isChosen ? 'action.selected' : 'transparent',
          '&:hover': { bgcolor: isChosen ? 'action.selected' : 'action.hover' },
        }}
      >
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, maxWidth: '100%' }}>
          <Typography variant="h3" component="span" noWrap>
            {profile.name}
          </Typography>
          {profile.isLab ? <StatusChip tone="info" label={t('lab')} /> : null}
        </Stack>
        <Typography variant="caption" color="textSecondary" noWrap sx={{ maxWidth: '100%' }}>
          {isOpen ? t('isOpen') : profile.lastSignIn === null ? t('neverSignedIn') : t('lastSignIn', { ago })}
        </Typography>
      </ButtonBase>
      <ToolButton iconOnly icon={Trash2} label={`${t('common:remove')}: ${profile.name}`} onClick={onDelete} />
    </Stack>
  );
}

/** Which server, and who one is. */
export function SignInScreen() {
  const { t } = useTranslation(['session', 'common']);
  const profiles = useCall('profiles.list', {});
  const open = useOpenProfiles();
  const switchTo = useSwitchTo();
  // The form keeps its state while a new server gets its id, so its key is the act of choosing, not the server.
  const [{ chosen, form }, setChoice] = useState<{ readonly chosen: string | null; readonly form: number }>({
    chosen: null,
    form: 0,
  });
  const setChosen = (id: string | null): void => setChoice((before) => ({ chosen: id, form: before.form + 1 }));
  const [toDelete, setToDelete] = useState<Profile | null>(null);
  const list = profiles.data ?? [];
  const byDate = list.toSorted((a, b) => (b.lastSignIn ?? '').localeCompare(a.lastSignIn ?? ''));
  const current =
    chosen === 'new'
      ? null
      : (list.find((profile) => profile.id === chosen) ?? byDate.find((profile) => !open.has(profile.id)) ?? null);
  // What one types belongs to this server, whatever changes in the list meanwhile.
  if (chosen === null && current !== null) setChoice((before) => ({ ...before, chosen: current.id }));

  return (
    <Box sx={{ height: '100%', overflow: 'auto', display: 'grid', gridTemplateRows: 'auto 1fr' }}>
      <Stack direction="row" component="header" sx={{ alignItems: 'center', gap: 1.25, px: 3, py: 1.5 }}>
        <svg width="30" height="30" viewBox="0 0 30 30" aria-hidden>
          <rect x="1" y="1" width="28" height="28" rx="8" fill="#0b6470" />
          <path
            d="M8 10.5 11.4 20h.3L15 12.6 18.3 20h.3L22 10.5"
            fill="none"
            stroke="#fff"
            strokeWidth="2.2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        <Box sx={{ flex: 1 }}>
          <Typography variant="h2" component="h1">
            {t('common:app')}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {t('lead')}
          </Typography>
        </Box>
        <PreferencesMenu />
      </Stack>
      <Box component="main" sx={{ display: 'grid', placeItems: 'center', p: 3 }}>
        <Box
          sx={{
            display: 'grid',
            gridTemplateColumns:
              list.length === 0 ? 'minmax(0, 480px)' : { xs: 'minmax(0, 1fr)', md: '290px minmax(0, 480px)' },
            bgcolor: 'background.paper',
            border: 1,
            borderColor: 'divider',
            borderRadius: 3,
            boxShadow: '0 12px 40px rgb(0 0 0 / 0.07)',
            overflow: 'hidden',
          }}
        >
          {list.length === 0 ? null : (
            <Stack
              component="section"
              aria-label={t('servers')}
              sx={{ p: 2, gap: 1, bgcolor: 'background.default', borderRight: 1, borderColor: 'divider' }}
            >
              <Typography variant="overline" color="textSecondary" sx={{ px: 1.5, textTransform: 'none' }}>
                {t('servers')}
              </Typography>
              <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none', gap: 0.25, flex: 1 }}>
                {byDate.map((profile) => (
                  <ProfileLine
                    key={profile.id}
                    profile={profile}
                    isChosen={current?.id === profile.id}
                    isOpen={open.has(profile.id)}
                    onChoose={() => {
                      if (!open.has(profile.id) || !switchTo(profile)) setChosen(profile.id);
                    }}
                    onDelete={() => setToDelete(profile)}
                  />
                ))}
              </Stack>
              <Button
                startIcon={<Plus size={15} aria-hidden />}
                onClick={() => setChosen('new')}
                sx={{ alignSelf: 'flex-start' }}
              >
                {t('addServer')}
              </Button>
            </Stack>
          )}
          <Box sx={{ p: 4, minHeight: 380 }}>
            {profiles.isPending ? (
              <LoadingState />
            ) : (
              <Stack sx={{ gap: 2 }}>
                {profiles.error === null ? null : (
                  <ErrorNotice error={profiles.error.error} onRetry={() => void profiles.refetch()} />
                )}
                {list.length === 0 && profiles.error === null ? (
                  <Typography variant="body2" color="textSecondary">
                    {t('noServersText')}
                  </Typography>
                ) : null}
                <SignInForm
                  key={form}
                  profile={current}
                  onSaved={({ id }) => setChoice((before) => ({ ...before, chosen: id }))}
                />
              </Stack>
            )}
          </Box>
        </Box>
      </Box>
      {toDelete === null ? null : (
        <Suspense fallback={null}>
          <DeleteServerDialog
            profile={toDelete}
            onClose={() => setToDelete(null)}
            onDeleted={() => {
              setToDelete(null);
              setChosen(null);
              void profiles.refetch();
            }}
          />
        </Suspense>
      )}
    </Box>
  );
}
