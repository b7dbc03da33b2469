import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** A person of the demonstration; passwords are shown at start, and the lab listens on loopback only. */
export type LabUser = {
  readonly name: string;
  readonly password: string;
  /** Rights on every perimeter (protocol 1.7). */
  readonly rights: readonly string[];
  readonly method: 'admin' | 'ldap';
};

/** The people who may sign in to any lab, from all rights to few. */
export const labUsers: readonly LabUser[] = [
  { name: 'admin', password: 'admin-password-1', rights: ['admin'], method: 'admin' },
  { name: 'operator', password: 'operator-password-1', rights: ['view', 'trigger_host_action'], method: 'ldap' },
  { name: 'wua', password: 'wua-password-1', rights: ['view', 'edit_wua_package'], method: 'ldap' },
  { name: 'viewer', password: 'viewer-password-1', rights: ['view'], method: 'ldap' },
];

/** What a session knows, and `user_infos` answers. */
export type Session = { readonly user: LabUser; readonly authDate: string };

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** The user of a name and password, or null. */
export const findUser = (name: string, password: string): LabUser | null => {
  const user = labUsers.find((one) => one.name === name);
  return user !== undefined && equal(user.password, password) ? user : null;
};

/** The name and password of an `Authorization: Basic` header, or null. */
export function parseBasic(header: string | undefined): { readonly user: string; readonly password: string } | null {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? null : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** Signed cookies that the server does not remember: one that was handed out stays good (protocol 12.3). */
export type Cookies = {
  readonly write: (session: Session) => string;
  readonly read: (header: string | undefined) => Session | null;
};

/** The cookie that signs out on the client. */
export const expiredCookie = 'session=; Expires=Thu, 01-Jan-1970 00:00:00 GMT; Max-Age=0; Path=';

/** Makes the cookies of one server; the key is kept in its database. */
export function makeCookies(key: string): Cookies {
  const mac = (payload: string): string => createHmac('sha256', key).update(payload).digest('base64url');
  return {
    write: ({ user, authDate }) => {
      const payload = Buffer.from(JSON.stringify([user.name, authDate])).toString('base64url');
      return `session=${payload}.${mac(payload)}; HttpOnly; Path=`;
    },
    read: (header) => {
      const value = /(?:^|;\s*)session=([^;]*)/.exec(header ?? '')?.[1];
      const [payload, signature] = (value ?? '').split('.');
      if (payload === undefined || signature === undefined || !equal(mac(payload), signature)) return null;
      const [name, authDate] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [string, string];
      const user = labUsers.find((one) => one.name === name);
      return user === undefined ? null : { user, authDate };
    },
  };
}

/**
 * Who sends a request, in the order of protocol 1.5: the cookie (unless Basic names somebody else), then Basic.
 */
export function authenticate(
  cookies: Cookies,
  clock: Clock,
  headers: { readonly cookie?: string | undefined; readonly authorization?: string | undefined },
): Session | null {
  const basic = parseBasic(headers.authorization);
  const session = cookies.read(headers.cookie);
  if (session !== null && (basic === null || basic.user === session.user.name)) return session;
  const user = basic === null ? null : findUser(basic.user, basic.password);
  return user === null ? null : { user, authDate: clock.utcStamp() };
}
