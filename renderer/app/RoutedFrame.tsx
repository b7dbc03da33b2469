import { HashRouter } from 'react-router';
import { Frame } from './Frame.tsx';

/** The frame with its routes, in a part of its own: signing in needs none. */
export function RoutedFrame() {
  return (
    <HashRouter>
      <Frame />
    </HashRouter>
  );
}
