import { ArrowLeftRight, Plus, Server, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../contract/schemas/session.ts';
import { type Command, useAllCommands, useCommandKeys, useCommands } from '../app/commands.ts';
import { callKey } from '../app/console.ts';
import { MOST_DESKS_SHOWN } from './desk-limit.ts';
import { type OpenDesk, useDesks, useRoom } from './desk-room.ts';
import { useOpenDesk } from './use-open-desk.ts';

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
        keys: 'Alt+PageDown',
        icon: ArrowLeftRight,
        run: () => room.step(1),
      },
      {
        id: 'desks.previous',
        label: t('desks.previous'),
        group,
        keys: 'Alt+PageUp',
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
  useCommands(commands);
}

/** The keys of the desks where no frame listens: on the sign-in screen. */
export function DeskKeys() {
  useDeskCommands();
  useCommandKeys(useAllCommands());
  return null;
}
