import { Alert, Box, Button, Divider, Popover, Stack, Typography } from '@mui/material';
import { Plus, Server, TriangleAlert, Unplug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation, Profile, ServerInfo } from '../../../contract/schemas/session.ts';
import { useAction } from '../../app/console.ts';
import { useReauthentication } from '../../app/reauthentication.ts';
import { useSession } from '../../app/session.ts';
import { MOST_DESKS_SHOWN } from '../../desks/desk-limit.ts';
import { useDesks } from '../../desks/desk-room.ts';
import { useOpenDesk } from '../../desks/use-open-desk.ts';
import { useLocale } from '../../i18n/locale.ts';
import { Facts } from '../../ui/Facts.tsx';
import { formatDuration, formatNumber } from '../../ui/format.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';

/** Seconds of difference from which the clocks count as wrong (design, security). */
const CLOCK_LIMIT = 300;

/** What is known of the server, as a list. */
function ServerFacts({ profile, server }: { readonly profile: Profile; readonly server: ServerInfo | null }) {
  const { t } = useTranslation('session');
  const locale = useLocale();
  const trust = profile.trust;
  const clock = server?.clockDifference ?? null;
  const lacking =
    server === null
      ? []
      : (Object.keys(server.capabilities) as Operation[]).filter((name) => !server.capabilities[name].available);
  const clockText = (): string => {
    if (clock === null) return t('server.clockUnknown');
    if (Math.abs(clock) < 5) return t('server.clockSame');
    return t(clock > 0 ? 'server.clockAhead' : 'server.clockBehind', {
      difference: formatDuration(Math.abs(clock), locale),
    });
  };
  return (
    <Stack sx={{ gap: 1.5 }}>
      <Facts
        items={[
          { label: t('server.address'), value: profile.address },
          server === null ? null : { label: t('server.version'), value: server.version },
          server === null ? null : { label: t('server.edition'), value: server.edition },
          server === null ? null : { label: t('server.user'), value: server.user },
          server === null
            ? null
            : {
                label: t('server.rights'),
                value:
                  server.rights === null ? (
                    t('server.rightsUnknown')
                  ) : (
                    <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
                      {server.rights.map((right) => (
                        <StatusChip key={right} tone="neutral" label={right} />
                      ))}
                    </Box>
                  ),
              },
          server === null ? null : { label: t('server.dialect'), value: t(`server.dialects.${server.dialect}`) },
          server === null || server.hostCount === null
            ? null
            : { label: t('server.hosts'), value: formatNumber(server.hostCount, locale) },
          server === null ? null : { label: t('server.clock'), value: clockText() },
          trust === null
            ? null
            : {
                label: t('server.trust'),
                value: t(`server.trusts.${trust.kind}`, { name: trust.kind === 'ca' ? trust.name : '' }),
              },
          lacking.length === 0
            ? null
            : {
                label: t('server.unavailable'),
                value: lacking.map((operation) => t(`operation.${operation}`)).join(' · '),
              },
        ]}
      />
      {clock !== null && Math.abs(clock) >= CLOCK_LIMIT ? (
        <Alert severity="warning" variant="outlined" icon={<TriangleAlert size={17} aria-hidden />}>
          {t('server.clockWarning')}
        </Alert>
      ) : null}
    </Stack>
  );
}

/** Which server is open, what it is, and the way out. */
export function ServerButton() {
  const { t } = useTranslation('session');
  const session = useSession();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const desks = useDesks();
  const openDesk = useOpenDesk();
  const signOut = useAction('session.signOut');
  const reauthenticate = useReauthentication((state) => state.reauthenticate);
  if (session.kind === 'none') return null;
  const { profile } = session;
  const server = session.kind === 'offline' ? null : session.server;
  const isConnected = session.kind === 'open';
  const clock = server?.clockDifference ?? null;
  const isWarning = clock !== null && Math.abs(clock) >= CLOCK_LIMIT;
  const Icon = !isConnected ? Unplug : isWarning ? TriangleAlert : Server;
  return (
    <>
      <Button
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        aria-label={t('server.button', { name: profile.name })}
        startIcon={<Icon size={15} aria-hidden />}
        sx={{
          color: isConnected && !isWarning ? 'text.primary' : 'warning.main',
          fontWeight: 500,
          flexShrink: 1,
          minWidth: 0,
          maxWidth: 220,
        }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {profile.name}
        </Box>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t('server.title'), sx: { width: 470, p: 2 } } }}
      >
        <Stack sx={{ gap: 1.5 }}>
          <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
            <Typography variant="h2">{profile.name}</Typography>
            {profile.isLab ? <StatusChip tone="info" label={t('lab')} /> : null}
            {isConnected ? null : <StatusChip tone="warning" label={t('server.offline')} />}
          </Stack>
          <ServerFacts profile={profile} server={server} />
          <Divider />
          <Stack direction="row" sx={{ gap: 1 }}>
            {isConnected ? null : (
              <Button
                variant="contained"
                onClick={() => {
                  setAnchor(null);
                  void reauthenticate();
                }}
              >
                {t('signIn')}
              </Button>
            )}
            <Button variant="outlined" loading={signOut.isPending} onClick={() => signOut.mutate({})}>
              {isConnected ? t('signOut') : t('server.switch')}
            </Button>
            {desks === null || desks.desks.length >= MOST_DESKS_SHOWN ? null : (
              <Button
                startIcon={<Plus size={15} aria-hidden />}
                onClick={() => {
                  setAnchor(null);
                  openDesk();
                }}
              >
                {t('server.beside')}
              </Button>
            )}
          </Stack>
        </Stack>
      </Popover>
    </>
  );
}
