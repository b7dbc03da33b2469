import { useCallback } from 'react';
import { useErrorWords } from '../ui/error-words.ts';
import { useToasts } from '../ui/toasts.ts';
import { useRoom } from './desk-room.ts';

/** Opens another server beside those that are open: an empty desk with its sign-in screen. */
export function useOpenDesk(): () => void {
  const room = useRoom();
  const words = useErrorWords();
  return useCallback(() => {
    void room?.open().then((error) => {
      if (error === null) return;
      const { title, next } = words(error);
      useToasts.getState().say({ tone: 'error', text: `${title}. ${next}` });
    });
  }, [room, words]);
}
