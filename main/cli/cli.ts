import type { Answer, Answers, Request } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import type { Profile } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type Refusal, refusalOf } from './exit.ts';
import { secretFromStore } from './secret-store.ts';
import { askSecret, askYes, secretFromDescriptor, type Terminal } from './secrets.ts';
import { english, type Language, type Say, sayIn } from './words/say.ts';

/** Asks the console as a window does. */
export type Ask = <N extends CallName>(name: N, request: Request<N>) => Promise<Answer<N>>;

/** Where a secret comes from: a descriptor, the store of the system, else the person at the terminal. */
export interface SecretSource {
  readonly descriptor: string | null;
  readonly isStore: boolean;
}

/** What a command works with. */
export interface CliParts {
  readonly ask: Ask;
  /** Null where nobody types: a script, a timer. */
  readonly terminal: Terminal | null;
  /** Says a line beside the result. */
  readonly note: (line: string) => void;
  /** Columns of the terminal; null where the result goes elsewhere. */
  readonly width: number | null;
  readonly isJson: boolean;
  /** Of what is said to the person and of what files say. */
  readonly language: Language;
  readonly isOffline: boolean;
  /** Where the next export is written. */
  readonly setTarget: (path: string) => void;
}

const POLL_MS = 150;
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The console as commands see it: calls with refusals in words, the open profile, secrets and confirmations. */
export class Cli {
  readonly parts: CliParts;
  #profile: Profile | null = null;

  constructor(parts: CliParts) {
    this.parts = parts;
  }

  /** The words of the person. */
  get say(): Say {
    return sayIn(this.parts.language);
  }

  /** The words of a list that is printed: JSON is never translated. */
  get listSay(): Say {
    return this.parts.isJson ? english : this.say;
  }

  /** Asks; a failure is a refusal. */
  async ask<N extends CallName>(name: N, request: Request<N>): Promise<Result<Answers[N], Refusal>> {
    const answer = await this.parts.ask(name, request);
    return answer.ok ? answer : fail(refusalOf(answer.error));
  }

  /** The open profile. */
  get profile(): Profile | null {
    return this.#profile;
  }

  /** Finds the profile that is meant: by name, address or id, or the only one. */
  async choose(wanted: string | null): Promise<Result<Profile, Refusal>> {
    const profiles = await this.ask('profiles.list', {});
    if (!profiles.ok) return profiles;
    const all = profiles.value;
    const names = all.map((profile) => profile.name).join(', ');
    if (wanted === null) {
      const [only] = all;
      if (only === undefined) return fail({ ending: 'not-found', words: ({ profile }) => profile.none });
      if (all.length > 1) return fail({ ending: 'usage', words: ({ profile }) => profile.which(names) });
      return ok(only);
    }
    const found = all.filter(({ id, name, address }) => [id, name, address].includes(wanted));
    const [profile] = found;
    if (profile === undefined)
      return fail({ ending: 'not-found', words: (say) => say.profile.unknown(JSON.stringify(wanted), names) });
    if (found.length > 1) return fail({ ending: 'usage', words: (say) => say.profile.several });
    return ok(profile);
  }

  /** Opens the profile on what was read before. */
  async openOffline(profile: Profile): Promise<Result<null, Refusal>> {
    const opened = await this.ask('session.openOffline', { profileId: profile.id });
    if (!opened.ok) return opened;
    this.#profile = profile;
    return ok(null);
  }

  /** Signs in. */
  async signIn(profile: Profile, user: string | null, source: SecretSource): Promise<Result<null, Refusal>> {
    const name = user ?? profile.user;
    if (name === '') return fail({ ending: 'usage', words: (say) => say.profile.noUser });
    // What the window keeps for this user, where this entry can read it.
    const isKept = source.descriptor === null && source.isStore && profile.hasPassword && name === profile.user;
    const question = this.say.secret.password(name, profile.address);
    const password = isKept ? ok(null) : await this.secret(source, 'password', `${name}@${profile.address}`, question);
    if (!password.ok) return password;
    const signedIn = await this.ask('session.signIn', {
      profileId: profile.id,
      user: name,
      password: password.value,
      keepPassword: false,
    });
    if (!signedIn.ok) return signedIn;
    this.#profile = profile;
    return ok(null);
  }

