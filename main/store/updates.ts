import type { ConsoleError } from '../../contract/errors.ts';
import type { UpdateDetail, UpdateHost, UpdateList } from '../../contract/schemas/updates.ts';
import {
  type FilterAnswer,
  type FilterIndex,
  indexUpdates,
  type Spellings,
  type UpdateFilter,
} from '../../domain/catalogue.ts';
import { filterUpdates } from '../../domain/catalogue-filter.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type HistoryEntry, lastEntry, type Update } from '../../domain/update.ts';
import { type JsonText, jsonList } from '../json-text.ts';
import { type Catalogue, updatesByIds } from './catalogue.ts';
import { chainsOf } from './chains.ts';
import { type Context, kept, write } from './context.ts';
import type { Cves } from './cves/operations.ts';
import type { KnownBadIds } from './failures/known-bad.ts';
import type { HostQueries, StaleLimit } from './hosts.ts';
import { fromStored, type StoredUpdate, wholeJson } from './merge.ts';
import type { Meta } from './meta.ts';
import type { Overview } from './overview.ts';
import { all, eachRow, first } from './sql.ts';
import { stateOf } from './states.ts';

interface Line extends StoredUpdate {
  readonly id: number;
  readonly update_id: string;
  readonly guid: string;
  readonly is_listed: number;
}

