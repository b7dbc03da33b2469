import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import { dialectChoice, type Profile } from '../../contract/schemas/session.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { inTurn } from '../in-turn.ts';
import { readPrivateJson, setAside, writePrivateJson, writePrivateText } from './private-json.ts';

/** A profile as it is kept: what the window may see, and what it may not. */
export interface StoredProfile extends Omit<Profile, 'hasPassword'> {
  /** Certificates (PEM) whose packages the profile trusts beside the own signer's. */
  readonly trustedSigners: readonly string[];
  /** The opaque id of the certificate file of the signer that was opened last. */
  readonly signerCertificate: string | null;
}

/** Files of trust material beside the store of a profile. */
export type TrustFile = 'ca.pem' | 'pinned.pem' | 'client.pem';

/** The servers one knows, on disk at every change. */
export interface Profiles {
  /** What was wrong with the file when it was opened, in words for the log; null when nothing was. */
  readonly problem: string | null;
  readonly list: () => readonly StoredProfile[];
  readonly get: (id: string) => StoredProfile | null;
  /** Adds or replaces a profile; `bad-request` when it is none, `disk`. */
  readonly save: (profile: StoredProfile) => Promise<Result<StoredProfile, ConsoleError>>;
  /** Forgets a profile with its folder: store, drafts, journal, trust; `disk`. */
  readonly remove: (id: string) => Promise<Result<null, ConsoleError>>;
  readonly newId: () => string;
  /** Keeps a certificate for the profile; `disk`. */
  readonly writeTrust: (id: string, name: TrustFile, pem: string) => Promise<Result<null, ConsoleError>>;
  /** A kept certificate; null when there is none. */
  readonly readTrust: (id: string, name: TrustFile) => Promise<string | null>;
}

/** Ids become names of folders: one with a way out of them is none. */
const profileId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

const trust = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('ca'), name: z.string(), fingerprint: z.string() }),
  z.object({ kind: z.literal('pin'), fingerprint: z.string() }),
]);

const storedProfile = z.object({
  id: profileId,
  name: z.string(),
  address: z.string().regex(/^https:\/\//),
  user: z.string().default(''),
  proxy: z.string().default(''),
  dialect: dialectChoice.default('auto'),
  clientCertificate: z.string().nullable().default(null),
  staleDays: z.number().int().min(1).max(365).default(14),
  trust: trust.nullable().default(null),
  isLab: z.boolean().default(false),
  lastSignIn: z.string().nullable().default(null),
  trustedSigners: z.array(z.string()).default([]),
  signerCertificate: z.string().nullable().default(null),
});

const profilesFile = z.object({ profiles: z.array(z.unknown()) });

interface ReadProfiles {
  readonly profiles: readonly StoredProfile[];
  readonly problem: string | null;
}

async function read(file: string): Promise<ReadProfiles> {
  const { content, problem } = await readPrivateJson(file);
  if (content === null) return { profiles: [], problem };
  const parsed = profilesFile.safeParse(content);
  if (!parsed.success) return { profiles: [], problem: await setAside(file, 'no list of profiles') };
  const each = parsed.data.profiles.map((entry) => storedProfile.safeParse(entry));
  const profiles = each.flatMap((entry) => (entry.success ? [entry.data] : []));
  if (profiles.length === each.length) return { profiles, problem: null };
  // What is sound stays in use; the whole file is kept beside for what is not.
  const told = await setAside(file, `${each.length - profiles.length} of ${each.length} profiles`);
  await writePrivateJson(file, { profiles });
  return { profiles, problem: told };
}

/** Opens the profiles; a broken file is set aside, and what is sound in it is used. */
export async function openProfiles(options: {
  readonly file: string;
  readonly folderOf: (id: string) => string;
}): Promise<Profiles> {
  const { file, folderOf } = options;
  const opened = await read(file);
  let current = opened.profiles;
  const turn = inTurn();

  // Another console may have written meanwhile: a change is made to what is on disk.
  const change = (to: (profiles: readonly StoredProfile[]) => readonly StoredProfile[]) =>
    turn(async (): Promise<Result<null, ConsoleError>> => {
      const next = to((await read(file)).profiles);
      const written = await writePrivateJson(file, { profiles: next });
      if (written.ok) current = next;
      return written;
    });

  const get = (id: string): StoredProfile | null => current.find((profile) => profile.id === id) ?? null;

  return {
    problem: opened.problem,
    list: () => current,
    get,
    save: async (profile) => {
      const checked = storedProfile.safeParse(profile);
      if (!checked.success) return fail({ code: 'bad-request', field: String(checked.error.issues[0]?.path[0] ?? '') });
      const next = checked.data;
      const saved = await change((profiles) =>
        profiles.some(({ id }) => id === next.id)
          ? profiles.map((each) => (each.id === next.id ? next : each))
          : [...profiles, next],
      );
      return saved.ok ? ok(next) : saved;
    },
    remove: async (id) => {
      if (!profileId.safeParse(id).success) return fail({ code: 'not-found' });
      const removed = await change((profiles) => profiles.filter((profile) => profile.id !== id));
      if (!removed.ok) return removed;
      try {
        await rm(folderOf(id), { recursive: true, force: true });
        return ok(null);
      } catch {
        return fail({ code: 'disk', facts: { reason: 'failed' } });
      }
    },
    newId: () => randomUUID(),
    writeTrust: async (id, name, pem) =>
      profileId.safeParse(id).success ? writePrivateText(join(folderOf(id), name), pem) : fail({ code: 'not-found' }),
    readTrust: async (id, name) => {
      if (!profileId.safeParse(id).success) return null;
      return readFile(join(folderOf(id), name), 'utf8').catch(() => null);
    },
  };
}
