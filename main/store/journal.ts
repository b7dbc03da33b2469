import { createHash } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { JournalEntry } from '../../contract/schemas/sync.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Context, write } from './context.ts';
import { all, first } from './sql.ts';

/** What one notes. `kind` names the deed (`packages.publish`), `facts` what it was done to; neither may hold a secret. */
export interface JournalNote {
  readonly user: string;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

/** The newest entry: what a seal signs. */
export interface JournalHead {
  readonly id: number;
  readonly hash: string;
}

/** A signature over the hash of an entry: base64, and the SHA-256 fingerprint of the signer's certificate. */
export interface JournalSeal extends JournalHead {
  readonly signature: string;
  readonly fingerprint: string;
}

/** A seal as it is kept, with the time of its line (ISO), which the seal covers; null where the line is gone. */
export interface KeptSeal extends JournalSeal {
  readonly at: string | null;
}

/** What checking the chain found: the id of the first entry that does not follow from its predecessor, and of the first seal that fits no entry. */
export interface JournalCheck {
  readonly entries: number;
  readonly brokenAt: number | null;
  readonly seals: number;
  readonly brokenSeal: number | null;
}

interface Line {
  readonly id: number;
  readonly at: string;
  readonly user: string;
  readonly kind: string;
  readonly facts: string;
  readonly reason: string;
  readonly previous: string;
  readonly hash: string;
}

/** The hash of an entry: SHA-256 over the JSON array of everything else it holds, the hash of its predecessor included. */
function entryHash(line: Omit<Line, 'hash'>): string {
  const { id, at, user, kind, facts, reason, previous } = line;
  return createHash('sha256')
    .update(JSON.stringify([id, at, user, kind, facts, reason, previous]))
    .digest('hex');
}

const toEntry = ({ previous: _previous, facts, ...line }: Line): JournalEntry => ({
  ...line,
  facts: JSON.parse(facts) as JournalEntry['facts'],
});

/** The journal: appended to, listed, checked, sealed; never changed. */
export function journalOperations(context: Context) {
  const { db } = context;
  const append = db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const head = db.prepare('SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1');
  const newest = db.prepare('SELECT * FROM journal ORDER BY id DESC LIMIT ?');
  const publications = db.prepare(
    "SELECT * FROM journal WHERE kind = 'package.publish' AND facts ->> '$.package' = ? ORDER BY id DESC",
  );
  const oldest = db.prepare('SELECT * FROM journal ORDER BY id');
  const hashOf = db.prepare('SELECT hash FROM journal WHERE id = ?');
  const seal = db.prepare('INSERT OR IGNORE INTO journal_seals VALUES (?, ?, ?, ?, ?)');
  const seals = db.prepare(`
    SELECT s.id, s.hash, s.signature, s.fingerprint, j.at
    FROM journal_seals s LEFT JOIN journal j ON j.id = s.id ORDER BY s.id, s.fingerprint`);

  return {
    /** Adds an entry that carries the hash of the one before it. */
    journalAppend: (note: JournalNote): Result<JournalEntry, ConsoleError> =>
      write(context, () => {
        const before = first<JournalHead>(head);
        const line = {
          id: (before?.id ?? 0) + 1,
          at: new Date().toISOString(),
          user: note.user,
          kind: note.kind,
          facts: JSON.stringify(note.facts),
          reason: note.reason,
          previous: before?.hash ?? '',
        };
        const hash = entryHash(line);
        append.run(line.id, line.at, line.user, line.kind, line.facts, line.reason, line.previous, hash);
        context.changed.add('journal');
        return toEntry({ ...line, hash });
      }),

    /** The newest entries, newest first. */
    journalList: (limit: number): Result<readonly JournalEntry[], ConsoleError> =>
      ok(all<Line>(newest, limit).map(toEntry)),

    /** The publications of one package, newest first, however much was noted since. */
    journalPublications: (name: string): Result<readonly JournalEntry[], ConsoleError> =>
      ok(all<Line>(publications, name).map(toEntry)),

    /** The newest entry's id and hash; null when there is none. */
    journalHead: (): Result<JournalHead | null, ConsoleError> => {
      const line = first<JournalHead>(head);
      return ok(line === undefined ? null : { id: line.id, hash: line.hash });
    },

    /** Keeps a signature over the hash of an entry. */
    journalSeal: (made: JournalSeal): Result<null, ConsoleError> =>
      write(context, () => {
        seal.run(made.id, new Date().toISOString(), made.hash, made.signature, made.fingerprint);
        return null;
      }),

    /** All signatures, oldest first; whoever has the certificates checks them. */
    journalSeals: (): Result<readonly KeptSeal[], ConsoleError> => ok(all<KeptSeal>(seals)),

    /** Walks the chain from its beginning, and compares every seal with the entry that it names. */
    journalVerify: (): Result<JournalCheck, ConsoleError> => {
      let [entries, previous, expected] = [0, '', 1];
      let brokenAt: number | null = null;
      for (const line of all<Line>(oldest)) {
        entries++;
        if (line.id !== expected || line.previous !== previous || line.hash !== entryHash(line)) brokenAt ??= line.id;
        previous = line.hash;
        expected = line.id + 1;
      }
      const made = all<KeptSeal>(seals);
      const broken = made.find((each) => first<{ hash: string }>(hashOf, each.id)?.hash !== each.hash);
      return ok({ entries, brokenAt, seals: made.length, brokenSeal: broken?.id ?? null });
    },
  };
}
