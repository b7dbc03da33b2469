import { deskStore } from '../desks/desk-store.ts';

interface Reauthentication {
  /** Whether the password is asked for over the screen. */
  readonly isAsked: boolean;
  /** Whether one left the dialog without signing in; an ended session then no longer opens it by itself. */
  readonly wasLeft: boolean;
  readonly waiting: readonly ((signedIn: boolean) => void)[];
  /** Asks for the password; true once one is signed in, false when one would rather not. */
  readonly reauthenticate: () => Promise<boolean>;
  /** Answers everyone who waits. */
  readonly settle: (signedIn: boolean) => void;
}

/** Asking for the password again over the screen, for whoever needs the server. */
export const useReauthentication = deskStore<Reauthentication>((set, get) => ({
  isAsked: false,
  wasLeft: false,
  waiting: [],
  reauthenticate: () =>
    new Promise((resolve) => {
      set({ isAsked: true, waiting: [...get().waiting, resolve] });
    }),
  settle: (signedIn) => {
    const { waiting } = get();
    set({ isAsked: false, wasLeft: !signedIn, waiting: [] });
    for (const resolve of waiting) resolve(signedIn);
  },
}));
