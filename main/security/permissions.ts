/** What `denyPermissions` needs of Electron's Session. */
export interface GuardedSession {
  readonly setPermissionRequestHandler: (
    handler: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ) => void;
  readonly setPermissionCheckHandler: (handler: (contents: unknown, permission: string) => boolean) => void;
  readonly setDevicePermissionHandler: (handler: (details: unknown) => boolean) => void;
  readonly setDisplayMediaRequestHandler: (
    handler: (request: unknown, callback: (streams: Record<string, never>) => void) => void,
  ) => void;
}

/**
 * Denies every permission, asked or looked up, every device and every screen capture. The console needs none: the
 * clipboard is written by main.
 */
export function denyPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
}
