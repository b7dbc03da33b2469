import { type ReactNode, startTransition, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { createPath, HashRouter, parsePath, Router, type To } from 'react-router';
import { DeskContext } from './desk.ts';
import type { DeskHistory } from './desk-history.ts';
import { useDesks } from './desk-room.ts';

const pathTo = (to: To): string => (typeof to === 'string' ? to : createPath(to));

function RouterOf({ history, children }: { readonly history: DeskHistory; readonly children: ReactNode }) {
  const [place, setPlace] = useState(history.place);
  useLayoutEffect(() => history.listen((next) => startTransition(() => setPlace(next))), [history]);
  const navigator = useMemo(
    () => ({
      createHref: (to: To) => `#${pathTo(to)}`,
      go: (by: number) => window.history.go(by),
      push: (to: To, state?: unknown) => history.go(pathTo(to), state ?? null, 'PUSH'),
      replace: (to: To, state?: unknown) => history.go(pathTo(to), state ?? null, 'REPLACE'),
    }),
    [history],
  );
  const location = useMemo(() => {
    const { pathname = '/', search = '', hash = '' } = parsePath(place.path);
    // State is whatever the one who went there left, as in the router's own type.
    return { pathname, search, hash, state: place.state as object | null, key: place.key };
  }, [place]);
  return (
    <Router location={location} navigationType={place.how as never} navigator={navigator}>
      {children}
    </Router>
  );
}

/** The routes of one desk. */
export function DeskRouter({ children }: { readonly children: ReactNode }) {
  const { id } = useContext(DeskContext);
  const desk = useDesks()?.desks.find((one) => one.id === id);
  return desk === undefined ? (
    <HashRouter>{children}</HashRouter>
  ) : (
    <RouterOf history={desk.history}>{children}</RouterOf>
  );
}
