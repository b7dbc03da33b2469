import { lazy, Suspense } from 'react';
import { SignInScreen } from '../features/session/SignInScreen.tsx';
import { LoadingState } from '../ui/EmptyState.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { useCall } from './console.ts';
import { DisconnectedNotice } from './Disconnected.tsx';

const ToastStack = lazy(async () => ({ default: (await import('../ui/ToastStack.tsx')).ToastStack }));
const Frame = lazy(async () => ({ default: (await import('./RoutedFrame.tsx')).RoutedFrame }));

/** The window: the sign-in screen until a profile is open, then the frame with its screens. */
export function App() {
  const session = useCall('session.state', {});
  if (session.data === undefined) {
    if (session.error === null) return <LoadingState />;
    return session.error.error.code === 'foreign-sender' ? (
      <DisconnectedNotice />
    ) : (
      <ErrorNotice error={session.error.error} onRetry={() => void session.refetch()} />
    );
  }
  return (
    <>
      {session.data.kind === 'none' ? (
        <SignInScreen />
      ) : (
        <Suspense fallback={<LoadingState />}>
          <Frame key={session.data.profile.id} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <ToastStack />
      </Suspense>
    </>
  );
}
