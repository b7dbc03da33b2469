import { DeskRouter } from '../desks/DeskRouter.tsx';
import { Frame } from './Frame.tsx';

/** The frame with its routes, in a part of its own: signing in needs none. */
export function RoutedFrame() {
  return (
    <DeskRouter>
      <Frame />
    </DeskRouter>
  );
}