  /** Waits until what the server has is read. Where another console has the profile, what that one reads is taken. */
  async refresh(): Promise<Result<null, Refusal>> {
    let isTold = false;
    for (;;) {
      const state = await this.ask('sync.state', {});
      if (!state.ok) return state;
      const { phase, finishedAt, error, isPaused, failedHosts } = state.value;
      if (isPaused && !isTold) {
        isTold = true;
        this.parts.note(this.say.sync.paused);
        return ok(null);
      }
      if (phase === 'idle' && finishedAt !== null) {
        if (error === null) {
          if (failedHosts > 0) this.parts.note(this.say.sync.hosts(failedHosts));
          return ok(null);
        }
        if (error === 'read-only') {
          this.parts.note(this.say.sync.elsewhere);
          return ok(null);
        }
        const refusal = refusalOf({ code: error as never });
        return fail({ ...refusal, words: (say) => say.sync.offline(refusal.words(say)) });
      }
      await pause(POLL_MS);
    }
  }

  /** A secret; `account` is its name in the store of the system. */
  async secret(
    { descriptor, isStore }: SecretSource,
    kind: 'password' | 'passphrase',
    account: string,
    question: string,
  ): Promise<Result<string, Refusal>> {
    if (descriptor !== null) return secretFromDescriptor(descriptor, `--${kind}-fd`);
    if (isStore) return secretFromStore(`${kind}:${account}`, `--${kind}-store`);
    const { terminal } = this.parts;
    if (terminal === null)
      return fail({
        ending: 'usage',
        words: (say) => say.secret.nobody(kind),
      });
    const typed = await askSecret(terminal, question);
    return typed === null ? fail({ ending: 'interrupted', words: (say) => say.secret.interrupted }) : ok(typed);
  }

  /** Whether it may be done: `--yes`, or the person says so. */
  async confirm(isYes: boolean, question: string): Promise<Result<null, Refusal>> {
    if (isYes) return ok(null);
    const { terminal } = this.parts;
    if (terminal !== null && (await askYes(terminal, question, this.say))) return ok(null);
    return fail({ ending: 'unconfirmed', words: (say) => say.unconfirmed });
  }

  /** Unlocks the signer of the profile, or the one that is named by its file or fingerprint. */
  async openSigner(wanted: string | null, source: SecretSource): Promise<Result<null, Refusal>> {
    const files = await this.ask('files.list', { kind: 'certificate' });
    if (!files.ok) return files;
    const state = await this.ask('signer.state', {});
    if (!state.ok) return state;
    const remembered = state.value.kind === 'none' ? null : state.value.certificateId;
    const usable = files.value.filter((file) => file.keyId !== null && file.certificate?.isCodeSigning === true);
    const found =
      wanted === null
        ? (usable.find((file) => file.id === remembered) ?? (usable.length === 1 ? usable[0] : undefined))
        : usable.find((file) => [file.name, file.id, file.certificate?.fingerprint].includes(wanted));
    if (found === undefined) {
      const all = usable.map((file) => file.name).join(', ');
      return fail({
        ending: 'signer',
        words: ({ signer }) => (wanted === null ? signer.which : signer.unknown)(all === '' ? signer.none : all),
      });
    }
    const keys = await this.ask('files.list', { kind: 'key' });
    if (!keys.ok) return keys;
    const isEncrypted = keys.value.find((key) => key.id === found.keyId)?.isEncrypted !== false;
    const passphrase = isEncrypted
      ? await this.secret(source, 'passphrase', found.name, this.say.secret.passphrase(found.name))
      : ok('');
    if (!passphrase.ok) return passphrase;
    const opened = await this.ask('signer.open', {
      certificateId: found.id,
      keyId: found.keyId,
      passphrase: passphrase.value,
    });
    return opened.ok ? ok(null) : opened;
  }
}
