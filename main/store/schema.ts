import type { DatabaseSync } from 'node:sqlite';

/**
 * Version 1. Hosts and updates have integer keys; a reported row is five small integers, with its date and log in a table of its own, so that
 * a pass over 500,000 rows reads few pages. `facts` is the JSON that lists show, in the form of the contract; what lists do not show lies beside.
 */
const first = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE updates (
    id INTEGER PRIMARY KEY,
    update_id TEXT NOT NULL UNIQUE,
    guid TEXT NOT NULL,
    is_listed INTEGER NOT NULL,
    facts TEXT NOT NULL,
    notes TEXT,
    downloaded_on TEXT GENERATED ALWAYS AS (facts ->> '$.downloadedOn') VIRTUAL
  ) STRICT;
  CREATE INDEX updates_by_guid ON updates (guid);

  CREATE TABLE supersedes (
    update_key INTEGER NOT NULL REFERENCES updates (id) ON DELETE CASCADE,
    guid TEXT NOT NULL,
    PRIMARY KEY (update_key, guid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX supersedes_by_guid ON supersedes (guid);

  CREATE TABLE spellings (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;

  CREATE TABLE hosts (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    is_windows INTEGER NOT NULL,
    last_scan TEXT,
    facts TEXT NOT NULL,
    details TEXT NOT NULL,
    mark TEXT NOT NULL,
    rows_mark TEXT,
    rows_read_on TEXT
  ) STRICT;

  CREATE TABLE statuses (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE host_updates (
    host_key INTEGER NOT NULL REFERENCES hosts (id) ON DELETE CASCADE,
    update_key INTEGER NOT NULL REFERENCES updates (id),
    state INTEGER NOT NULL,
    status_key INTEGER REFERENCES statuses (id),
    flags INTEGER NOT NULL,
    PRIMARY KEY (host_key, update_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX host_updates_by_update ON host_updates (update_key, state);

  CREATE TABLE host_update_details (
    host_key INTEGER NOT NULL REFERENCES hosts (id) ON DELETE CASCADE,
    update_key INTEGER NOT NULL,
    install_date TEXT,
    history TEXT,
    PRIMARY KEY (host_key, update_key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE packages (
    filename TEXT PRIMARY KEY,
    package TEXT NOT NULL,
    version TEXT NOT NULL,
    md5 TEXT,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE verifications (
    filename TEXT NOT NULL,
    md5 TEXT NOT NULL,
    verification TEXT NOT NULL,
    PRIMARY KEY (filename, md5)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE host_packages (
    host_key INTEGER NOT NULL REFERENCES hosts (id) ON DELETE CASCADE,
    package TEXT NOT NULL,
    version TEXT,
    section TEXT,
    install_status TEXT,
    install_date TEXT,
    PRIMARY KEY (host_key, package)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX host_packages_by_package ON host_packages (package);

  CREATE TABLE drafts (id TEXT PRIMARY KEY, saved_at TEXT NOT NULL, draft TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    reason TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TABLE journal_seals (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (id, fingerprint)
  ) STRICT, WITHOUT ROWID;
`;

/** Version 2. Groups, units and profiles of the index: what brings rule packages to hosts. */
const carriers = 'CREATE TABLE carriers (package TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;';

/** Version 3. The rule files of published package versions, kept also when the index forgets them, and what was stated of agents. */
const rules = `
  CREATE TABLE package_rules (
    filename TEXT NOT NULL,
    md5 TEXT NOT NULL,
    package TEXT NOT NULL,
    version TEXT NOT NULL,
    is_legacy INTEGER NOT NULL,
    text TEXT,
    signers TEXT NOT NULL,
    PRIMARY KEY (filename, md5)
  ) STRICT;
  CREATE INDEX package_rules_by_version ON package_rules (package, version);
  CREATE TABLE stated_options (group_name TEXT PRIMARY KEY, options TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Version 4. What was said in triage, ring sets, and the filters that went into a package when it was published last. */
const triageAndRings = `
  CREATE TABLE triage (update_id TEXT PRIMARY KEY, verdict TEXT, snoozed_until TEXT, seen_on TEXT) STRICT, WITHOUT ROWID;
  CREATE TABLE ring_sets (id TEXT PRIMARY KEY, saved_at TEXT NOT NULL, ring_set TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE kept_builders (package TEXT PRIMARY KEY, builders TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Version 5. Updates that one marked as known to be bad, and the last Windows Update task of a host where it failed. */
const failures = `
  CREATE TABLE known_bad (update_id TEXT PRIMARY KEY, note TEXT NOT NULL, marked_on TEXT NOT NULL, marked_by TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE failed_tasks (uuid TEXT PRIMARY KEY, message TEXT NOT NULL, failed_on TEXT) STRICT, WITHOUT ROWID;
`;

/**
 * Version 6. The figures of each day, which no server gives again: an entry's name once, a line of small integers a day and entry. And what one saw
 * of the fleet: of the look before this visit (0), and of the last one (1).
 */
const snapshots = `
  CREATE TABLE snapshot_days (day INTEGER PRIMARY KEY, taken_at TEXT NOT NULL, stale_days INTEGER NOT NULL) STRICT;
  CREATE TABLE snapshot_entries (
    id INTEGER PRIMARY KEY,
    dimension TEXT NOT NULL,
    key TEXT NOT NULL,
    UNIQUE (dimension, key)
  ) STRICT;
  CREATE TABLE snapshots (
    day INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    hosts INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    never_scanned INTEGER NOT NULL,
    raw INTEGER NOT NULL,
    allowed INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    needed_rows INTEGER NOT NULL,
    PRIMARY KEY (day, entry_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE fleet_looks (id INTEGER PRIMARY KEY, at TEXT NOT NULL, seen TEXT NOT NULL) STRICT;
`;

/**
 * Campaigns. Asked, sent, launched, appeared and ended are columns apart: none follows from another. A try is written before it is sent, so that
 * a console that dies in between finds it, looks at the host, and sends it no second time.
 */
const campaigns = `
  CREATE TABLE campaigns (
    id TEXT PRIMARY KEY,
    saved_at TEXT NOT NULL,
    name TEXT NOT NULL,
    plan TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at TEXT,
    started_by TEXT,
    starts_at TEXT,
    ends_at TEXT,
    ended_at TEXT,
    stop_limit TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE campaign_hosts (
    campaign_id TEXT NOT NULL,
    uuid TEXT NOT NULL,
    position INTEGER NOT NULL,
    fqdn TEXT NOT NULL,
    phase TEXT NOT NULL,
    step INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    is_forgiven INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    woken_at TEXT,
    asked_at TEXT,
    PRIMARY KEY (campaign_id, uuid)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE campaign_tries (
    campaign_id TEXT NOT NULL,
    uuid TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    step TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    baseline TEXT NOT NULL,
    sent_at TEXT,
    launched INTEGER,
    launched_at TEXT,
    appeared_at TEXT,
    task_id INTEGER,
    ended_at TEXT,
    outcome TEXT,
    message TEXT,
    code TEXT,
    PRIMARY KEY (campaign_id, uuid, attempt)
  ) STRICT, WITHOUT ROWID;
`;

/** CVEs and the KBs that fix them, as imported files say; an empty KB is a fix that has none. */
const cves = `
  CREATE TABLE cve_files (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    format TEXT NOT NULL,
    imported_on TEXT NOT NULL,
    rows INTEGER NOT NULL,
    skipped INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE cve_fixes (
    file_id INTEGER NOT NULL,
    cve TEXT NOT NULL,
    kb TEXT NOT NULL,
    released TEXT,
    severity TEXT,
    PRIMARY KEY (cve, kb, file_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cve_fixes_by_kb ON cve_fixes (kb, cve);
  CREATE INDEX cve_fixes_by_file ON cve_fixes (file_id);
  CREATE TABLE cve_successions (
    file_id INTEGER NOT NULL,
    kb TEXT NOT NULL,
    older TEXT NOT NULL,
    PRIMARY KEY (kb, older, file_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cve_successions_by_file ON cve_successions (file_id);
`;

/** The steps of the schema: step `n` brings a database of version `n` to version `n + 1`. Never edited once released, only added to. */
export const MIGRATIONS: readonly string[] = [
  first,
  carriers,
  rules,
  triageAndRings,
  failures,
  snapshots,
  campaigns,
  cves,
];

/** What bringing a database up to date ended in. */
export type Migration = 'current' | 'migrated' | 'newer';

/** Brings the database to the newest version, each step in a transaction; `newer` when a later console made it, and nothing is touched. */
export function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): Migration {
  const version = schemaVersion(db);
  if (version > migrations.length) return 'newer';
  for (const [at, step] of migrations.entries()) {
    if (at < version) continue;
    db.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${at + 1}; COMMIT;`);
  }
  return version === migrations.length ? 'current' : 'migrated';
}

/** The version of the schema that the file has; 0 for an empty one. */
export function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