/** Reads of the updates: the list, its filter, one update. */
export function updateOperations(
  context: Context,
  catalogue: Catalogue,
  overview: Overview,
  hosts: HostQueries,
  meta: Meta,
  knownBad: KnownBadIds,
  cves: Pick<Cves, 'carrying'>,
) {
  const { db } = context;
  const { counts, supersededGuids, descriptions, isListed } = overview;
  const chains = chainsOf(overview);
  const lines = db.prepare('SELECT id, guid, is_listed, facts FROM updates ORDER BY id');
  const one = db.prepare('SELECT id, update_id, guid, is_listed, facts, notes FROM updates WHERE update_id = ?');
  const everything = db.prepare('SELECT facts, notes FROM updates ORDER BY id');
  const hostsOf = db.prepare(`
    SELECT h.uuid, h.facts ->> '$.fqdn' AS fqdn, h.facts ->> '$.reachable' AS reachable, h.last_scan, r.state, s.text AS status,
           d.install_date, d.history
    FROM host_updates r
    JOIN hosts h ON h.id = r.host_key
    LEFT JOIN statuses s ON s.id = r.status_key
    LEFT JOIN host_update_details d ON d.host_key = r.host_key AND d.update_key = r.update_key
    WHERE r.update_key = ? ORDER BY fqdn`);

  const spelt = db.prepare('SELECT kind, name FROM spellings ORDER BY name');

  const both = (): number => context.revision.updates + context.revision.rows;

  const rowJson = (line: Pick<Line, 'id' | 'guid' | 'facts'>): string => {
    const hostCounts = JSON.stringify(counts().counts(line.id));
    return `{"hosts":${hostCounts},"isSuperseded":${supersededGuids().has(line.guid)},${line.facts.slice(1)}`;
  };

  const spellings = (): Spellings => {
    const found = Map.groupBy(all<{ kind: string; name: string }>(spelt), (line) => line.kind);
    const names = (kind: keyof Spellings): readonly string[] => (found.get(kind) ?? []).map((line) => line.name);
    return { severity: names('severity'), product: names('product'), classification: names('classification') };
  };

  const index = kept(both, (): FilterIndex => {
    const table = counts();
    const guids = supersededGuids();
    const bad = knownBad();
    const rows = descriptions()
      .filter(isListed)
      .map((line) => ({
        ...line,
        hosts: table.counts(line.id),
        isSuperseded: guids.has(line.guid),
        isKnownBad: bad.has(line.updateId),
      }));
    return indexUpdates(rows, spellings());
  });

  const detail = (line: Line): UpdateDetail => ({
    update: fromStored(line),
    row: JSON.parse(rowJson(line)) as UpdateDetail['row'],
    ...chains(line.id),
  });

  return {
    /** All updates that hosts reported or the server lists, with their host counts; long texts are cut at 400 characters. */
    updatesList: (limit: StaleLimit): Result<JsonText<UpdateList>, ConsoleError> => {
      const rest: Omit<UpdateList, 'rows'> = {
        freshness: meta.freshness(),
        ...hosts.scanState(limit),
        isCutOff: meta.get('updates-cut-off') === '1',
      };
      const rows = eachRow(lines, (line: Line) => (isListed(line) ? rowJson(line) : null));
      return ok(jsonList(rows, `${JSON.stringify(rest).slice(0, -1)},"rows":`, '}'));
    },

    /** Ids and counts for a filter. */
    updatesQuery: (filter: UpdateFilter): Result<FilterAnswer, ConsoleError> =>
      ok(filterUpdates(index(), filter, cves.carrying(filter.search))),

    /** One update with what it replaces and what replaces it; `not-found`. */
    updateDetail: (updateId: string): Result<UpdateDetail, ConsoleError> => {
      const line = first<Line>(one, updateId);
      return line === undefined ? fail({ code: 'not-found' }) : ok(detail(line));
    },

    /** The hosts that report an update, with their state; `not-found`. */
    updateHosts: (updateId: string): Result<readonly UpdateHost[], ConsoleError> => {
      const line = first<Line>(one, updateId);
      if (line === undefined) return fail({ code: 'not-found' });
      return ok(all<HostLine>(hostsOf, line.id).map(toUpdateHost));
    },

    /** Whole updates by their ids, in that order; unknown ones are left out. */
    updatesById: (updateIds: readonly string[]): Result<readonly Update[], ConsoleError> =>
      ok(updatesByIds(context, updateIds)),

    /** Every update the store knows, whole: also those that no host reports any more. */
    updatesAll: (): Result<JsonText<readonly Update[]>, ConsoleError> => ok(jsonList(eachRow(everything, wholeJson))),

    /** Stores a page of the server's own list; `run` numbers the reading. Answers how many changed. */
    applyUpdates: ({ updates, run }: UpdatePage): Result<number, ConsoleError> =>
      write(context, () => updates.filter((update) => catalogue.put(update, { kind: 'list', run })).length),

    /** Ends the reading `run` of the server's list: what it did not name is no longer listed. */
    finishUpdates: (run: number): Result<null, ConsoleError> =>
      write(context, () => {
        catalogue.finishList(run);
        return null;
      }),

    /** Notes that the server fetched (a date) or deleted (null) the files, before the next sync says so. Answers how many changed. */
    setDownloaded: ({ updateIds, downloadedOn }: Downloaded): Result<number, ConsoleError> =>
      write(context, () => updateIds.filter((updateId) => catalogue.setDownloaded(updateId, downloadedOn)).length),
  };
}

/** A page of the server's own list. */
export interface UpdatePage {
  readonly updates: readonly Update[];
  readonly run: number;
}

/** Updates whose files came (ISO date) or went (null). */
export interface Downloaded {
  readonly updateIds: readonly string[];
  readonly downloadedOn: string | null;
}

interface HostLine {
  readonly uuid: string;
  readonly fqdn: string | null;
  readonly reachable: string | null;
  readonly last_scan: string | null;
  readonly state: number;
  readonly status: string | null;
  readonly install_date: string | null;
  readonly history: string | null;
}

function toUpdateHost(line: HostLine): UpdateHost {
  const history = line.history === null ? [] : (JSON.parse(line.history) as HistoryEntry[]);
  return {
    uuid: line.uuid,
    fqdn: line.fqdn ?? line.uuid,
    state: stateOf(line.state),
    status: line.status,
    installDate: line.install_date,
    lastResult: lastEntry(history)?.resultCode ?? null,
    lastScan: line.last_scan,
    reachable: line.reachable,
  };
}
