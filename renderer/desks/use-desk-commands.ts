import { ArrowLeftRight, Plus, Server, X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../contract/schemas/session.ts';
import { type Command, keysOf, useCommands } from '../app/commands.ts';
import { callKey } from '../app/console.ts';
import { MOST_DESKS_SHOWN } from './desk-limit.ts';
import { type OpenDesk, useDesks, useRoom } from './desk-room.ts';
import { useOpenDesk } from './use-open-desk.ts';

/** Keys that a browser leaves to the page, unlike Ctrl with a digit or Tab. */
const NEXT = 'Alt+PageDown';
const PREVIOUS = 'Alt+PageUp';

const nameOf = ({ client }: OpenDesk): string | null => {
  const session = client.getQueryData<SessionState>(callKey('session.state', {}));
  return session === undefined || session.kind === 'none' ? null : session.profile.name;
};

/** Offers to switch between the open servers, to open another and to close one. */
export function useDeskCommands(): void {
  const { t } = useTranslation();
  const room = useRoom();
  const state = useDesks();
  const open = useOpenDesk();
  const commands = useMemo<readonly Command[]>(() => {
    if (room === null || state === null) return [];
    const group = t('desks.label');
    const add: Command = {
      id: 'desks.open',
      label: t('desks.open'),
      group,
      icon: Plus,
      ...(state.desks.length >= MOST_DESKS_SHOWN ? { isDisabled: true, reason: t('desks.full') } : {}),
      run: open,
    };
    if (state.desks.length < 2) return [add];
    const switches = state.desks.map(
      (desk, i): Command => ({
        id: `desks.show.${desk.id}`,
        label: t('desks.show', { name: nameOf(desk) ?? t('desks.unnamed') }),
        group,
        keys: `Ctrl+${i + 1}`,
        icon: Server,
        run: () => room.show(desk.id),
      }),
    );
    const { shown } = state;
    return [
      add,
      ...switches,
      {
        id: 'desks.next',
        label: t('desks.next'),
        group,
        keys: NEXT,
        icon: ArrowLeftRight,
        run: () => room.step(1),
      },
      {
        id: 'desks.previous',
        label: t('desks.previous'),
        group,
        keys: PREVIOUS,
        icon: ArrowLeftRight,
        run: () => room.step(-1),
      },
      {
        id: 'desks.close',
        label: t('desks.close', { name: nameOf(shown) ?? t('desks.unnamed') }),
        group,
        icon: X,
        run: () => void room.close(shown.id),
      },
    ];
  }, [t, room, state, open]);
  useCommands(commands, 'frame');
}

/**
 * Has the keys of the desks work everywhere, over a dialog and on a sign-in screen too: what is open at a desk stays with it, so one may
 * leave it as it is.
 */
export function useDeskKeys(): void {
  const room = useRoom();
  useEffect(() => {
    if (room === null) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const keys = keysOf(event);
      const number = /^Ctrl\+([1-9])$/.exec(keys)?.[1];
      const desk = number === undefined ? undefined : room.get().desks[Number(number) - 1];
      if (desk !== undefined) room.show(desk.id);
      else if (keys === NEXT) room.step(1);
      else if (keys === PREVIOUS) room.step(-1);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [room]);
}
