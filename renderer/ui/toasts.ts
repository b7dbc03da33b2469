import { deskStore } from '../desks/desk-store.ts';
import type { Tone } from '../theme/palette.ts';

/** A short message that goes by itself; what needs an answer is a dialog, what stays true is a notice. */
export interface Toast {
  readonly tone: Tone;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Toasts {
  readonly queue: readonly (Toast & { readonly id: number })[];
  readonly say: (toast: Toast) => void;
  readonly dismiss: (id: number) => void;
  /** Forgets all: they spoke of a session that is over. */
  readonly clear: () => void;
}

let count = 0;

/** The messages on their way; `say` adds one. */
export const useToasts = deskStore<Toasts>((set) => ({
  queue: [],
  say: (toast) => {
    count++;
    const id = count;
    set(({ queue }) => ({ queue: [...queue.slice(-3), { ...toast, id }] }));
  },
  clear: () => set({ queue: [] }),
  dismiss: (id) => set(({ queue }) => ({ queue: queue.filter((toast) => toast.id !== id) })),
}));
