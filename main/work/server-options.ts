import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { parseAddress } from '../server/address.ts';
import { type ConfiguredDialect, parseConfiguredDialect } from '../server/dialect.ts';
import type { ServerOptions } from '../server/session.ts';
import type { ClientCertificate, TrustMaterial } from '../server/trust.ts';
import type { Profiles, StoredProfile } from '../settings/profiles.ts';
import type { SessionParts } from './session.ts';

/** What of a profile a connection is made of: where one of these changed, the old connection is of no more use. */
export const wayOf = ({ address, proxy, dialect, clientCertificate, trust }: StoredProfile): string =>
  JSON.stringify([address, proxy, dialect, clientCertificate, trust]);

/** How to reach and know the server of a profile. */
export interface ProfileServer extends Omit<ServerOptions, 'onExpired' | 'onInfo' | 'onOdd'> {
  /** Whether somebody decided whom to trust; else the system's store is asked. */
  readonly decided: boolean;
  /** What `wayOf` said of the profile when it was read. */
  readonly way: string;
}

/**
 * Reads what a profile says of its server, with the files that it names. `no-profile`, `address-invalid`, `certificate-missing`, `bad-request`
 * (a dialect file that is none), and the failures of a client certificate; each with the field of the profile.
 */
export async function serverOptions(
  { profiles, files, platform, folders }: Pick<SessionParts, 'profiles' | 'files' | 'platform' | 'folders'>,
  profileId: string,
): Promise<Result<ProfileServer, ConsoleError>> {
  const profile = profiles.get(profileId);
  if (profile === null) return fail({ code: 'no-profile', field: 'profileId' });
  const address = parseAddress(profile.address);
  if (!address.ok) return fail({ ...address.error, field: 'address' });
  const trust = await trustOf(profiles, profile);
  if (!trust.ok) return trust;
  let clientCertificate: ClientCertificate | null = null;
  if (profile.clientCertificate !== null) {
    const identity = await files.clientIdentity(profile.clientCertificate);
    if (!identity.ok) return fail({ ...identity.error, field: 'clientCertificate' });
    clientCertificate = { certificatePem: identity.value.cert, keyPem: identity.value.key };
  }
  let configured: ConfiguredDialect | null = null;
  const file = await readFile(join(folders.profile(profileId).folder, 'dialect.json'), 'utf8').catch(() => null);
  if (file !== null) {
    const parsed = parseConfiguredDialect(file);
    if (!parsed.ok) return fail({ ...parsed.error, field: 'dialect' });
    configured = parsed.value;
  }
  return ok({
    address: address.value,
    trust: trust.value,
    decided: profile.trust !== null,
    way: wayOf(profile),
    clientCertificate,
    proxy: profile.proxy === '' ? ((await platform.resolveProxy(profile.address)) ?? '') : profile.proxy,
    dialect: profile.dialect,
    configured,
  });
}

async function trustOf(profiles: Profiles, profile: StoredProfile): Promise<Result<TrustMaterial, ConsoleError>> {
  if (profile.trust === null || profile.trust.kind === 'system') return ok({ kind: 'system' });
  const kind = profile.trust.kind;
  const pem = await profiles.readTrust(profile.id, kind === 'ca' ? 'ca.pem' : 'pinned.pem');
  if (pem === null) return fail({ code: 'certificate-missing', field: 'trust' });
  return ok({ kind, pem });
}
