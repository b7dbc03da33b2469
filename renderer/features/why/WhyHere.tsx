import { type ComponentProps, lazy, Suspense } from 'react';
import { LoadingState } from '../../ui/EmptyState.tsx';
import type { WhyPanel as Panel } from './WhyPanel.tsx';

const WhyPanel = lazy(async () => {
  const { WhyPanel: Lazy } = await import('./WhyPanel.tsx');
  return { default: Lazy };
});

/** Why, as a part of another screen; fetched when it is looked at first. */
export function WhyHere(props: ComponentProps<typeof Panel>) {
  return (
    <Suspense fallback={<LoadingState />}>
      <WhyPanel {...props} />
    </Suspense>
  );
}
