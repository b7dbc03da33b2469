import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useToasts } from '../ui/toasts.ts';
import { useDesk } from './desk.ts';
import { useRoom } from './desk-room.ts';

/** Switches to the desk at which a profile is open already, and closes the empty one where it was asked for; false where there is none. */
export function useSwitchTo(): (profile: { readonly id: string; readonly name: string }) => boolean {
  const { t } = useTranslation();
  const room = useRoom();
  const desk = useDesk();
  return useCallback(
    ({ id, name }) => {
      if (room === null || !room.showProfile(id)) return false;
      useToasts.getState().say({ tone: 'info', text: t('desks.already', { name }) });
      void room.close(desk.id);
      return true;
    },
    [room, desk, t],
  );
}
