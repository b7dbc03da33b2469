/** Origin of the console's own page in the desktop entry. */
export const CONSOLE_ORIGIN = 'app://console';

/** Address of the console's only document there. */
export const CONSOLE_PAGE = `${CONSOLE_ORIGIN}/index.html`;

/** Whether an address is the console's own document, with or without a fragment: all that a window may show. */
export function isConsolePage(address: string): boolean {
  const [page] = address.split('#', 1);
  return page === CONSOLE_PAGE;
}

/** What is known of who sends on the channel, from Electron's event. */
export interface SenderFacts {
  /** Id of the web contents; null when it is gone. */
  readonly contentsId: number | null;
  readonly isMainFrame: boolean;
  readonly origin: string | null;
  readonly address: string | null;
}

/** Whether a sender is the main frame of a window that we opened, showing our document. */
export function isTrustedSender(sender: SenderFacts, ownContents: ReadonlySet<number>): boolean {
  return (
    sender.contentsId !== null &&
    ownContents.has(sender.contentsId) &&
    sender.isMainFrame &&
    sender.origin === CONSOLE_ORIGIN &&
    sender.address !== null &&
    isConsolePage(sender.address)
  );
}

interface Preventable {
  readonly preventDefault: () => void;
}

/** What `guardNavigation` needs of Electron's WebContents. */
export interface GuardedContents {
  on(event: string, listener: (...args: never[]) => void): unknown;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: 'deny' }): void;
}

/**
 * Keeps a page where it is: no navigation but to the console's own document, no redirect, no frame, no new window, no
 * webview. Links to the outside go through `app.open`, never through a navigation.
 */
export function guardNavigation(contents: GuardedContents): void {
  const onlyOwnPage = (event: Preventable & { readonly url: string }): void => {
    if (!isConsolePage(event.url)) event.preventDefault();
  };
  const onlyOwnPageInMainFrame = (
    event: Preventable & { readonly url: string; readonly isMainFrame: boolean },
  ): void => {
    if (!event.isMainFrame || !isConsolePage(event.url)) event.preventDefault();
  };
  const never = (event: Preventable): void => event.preventDefault();
  contents.on('will-navigate', onlyOwnPage);
  contents.on('will-redirect', never);
  contents.on('will-frame-navigate', onlyOwnPageInMainFrame);
  contents.on('will-attach-webview', never);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
