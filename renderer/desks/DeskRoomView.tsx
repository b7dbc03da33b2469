import { Box, Stack, type Theme, ThemeProvider } from '@mui/material';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { App } from '../app/App.tsx';
import { BridgeContext } from '../app/console.ts';
import { DeskContext } from './desk.ts';
import { type DeskRoom, type OpenDesk, RoomContext, useDesks } from './desk-room.ts';

// The first picture needs neither.
const DeskTabs = lazy(async () => ({ default: (await import('./DeskTabs.tsx')).DeskTabs }));
const Endings = lazy(async () => ({ default: (await import('../endings/Endings.tsx')).Endings }));

/** Has dialogs, menus and tips stand on the desk they belong to, so that they are hidden with it. */
function OwnLayer({ ground, children }: { readonly ground: HTMLElement; readonly children: ReactNode }) {
  const theme = useCallback(
    (outer: Theme): Theme => {
      const container = { defaultProps: { container: ground } };
      const { MuiModal, MuiPopover, MuiPopper, ...components } = outer.components ?? {};
      return {
        ...outer,
        components: {
          ...components,
          MuiModal: { ...MuiModal, ...container },
          MuiPopover: { ...MuiPopover, ...container },
          MuiPopper: { ...MuiPopper, ...container },
        },
      };
    },
    [ground],
  );
  return <ThemeProvider theme={theme}>{children}</ThemeProvider>;
}

/**
 * One desk. Behind another it is neither drawn nor reachable, but stays as it is, grids with their selection and scroll too: React's own
 * way of hiding takes references away, at which AG Grid ends.
 */
function DeskView({ desk, isShown }: { readonly desk: OpenDesk; readonly isShown: boolean }) {
  const [ground, setGround] = useState<HTMLElement | null>(null);
  return (
    <Box
      ref={setGround}
      data-desk={desk.id}
      inert={!isShown}
      sx={{
        position: 'absolute',
        inset: 0,
        overflow: 'hidden',
        contentVisibility: isShown ? 'visible' : 'hidden',
        ...(isShown ? {} : { zIndex: -1 }),
      }}
    >
      {ground === null ? null : (
        <DeskContext value={desk}>
          <BridgeContext value={desk.bridge}>
            <QueryClientProvider client={desk.client}>
              <OwnLayer ground={ground}>
                <App />
              </OwnLayer>
            </QueryClientProvider>
          </BridgeContext>
        </DeskContext>
      )}
    </Box>
  );
}

function Desks() {
  const room = useDesks();
  if (room === null) return null;
  return (
    <Stack sx={{ height: '100%' }}>
      {room.desks.length > 1 ? (
        <Suspense fallback={<Box sx={{ height: 36 }} />}>
          <DeskTabs />
        </Suspense>
      ) : null}
      <Box sx={{ position: 'relative', flex: 1, minHeight: 0 }}>
        {room.desks.map((desk) => (
          <DeskView key={desk.id} desk={desk} isShown={desk === room.shown} />
        ))}
      </Box>
    </Stack>
  );
}

/** The window: its desks, one of them shown, and with several a line to switch between them. */
export function DeskRoomView({ room }: { readonly room: DeskRoom }) {
  return (
    <RoomContext value={room}>
      <Desks />
      <Suspense fallback={null}>
        <Endings />
      </Suspense>
    </RoomContext>
  );
}
