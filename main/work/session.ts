import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Profile, ServerContact, SessionState } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { inTurn } from '../in-turn.ts';
import type { EventHub } from '../ipc/events.ts';
import type { Log } from '../log/log.ts';
import type { FileRegistry } from '../platform/files.ts';
import type { Platform } from '../platform/platform.ts';
import { holdsLabCertificate } from '../security/lab-certificate.ts';
import { formatAddress, parseAddress } from '../server/address.ts';
import { inspect } from '../server/inspect.ts';
import { signIn } from '../server/session.ts';
import type { paths } from '../settings/paths.ts';
import type { Profiles, StoredProfile } from '../settings/profiles.ts';
import type { SignerService } from '../signer/signer.ts';
import type { CampaignTime } from './campaigns.ts';
import { keepTrust } from './keep-trust.ts';
import { serverOptions, wayOf } from './server-options.ts';
import { type Online, Workspace } from './workspace.ts';

/** What the session service needs. */
export interface SessionParts {
  readonly platform: Platform;
  readonly events: EventHub;
  readonly log: Log;
  readonly profiles: Profiles;
  readonly files: FileRegistry;
  readonly signer: SignerService;
  readonly folders: ReturnType<typeof paths>;
  /** Whether another desk has the profile. */
  readonly isElsewhere: (profileId: string) => boolean;
  /** How campaigns see time; as it is where it is left out. */
  readonly time?: CampaignTime | undefined;
}

const secretOf = (profileId: string): string => `password:${profileId}`;

/** The one profile that is open at a desk, and who is signed in: inspects, trusts, signs in and out, asks again when the server does. */
export class SessionService {
  readonly #parts: SessionParts;
  #workspace: Workspace | null = null;
  #isExpired = false;
  #code: string | null = null;
  /** Certificates seen by the last inspection of each profile, leaf first: what one compared is what gets pinned. */
  readonly #seen = new Map<string, readonly string[]>();
  /** Opening, attaching and closing happen one after the other: two stores on one file would leave one of them read-only. */
  readonly #turn = inTurn();
  /** The profile that was asked for last, and how often one closed: a sign-in that took long is dropped when one went elsewhere meanwhile. */
  #wanted: string | null = null;
  #closings = 0;
  /** The profile that is open here or about to be: what no other desk may open. */
  #held: string | null = null;
  #isOver = false;
  /** How the profile said that its server is reached and known, when one signed in. */
  #way = '';

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** The open profile's workspace, or null. */
  get workspace(): Workspace | null {
    return this.#workspace;
  }

  /** The profile that is open here or about to be. */
  get profileId(): string | null {
    return this.#held;
  }

