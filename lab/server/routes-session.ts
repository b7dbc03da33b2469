import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { textOf } from '../text.ts';
import { type Answer, exception, loginRequired, success } from './envelope.ts';
import { type Call, jsonBody, type Route, type RouteAnswer } from './routing.ts';
import type { Store } from './store.ts';
import { findUser, parseBasic, type Session } from './users.ts';

/** What the server says of itself. */
export type Identity = {
  readonly uuid: string;
  readonly version: string;
  readonly edition: 'enterprise' | 'community';
  readonly domain: string;
};

const rightsOf = (session: Session): Readonly<Record<string, readonly string[]>> => ({ '*': session.user.rights });

const failedLogin = (): RouteAnswer => ({ ...loginRequired(), cookie: 'clear' });

const credentialsOf = async (
  call: Call,
): Promise<
  | { readonly ok: true; readonly value: { readonly user: string; readonly password: string } | null }
  | { readonly ok: false; readonly answer: Answer }
> => {
  const basic = parseBasic(call.headers.authorization);
  if (call.method === 'GET') {
    const [user, password] = [call.query.get('user'), call.query.get('password')];
    return { ok: true, value: user !== null && password !== null ? { user, password } : basic };
  }
  const body = await jsonBody(call);
  if (!body.ok) return body;
  const given = body.value as { readonly user?: unknown; readonly password?: unknown } | null;
  if (given?.user === undefined && given?.password === undefined) return { ok: true, value: basic };
  return { ok: true, value: { user: textOf(given.user), password: textOf(given.password) } };
};

/** `/ping`, sign-in, sign-out and who one is (protocol 1.3 to 1.5). */
export function sessionRoutes(store: Store, clock: Clock, identity: Identity): Route[] {
  const login = async (call: Call): Promise<RouteAnswer> => {
    const credentials = await credentialsOf(call);
    if (!credentials.ok) return credentials.answer;
    const user = credentials.value === null ? null : findUser(credentials.value.user, credentials.value.password);
    if (user === null) return failedLogin();
    const session: Session = { user, authDate: clock.utcStamp() };
    const result = {
      auth_result: {
        auth_method: user.method,
        user: user.name,
        auth_date: session.authDate,
        user_acls: rightsOf(session),
      },
      user_acls: rightsOf(session),
      token: `${randomBytes(24).toString('base64url')}.${randomBytes(48).toString('base64url')}`,
      server_uuid: identity.uuid,
      version: identity.version,
      hosts_count: store.hosts.size(),
      server_domain: identity.domain,
      edition: identity.edition,
    };
    return { ...success('Authentication OK', result, call.elapsed()), cookie: session };
  };

  const changePassword = async (call: Call): Promise<RouteAnswer> => {
    const body = await jsonBody(call);
    if (!body.ok) return body.answer;
    return exception("EWaptForbiddden('The passwords of the lab do not change',)");
  };

  return [
    {
      methods: ['GET'],
      paths: ['/ping'],
      rights: 'none',
      answer: () =>
        success('WAPT Server running', {
          version: identity.version,
          api_root: '/api/',
          api_version: 'v3',
          uuid: identity.uuid,
          date: clock.utcStamp(),
          application_root: '',
          edition: identity.edition,
          git_hash: '2d21bf68',
          platform: 'Linux',
          architecture: ['64bit', 'ELF'],
        }),
    },
    { methods: ['GET', 'POST'], paths: ['/api/v3/login', '/login'], rights: 'none', answer: login },
    {
      methods: ['GET', 'POST'],
      paths: ['/api/v3/logout'],
      rights: 'none',
      answer: () => ({ ...success('logout', null), cookie: 'clear' }),
    },
    {
      methods: ['GET'],
      paths: ['/api/v3/user_infos'],
      rights: 'none',
      answer: ({ session }) =>
        success('Info on logged in user', {
          user: session?.user.name ?? null,
          user_fingerprint_sha1: null,
          user_acls: session === null ? null : rightsOf(session),
          auth_method: session?.user.method ?? null,
          auth_date: session?.authDate ?? null,
        }),
    },
    { methods: ['POST'], paths: ['/api/v3/change_password'], rights: ['admin'], answer: changePassword },
  ];
}
