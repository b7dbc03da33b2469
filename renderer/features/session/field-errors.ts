import type { ConsoleError, ErrorCode } from '../../../contract/errors.ts';

/** The fields of signing in at which a failure can stand. */
export type SignInField = 'address' | 'user' | 'password' | 'proxy' | 'clientCertificate' | 'name';

const places: Partial<Record<ErrorCode, SignInField>> = {
  'address-invalid': 'address',
  dns: 'address',
  refused: 'address',
  unreachable: 'address',
  timeout: 'address',
  'tls-failed': 'address',
  'not-wapt': 'address',
  'too-old': 'address',
  proxy: 'proxy',
  'password-refused': 'password',
  'client-certificate-needed': 'clientCertificate',
};

const fields: readonly string[] = [
  'address',
  'user',
  'password',
  'proxy',
  'clientCertificate',
  'name',
] satisfies readonly SignInField[];

/** The field that a failure belongs to, or null where it concerns the whole. */
export function fieldOf(error: ConsoleError): SignInField | null {
  if (error.field !== undefined && fields.includes(error.field)) return error.field as SignInField;
  return places[error.code] ?? null;
}

/** Codes after which one looks at the certificate of the server. */
export const isAboutCertificate = (code: ErrorCode): boolean =>
  code === 'tls-untrusted' ||
  code === 'tls-expired' ||
  code === 'tls-not-yet-valid' ||
  code === 'tls-wrong-name' ||
  code === 'tls-changed';

/** Codes after which what was read before is still worth opening. */
export const isAboutTheWay = (code: ErrorCode): boolean =>
  ['unreachable', 'dns', 'refused', 'timeout', 'proxy', 'tls-failed', 'server-broken', 'not-wapt'].includes(code);
