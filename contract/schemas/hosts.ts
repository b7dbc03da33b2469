import { z } from 'zod';
import { COMPARED, type Standing } from '../../domain/comparison.ts';
import type { Host, HostPackage } from '../../domain/host.ts';
import type { HostUpdate, RowState, StateCounts, Update, UpdateOutline } from '../../domain/update.ts';
import { type Freshness, hostUuid } from './common.ts';

/** One line of the host grid (protocol 8.1): the host as its server describes it, with what the console knows beside. Dates ISO as reported. */
export interface HostRow
  extends Omit<
    Host,
    | 'fqdn'
    | 'maturities'
    | 'language'
    | 'directoryGroups'
    | 'wuaStatus'
    | 'serviceStatus'
    | 'statusHashes'
    | 'updatedOn'
    | 'trustedSigners'
  > {
  readonly fqdn: string;
  /** `waptwua_status.status`, open set, raw; null = never scanned or not managed. */
  readonly wuaStatus: string | null;
  readonly wuaEnabled: boolean | null;
  readonly lastScan: string | null;
  /** A Windows host that never scanned, or scanned longer ago than the profile's limit. */
  readonly isStale: boolean;
  readonly rebootRequired: boolean | null;
  readonly indexDate: string | null;
  /** Signers the host trusts (sha256); null when it does not say. */
  readonly trustedSigners: readonly string[] | null;
  /** Another host has the same name: only the uuid tells them apart. */
  readonly sharesName: boolean;
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
  readonly packages: readonly Omit<HostPackage, 'uuid'>[];
  readonly lastSynced: string | null;
}

/** One update on one host (protocol 8.3). */
export interface HostUpdateRow extends Omit<HostUpdate, 'uuid' | 'updateId'> {
  readonly update: Update;
  readonly state: RowState;
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

export const compareRequest = z.strictObject({ uuids: z.array(hostUuid).min(COMPARED.least).max(COMPARED.most) });

/** One update on several hosts: state and raw status of each, in the order of the hosts; null where a host does not report it. */
export interface ComparedUpdate extends UpdateOutline {
  /** Whether another reported update replaces it. */
  readonly isSuperseded: boolean;
  readonly states: Standing;
  readonly statuses: readonly (string | null)[];
}

/** Several hosts side by side; those that are gone are left out. */
export interface HostComparison {
  readonly uuids: readonly string[];
  readonly rows: readonly ComparedUpdate[];
  readonly freshness: Freshness;
}

export const hostTasksRequest = z.strictObject({ uuid: hostUuid });