  /** A profile as the window sees it. */
  async view(profile: StoredProfile): Promise<Profile> {
    const { trustedSigners: _signers, signerCertificate: _signer, ...shown } = profile;
    const hasPassword = (await this.#parts.platform.secrets.get(secretOf(profile.id))) !== null;
    return { ...shown, hasPassword };
  }

  /** Where one stands. */
  async state(): Promise<SessionState> {
    const workspace = this.#workspace;
    const stored = workspace === null ? null : this.#parts.profiles.get(workspace.profileId);
    if (workspace === null || stored === null) return { kind: 'none' };
    const profile = await this.view(stored);
    const server = workspace.online?.client.info;
    if (server === undefined) return { kind: 'offline', profile, code: this.#code };
    return { kind: this.#isExpired ? 'expired' : 'open', profile, server };
  }

  /** Adds or changes a profile. Another address forgets what was trusted, and closes the profile if it is open. */
  async save(input: Parsed<'profiles.save'>): Promise<Result<Profile, ConsoleError>> {
    const address = parseAddress(input.address);
    if (!address.ok) return fail({ ...address.error, field: 'address' });
    const { profiles } = this.#parts;
    const known = input.id === null ? null : profiles.get(input.id);
    if (input.id !== null && known === null) return fail({ code: 'no-profile', field: 'id' });
    const shown = formatAddress(address.value);
    const isSameServer = known?.address === shown;
    if (known !== null && !isSameServer && this.#workspace?.profileId === known.id) await this.close();
    const isLab = isSameServer && known.isLab;
    const saved = await profiles.save({
      id: known?.id ?? profiles.newId(),
      name: input.name.trim() === '' ? address.value.host : input.name.trim(),
      address: shown,
      user: input.user,
      proxy: input.proxy,
      dialect: input.dialect,
      clientCertificate: input.clientCertificate,
      staleDays: input.staleDays,
      trust: isSameServer ? known.trust : null,
      isLab,
      lastSignIn: known?.lastSignIn ?? null,
      trustedSigners: (known?.trustedSigners ?? []).filter((pem) => isLab || !holdsLabCertificate(pem)),
      signerCertificate: known?.signerCertificate ?? null,
    });
    if (!saved.ok) return saved;
    await this.#changed();
    this.#parts.events.emit('settings.changed', {});
    return ok(await this.view(saved.value));
  }

  /** Forgets a profile with its store, its drafts and its password. */
  async remove(profileId: string): Promise<Result<null, ConsoleError>> {
    if (this.#workspace?.profileId === profileId) await this.close();
    this.#seen.delete(profileId);
    await this.#parts.platform.secrets.delete(secretOf(profileId));
    const removed = await this.#parts.profiles.remove(profileId);
    this.#parts.events.emit('settings.changed', {});
    return removed;
  }

  /** First contact: the certificate a server shows, and what the profile's trust says of it. */
  async inspect(profileId: string): Promise<Result<ServerContact, ConsoleError>> {
    const options = await serverOptions(this.#parts, profileId);
    if (!options.ok) return options;
    const { address, trust, proxy, clientCertificate, decided } = options.value;
    const seen = await inspect(address, { trust: decided ? trust : null, proxy, clientCertificate });
    if (!seen.ok) return seen;
    this.#seen.set(profileId, seen.value.pems);
    return ok(seen.value.contact);
  }

  /** Keeps how a profile knows its server. A pin is only taken for the certificate that was on screen. */
  async trust({ profileId, trust }: Parsed<'session.trust'>): Promise<Result<Profile, ConsoleError>> {
    const { profiles, files } = this.#parts;
    const profile = profiles.get(profileId);
    if (profile === null) return fail({ code: 'no-profile', field: 'profileId' });
    const kept = await keepTrust({ profiles, files }, profile, trust, this.#seen.get(profileId)?.[0] ?? null);
    if (!kept.ok) return kept;
    const saved = await profiles.save({ ...profile, trust: kept.value });
    return saved.ok ? ok(await this.view(saved.value)) : saved;
  }

  /** Signs in; on the profile that is open and expired it goes on with what runs. */
  async signIn(request: Parsed<'session.signIn'>): Promise<Result<SessionState, ConsoleError>> {
    const { profiles, platform } = this.#parts;
    const elsewhere = this.#refuseElsewhere(request.profileId);
    if (elsewhere !== null) return elsewhere;
    const password = request.password ?? (await platform.secrets.get(secretOf(request.profileId)));
    if (password === null) return fail({ code: 'password-refused', field: 'password', facts: { reason: 'none' } });
    this.#wanted = request.profileId;
    const profile = profiles.get(request.profileId);
    const running = this.#workspace?.profileId === request.profileId ? this.#workspace.online : null;
    const canGoOn =
      running !== null && profile !== null && running.client.info.user === request.user && wayOf(profile) === this.#way;
    const signedIn = canGoOn ? await this.#signInAgain(running, password) : await this.#signInAnew(request, password);
    if (!signedIn.ok) return signedIn;
    const known = profiles.get(request.profileId);
    if (known !== null) {
      await profiles.save({ ...known, user: request.user, lastSignIn: new Date().toISOString() });
    }
    if (request.keepPassword && (await platform.secrets.available()))
      await platform.secrets.set(secretOf(request.profileId), password);
    else if (request.password !== null) await platform.secrets.delete(secretOf(request.profileId));
    await this.#changed();
    return ok(await this.state());
  }

  async #signInAgain(running: Online, password: string): Promise<Result<null, ConsoleError>> {
    const again = await running.client.reSignIn(password);
    if (!again.ok) return again;
    if (this.#workspace?.online !== running) return fail({ code: 'cancelled' });
    this.#isExpired = false;
    this.#workspace.goOn();
    return ok(null);
  }

  async #signInAnew(request: Parsed<'session.signIn'>, password: string): Promise<Result<null, ConsoleError>> {
    const { profiles, log } = this.#parts;
    const closings = this.#closings;
    const options = await serverOptions(this.#parts, request.profileId);
    if (!options.ok) return options;
    const { decided: _decided, way, ...server } = options.value;
    const client = await signIn(
      {
        ...server,
        onExpired: () => this.#expire(request.profileId),
        onInfo: () => void this.#changed(),
        onOdd: (odd) => log.warn('the server answered another type than expected', { ...odd }),
      },
      { user: request.user, password },
    );
    if (!client.ok) return client;
    const attached = await this.#turn(async (): Promise<Result<null, ConsoleError>> => {
      if (this.#wanted !== request.profileId || this.#closings !== closings) return fail({ code: 'cancelled' });
      const opened = await this.#open(request.profileId);
      if (!opened.ok) return opened;
      await opened.value.detach();
      const profile = profiles.get(request.profileId);
      // Somebody wrote another address while the password was on its way: what answered is not the server of the profile any more.
      if (profile === null || wayOf(profile) !== way) return fail({ code: 'cancelled' });
      // A server that the system's store vouched for needs no question: it is known by that from now on.
      const known = { ...profile, trust: profile.trust ?? { kind: 'system' as const } };
      const saved = await profiles.save(known);
      if (!saved.ok) return saved;
      this.#way = wayOf(known);
      this.#isExpired = false;
      this.#code = null;
      opened.value.attach(client.value);
      return ok(null);
    });
    if (!attached.ok) client.value.close();
    return attached;
  }

  /** Opens a profile on what its store has. */
  async openOffline(profileId: string): Promise<Result<SessionState, ConsoleError>> {
    const elsewhere = this.#refuseElsewhere(profileId);
    if (elsewhere !== null) return elsewhere;
    this.#wanted = profileId;
    const opened = await this.#turn(() => this.#open(profileId));
    if (!opened.ok) return opened;
    await this.#changed();
    return ok(await this.state());
  }

  /** Signs out and closes the profile. */
  async close(): Promise<void> {
    this.#wanted = null;
    this.#closings++;
    this.#parts.signer.lock();
    await this.#turn(async () => {
      const workspace = this.#workspace;
      this.#workspace = null;
      this.#isExpired = false;
      this.#code = null;
      await workspace?.stop();
      this.#held = null;
    });
    await this.#changed();
  }

  /** Closes for good: nothing opens here any more. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.close();
  }

  #refuseElsewhere(profileId: string): Result<never, ConsoleError> | null {
    return this.#parts.isElsewhere(profileId) ? fail({ code: 'open-elsewhere', field: 'profileId' }) : null;
  }

  async #open(profileId: string): Promise<Result<Workspace, ConsoleError>> {
    const { profiles, folders, events, signer, log, time } = this.#parts;
    const profile = profiles.get(profileId);
    if (profile === null) return fail({ code: 'no-profile', field: 'profileId' });
    if (this.#workspace?.profileId === profileId) return ok(this.#workspace);
    if (this.#isOver) return fail({ code: 'cancelled' });
    await this.#workspace?.stop();
    this.#workspace = null;
    this.#held = null;
    // Asked and taken in one breath: another desk may have been as quick.
    const elsewhere = this.#refuseElsewhere(profileId);
    if (elsewhere !== null) return elsewhere;
    this.#held = profileId;
    const trusted = (): readonly string[] => [...signer.chain(), ...(profiles.get(profileId)?.trustedSigners ?? [])];
    const opened = await Workspace.open(profileId, folders.profile(profileId).store, {
      events,
      signer,
      log,
      trusted,
      staleDays: () => profiles.get(profileId)?.staleDays ?? 14,
      time,
    });
    if (!opened.ok) {
      this.#held = null;
      return opened;
    }
    this.#workspace = opened.value;
    if (opened.value.store.recovered !== null)
      this.#parts.log.warn('the store was broken and set aside', { ...opened.value.store.recovered });
    await signer.use({ isLab: profile.isLab }, profile.signerCertificate);
    return opened;
  }

  #expire(profileId: string): void {
    if (this.#workspace?.profileId !== profileId) return;
    this.#isExpired = true;
    void this.#changed();
  }

  async #changed(): Promise<void> {
    this.#parts.events.emit('session.changed', await this.state());
  }
}
