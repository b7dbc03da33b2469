import type { ConsoleError } from '../../contract/errors.ts';
import type { CallName } from '../../contract/names.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Desks } from '../desks.ts';
import type { Exports } from '../exports/exports.ts';
import type { Calls } from '../ipc/calls.ts';
import type { EventHub } from '../ipc/events.ts';
import type { FileRegistry } from '../platform/files.ts';
import type { ImportRegistry } from '../platform/import-files.ts';
import type { Platform } from '../platform/platform.ts';
import type { Profiles } from '../settings/profiles.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { SignerService } from '../signer/signer.ts';
import type { SessionService } from '../work/session.ts';
import type { Online, Workspace } from '../work/workspace.ts';

/** What the answers of the contract work with. `events`, `signer` and `session` are those of the desk that asks. */
export interface Parts {
  readonly platform: Platform;
  readonly events: EventHub;
  readonly settings: SettingsFile;
  readonly profiles: Profiles;
  readonly files: FileRegistry;
  readonly imports: ImportRegistry;
  readonly desks: Desks;
  readonly signer: SignerService;
  readonly session: SessionService;
  readonly exports: Exports;
}

/** The answers of one subject. */
export type Answering<S extends string> = Pick<Calls, Extract<CallName, `${S}.${string}`>>;

/** The open profile, or `no-profile`. */
export function openProfile(parts: Parts): Result<Workspace, ConsoleError> {
  const workspace = parts.session.workspace;
  return workspace === null ? fail({ code: 'no-profile' }) : ok(workspace);
}

/** What talks to the server, or `signed-out`. */
export function online(parts: Parts): Result<Online & { readonly workspace: Workspace }, ConsoleError> {
  const workspace = openProfile(parts);
  if (!workspace.ok) return workspace;
  const live = workspace.value.online;
  return live === null ? fail({ code: 'signed-out' }) : ok({ ...live, workspace: workspace.value });
}

/**
 * What acts on the server, or `read-only`: a second console on the profile could not write its deeds in the journal, and what is not in the
 * journal is not done.
 */
export function acting(parts: Parts): ReturnType<typeof online> {
  const live = online(parts);
  if (live.ok && live.value.workspace.store.isReadOnly) return fail({ code: 'read-only' });
  return live;
}

/** Days after which a scan is stale in the open profile. */
export function staleDays(parts: Parts, workspace: Workspace): number {
  return parts.profiles.get(workspace.profileId)?.staleDays ?? 14;
}
