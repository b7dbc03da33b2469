import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../contract/schemas/session.ts';
import { callKey, useBridge } from '../app/console.ts';
import { useSetting } from '../app/settings.ts';
import { type OpenDesk, useDesks, useRoom } from '../desks/desk-room.ts';
import { useStable } from '../grid/use-stable.ts';
import { useToasts } from '../ui/toasts.ts';
import { useEnded } from './ended.ts';
import { useEndingWords } from './use-ending-words.ts';
import { type Ending, watchEndings } from './watch-endings.ts';

const isInFront = (): boolean => !document.hidden && document.hasFocus();

/** Whether nobody looks at a desk: it is behind another, or the window is behind others. */
const isAwayFrom = (desk: OpenDesk): boolean => !desk.isShown() || !isInFront();

const nameOf = ({ client }: OpenDesk): string | null => {
  const session = client.getQueryData<SessionState>(callKey('session.state', {}));
  return session === undefined || session.kind === 'none' ? null : session.profile.name;
};

/**
 * Tells of long work that ended while nobody looked: by the system where the desktop can, by the title of the page, and by a message at
 * the desk, which also lists what ended.
 */
export function Endings() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const room = useRoom();
  const desks = useDesks()?.desks;
  const isWanted = useSetting(({ notify }) => notify);
  const words = useEndingWords();
  const places = useRef(new Map<string, () => void>());
  const unseen = useRef(0);

  const tell = useStable((desk: OpenDesk, ending: Ending): void => {
    const { text, path, hasFailed } = words(ending);
    const id = crypto.randomUUID();
    const go = (): void => {
      room?.show(desk.id);
      desk.history.go(path, null, 'PUSH');
    };
    useEnded.of(desk).getState().add({ id, text, at: new Date().toISOString(), hasFailed, path });
    if (!isWanted) return;
    const action = { label: t('endings.show'), run: go };
    useToasts
      .of(desk)
      .getState()
      .say({ tone: hasFailed ? 'warning' : 'ok', text, action });
    if (isInFront()) return;
    unseen.current += 1;
    document.title = t('endings.title', { count: unseen.current, app: t('app') });
    places.current.set(id, go);
    void bridge.call('app.notify', { id, title: (nameOf(desk) ?? t('app')).slice(0, 100), text: text.slice(0, 300) });
  });

  useEffect(() => {
    const seen = (): void => {
      unseen.current = 0;
      document.title = t('app');
    };
    seen();
    window.addEventListener('focus', seen);
    const end = bridge.on('app.notified', ({ id }) => places.current.get(id)?.());
    return () => {
      window.removeEventListener('focus', seen);
      end();
    };
  }, [bridge, t]);

  useEffect(() => {
    const ends = (desks ?? []).map((desk) => {
      let since = Date.now();
      const mark = (): void => {
        since = Date.now();
      };
      window.addEventListener('blur', mark);
      const unmark = desk.onShown(mark);
      const watch = { isAway: () => isAwayFrom(desk), awaySince: () => since };
      const end = watchEndings(desk.bridge, watch, (ending) => tell(desk, ending));
      return () => {
        window.removeEventListener('blur', mark);
        unmark();
        end();
      };
    });
    return () => {
      for (const end of ends) end();
    };
  }, [desks, tell]);
  return null;
}
