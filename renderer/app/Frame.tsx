import { Alert, Box, Button, Link, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { isErrorCode } from '../../contract/errors.ts';
import { ReauthenticationDialog } from '../features/session/ReauthenticationDialog.tsx';
import { SignerDialog } from '../features/signer/SignerDialog.tsx';
import { useAsking } from '../features/why/open.ts';
import { addWords } from '../i18n/i18n.ts';
import { EmptyState, LoadingState } from '../ui/EmptyState.tsx';
import { ErrorBar } from '../ui/ErrorBar.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { useAgo } from '../ui/Time.tsx';
import { useToasts } from '../ui/toasts.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { ask, callKey, useAction, useBridge, useCall } from './console.ts';
import type { Feature, ScreenEntry } from './feature.ts';
import { useFrameCommands } from './frame-commands.ts';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { NavRail } from './NavRail.tsx';
import { useReauthentication } from './reauthentication.ts';
import { screens } from './screens.ts';
import { useSession } from './session.ts';
import { TopBar } from './TopBar.tsx';

type ListName = NonNullable<ScreenEntry['list']>;

/** A screen with its words in place before it is drawn. */
function Prepared({ id, feature }: { readonly id: string; readonly feature: Feature }) {
  const { i18n } = useTranslation();
  addWords(i18n, id, feature.words);
  return <feature.Screen />;
}

function lazyScreen(entry: ScreenEntry, askFor: (list: ListName) => void) {
  return lazy(async () => {
    if (entry.list !== undefined) askFor(entry.list);
    const { feature } = await entry.load();
    return { default: () => <Prepared id={entry.id} feature={feature} /> };
  });
}

const WhyDialog = lazy(async () => {
  const { WhyDialog: Dialog } = await import('../features/why/WhyDialog.tsx');
  return { default: Dialog };
});
const AgentFactsDialog = lazy(async () => {
  const { AgentFactsDialog: Dialog } = await import('../features/why/AgentFactsDialog.tsx');
  return { default: Dialog };
});

/** What any screen may ask about rules; fetched when it is asked first. */
function RuleDialogs() {
  const isAsked = useAsking((asking) => asking.target !== null);
  const areFactsOpen = useAsking((asking) => asking.areFactsOpen);
  return (
    <Suspense fallback={null}>
      {isAsked ? <WhyDialog /> : null}
      {areFactsOpen ? <AgentFactsDialog /> : null}
    </Suspense>
  );
}

function BrokenScreen({ again }: { readonly again: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('broken.title')}
      text={t('broken.text')}
      actions={
        <Button variant="contained" onClick={again}>
          {t('broken.reload')}
        </Button>
      }
    />
  );
}

/** Says that one sees old data, and offers the way back. */
function OfflineBanner() {
  const { t } = useTranslation();
  const session = useSession();
  const { data: freshness } = useCall('sync.freshness', {});
  const { reauthenticate } = useReauthentication();
  const start = useAction('sync.start');
  const ago = useAgo(freshness?.syncedAt);
  const isSignedOut = session.kind === 'offline';
  if (freshness === undefined || !(isSignedOut || freshness.isOffline)) return null;
  return (
    <Alert
      severity="warning"
      variant="standard"
      icon={<CloudOff size={17} aria-hidden />}
      sx={{ borderRadius: 0, py: 0, alignItems: 'center', borderBottom: 1, borderColor: 'divider' }}
      action={
        <Button
          color="inherit"
          loading={start.isPending}
          onClick={() => (isSignedOut ? void reauthenticate() : start.mutate({ full: false }))}
        >
          {t(isSignedOut ? 'freshness.reconnect' : 'retry')}
        </Button>
      }
    >
      {freshness.syncedAt === null ? t('freshness.offlineNever') : t('freshness.offlineBanner', { ago })}
    </Alert>
  );
}

/** Says why the last reading of the server failed, until one succeeds; that it cannot be reached, or asks to sign in again, is said elsewhere. */
function FailedReading() {
  const { data: sync } = useCall('sync.state', {});
  const { data: freshness } = useCall('sync.freshness', {});
  const start = useAction('sync.start');
  const [failed, setFailed] = useState<string | null>(null);
  // While the next reading runs it is not known yet whether the cause is gone.
  if (sync?.phase === 'idle' && sync.error !== failed) setFailed(sync.error);
  if (failed === null || !isErrorCode(failed) || failed === 'cancelled' || failed === 'signed-out') return null;
  if (freshness?.isOffline === true) return null;
  return (
    <ErrorBar
      error={{ code: failed }}
      isBusy={start.isPending || sync?.phase !== 'idle'}
      onRetry={() => start.mutate({ full: false })}
    />
  );
}

/** The frame around every screen: navigation, what is going on, and the dialogs that any screen may need. */
export function Frame() {
  const { t } = useTranslation();
  const location = useLocation();
  const content = useRef<HTMLElement>(null);
  const frame = useFrameCommands();
  const clearToasts = useToasts((toasts) => toasts.clear);
  useEffect(() => clearToasts, [clearToasts]);
  const bridge = useBridge();
  const client = useQueryClient();
  const routes = useMemo(() => {
    const askFor = (name: ListName): void =>
      // The screen asks again where this fails, and tells it.
      void client.query({ queryKey: callKey(name, {}), queryFn: () => ask(bridge, name, {}) }).catch(() => null);
    return screens.map((entry) => ({ id: entry.id, Screen: lazyScreen(entry, askFor) }));
  }, [bridge, client]);
  const current = screens.find((entry) => location.pathname.startsWith(`/${entry.id}`))?.id ?? 'updates';
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '88px minmax(0, 1fr)', height: '100%' }}>
      <Link
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
        sx={{
          position: 'absolute',
          left: 8,
          top: -60,
          zIndex: 2000,
          p: 1,
          bgcolor: 'background.paper',
          '&:focus': { top: 8 },
        }}
      >
        {t('skipToContent')}
      </Link>
      <NavRail />
      <Stack sx={{ minWidth: 0, minHeight: 0 }}>
        <TopBar current={current} onPalette={frame.openPalette} onHelp={frame.openHelp} />
        <OfflineBanner />
        <FailedReading />
        <Box
          component="main"
          id="content"
          ref={content}
          tabIndex={-1}
          sx={{ flex: 1, minHeight: 0, '&:focus-visible': { outline: 'none' } }}
        >
          <ErrorBoundary key={current} fallback={(again) => <BrokenScreen again={again} />}>
            <Suspense fallback={<LoadingState />}>
              <Routes>
                {routes.map(({ id, Screen }) => (
                  <Route key={id} path={`/${id}/*`} element={<Screen />} />
                ))}
                <Route path="*" element={<Navigate to="/updates" replace />} />
              </Routes>
            </Suspense>
          </ErrorBoundary>
        </Box>
      </Stack>
      <CommandPalette open={frame.isPaletteOpen} onClose={frame.close} />
      <KeyboardHelp open={frame.isHelpOpen} onClose={frame.close} />
      <ReauthenticationDialog />
      <RuleDialogs />
      <SignerDialog />
    </Box>
  );
}
