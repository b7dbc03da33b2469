import { z } from 'zod';
import type { HistoryEntry, RowState, StateCounts, Update } from '../../domain/update.ts';
import { type Freshness, hostUuid } from './common.ts';

/** One line of the host grid (protocol 8.1). Dates ISO as reported. */
export interface HostRow {
  readonly uuid: string;
  readonly fqdn: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly reachable: string | null;
  readonly hostStatus: string | null;
  readonly auditStatus: string | null;
  readonly platform: string | null;
  readonly osName: string | null;
  readonly osVersion: string | null;
  readonly ipAddresses: readonly string[];
  readonly macAddresses: readonly string[];
  readonly lastSeenOn: string | null;
  readonly users: readonly string[];
  readonly lastUser: string | null;
  readonly waptVersion: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly organizationalUnit: string | null;
  readonly site: string | null;
  readonly groups: readonly string[];
  readonly repositories: string | null;
  /** `waptwua_status.status`, open set, raw; null = never scanned or not managed. */
  readonly wuaStatus: string | null;
  readonly wuaEnabled: boolean | null;
  readonly lastScan: string | null;
  /** Never scanned, or scanned longer ago than the profile's limit. */
  readonly isStale: boolean;
  readonly rebootRequired: boolean | null;
  readonly indexDate: string | null;
  /** Signers the host trusts (sha256); null when it does not say. */
  readonly trustedSigners: readonly string[] | null;
  readonly updates: StateCounts;
  readonly rulePackages: readonly string[];
}

export interface HostList {
  readonly rows: readonly HostRow[];
  readonly freshness: Freshness;
  readonly isCutOff: boolean;
}

export const hostRef = z.strictObject({ uuid: hostUuid });

/** A host with what it says of its Windows Update service and its repository. Raw objects are shown as they came. */
export interface HostDetail {
  readonly host: HostRow;
  readonly wuaStatus: Readonly<Record<string, unknown>> | null;
  readonly serviceStatus: Readonly<Record<string, unknown>> | null;
  readonly packages: readonly {
    readonly package: string;
    readonly version: string | null;
    readonly installStatus: string | null;
    readonly installDate: string | null;
    readonly section: string | null;
  }[];
  readonly lastSynced: string | null;
}

/** One update on one host (protocol 8.3). */
export interface HostUpdateRow {
  readonly update: Update;
  readonly state: RowState;
  readonly status: string | null;
  readonly allowed: boolean | null;
  readonly installed: boolean | null;
  readonly present: boolean | null;
  readonly hidden: boolean | null;
  readonly delayed: boolean | null;
  readonly downloaded: boolean | null;
  readonly installDate: string | null;
  readonly history: readonly HistoryEntry[];
}

/** A task on a host (protocol 3.9). */
export interface HostTask {
  readonly id: number;
  readonly classname: string | null;
  readonly description: string | null;
  readonly summary: string | null;
  readonly progress: number | null;
  readonly runStatus: string | null;
  readonly createdOn: string | null;
  readonly startedOn: string | null;
  readonly finishedOn: string | null;
  readonly createdBy: string | null;
  readonly logs: string;
}

/** What a host runs; `follow` keeps main polling for two minutes after the last question and sends `hosts.tasks` events. */
export interface HostTasks {
  readonly running: HostTask | null;
  readonly pending: readonly HostTask[];
  readonly done: readonly HostTask[];
  readonly errors: readonly HostTask[];
  readonly cancelled: readonly HostTask[];
  /** Null: the agent has no task support. */
  readonly lastEventId: number | null;
}

export const hostTasksRequest = z.strictObject({ uuid: hostUuid });
